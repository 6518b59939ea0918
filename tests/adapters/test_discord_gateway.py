"""Connections to Discord's gateway: lost, resumed, refused, silent, and in shards."""

from __future__ import annotations

import asyncio
import zlib

import pytest

from adapters.discord import adapter
from adapters.discord.client import INTENTS
from adapters.discord.compression import ZlibStream
from bot.ports import AdapterError
from tests.adapters.discord_desk import CARD, Stage, stage, until
from tests.fakes.discord import FakeDiscord


@pytest.fixture
async def at():
    async with stage() as ready:
        yield ready


async def test_a_cut_connection_is_resumed_and_what_was_missed_arrives(at: Stage) -> None:
    ada = at.fake.person()
    at.fake.gateway.cut()
    answered = await ada.command(at.channel, "quiz")
    assert answered.seconds < 3
    assert at.fake.gateway.resumes == 1
    assert at.adapter.trouble() == ""


async def test_the_stream_is_compressed_in_the_way_that_every_gateway_speaks(at: Stage) -> None:
    assert at.fake.gateway.compression == "zlib-stream"
    await at.fake.person().command(at.channel, "quiz")


async def test_a_message_in_several_parts_is_put_together() -> None:
    whole = zlib.compressobj()
    data = whole.compress(b'{"op": 10}') + whole.flush(zlib.Z_SYNC_FLUSH)
    stream = ZlibStream()
    assert stream.decompress(data[:5]) is None
    assert stream.decompress(data[5:]) == '{"op": 10}'


async def test_a_request_to_reconnect_is_followed(at: Stage) -> None:
    await at.fake.gateway.ask_to_reconnect()
    await until(lambda: at.fake.gateway.resumes == 1)
    await at.fake.person().command(at.channel, "quiz")


async def test_an_invalid_session_is_begun_anew(at: Stage) -> None:
    await at.fake.gateway.invalidate()
    await until(lambda: at.fake.gateway.identified == 2)
    await until(lambda: at.adapter.trouble() == "")
    await at.fake.person().command(at.channel, "quiz")


async def test_a_session_that_cannot_be_resumed_is_begun_anew(at: Stage) -> None:
    at.fake.gateway.refuse_resume = True
    at.fake.gateway.cut()
    await until(lambda: at.fake.gateway.identified == 2)
    await at.fake.person().command(at.channel, "quiz")


async def test_a_zombie_connection_is_noticed_and_replaced() -> None:
    async with FakeDiscord() as fake:
        fake.gateway.heartbeat_ms = 200
        at = Stage(fake)
        await at.adapter.start()
        fake.gateway.turn_zombie()
        await until(lambda: fake.gateway.resumes == 1)
        await fake.person().command(at.channel, "quiz")
        await at.adapter.stop()


async def test_a_session_is_resumed_where_discord_asks_on_the_gateways_own_host() -> None:
    async with FakeDiscord() as fake:
        fake.gateway.resume_url = f"ws://127.0.0.1:{fake.port}/resume"
        at = Stage(fake)
        await at.adapter.start()
        fake.gateway.cut()
        await until(lambda: fake.gateway.resumes == 1)
        assert fake.gateway.resumed_at == "/resume"
        await fake.gateway.invalidate()
        await until(lambda: fake.gateway.identified == 2)
        await at.adapter.stop()


@pytest.mark.parametrize("count", ["", "1"])
async def test_without_a_setting_every_session_begins_where_the_api_says(count: str) -> None:
    async with FakeDiscord() as fake:
        fake.rest.gateway_url = fake.settings["DISCORD_GATEWAY_URL"]
        fake.gateway.resume_url = f"ws://127.0.0.1:{fake.port}/resume"
        adapter = Stage(fake).new_adapter(DISCORD_GATEWAY_URL="", DISCORD_SHARD_COUNT=count)
        await adapter.start()
        await fake.gateway.invalidate()
        await until(lambda: fake.gateway.identified == 2)
        fake.gateway.cut()
        await until(lambda: fake.gateway.resumes == 1)
        await adapter.stop()


async def test_no_session_is_begun_that_discord_would_not_allow() -> None:
    async with FakeDiscord(shards=2) as fake:
        fake.rest.starts = 1
        with pytest.raises(AdapterError, match="1 more session starts"):
            await Stage(fake).adapter.start()
        assert fake.gateway.identified == 0


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (4004, "DISCORD_TOKEN"),
        (4010, "DISCORD_SHARD_IDS"),
        (4011, "raise DISCORD_SHARD_COUNT"),
        (4012, "newer Cloudlark"),
        (4013, "intents"),
        (4014, "Bot page"),
    ],
)
async def test_a_gateway_that_closes_for_good_is_not_asked_again_and_its_reason_is_told(
    code: int, words: str
) -> None:
    async with FakeDiscord() as fake:
        fake.gateway.refusal = code
        with pytest.raises(AdapterError, match=words):
            await Stage(fake).adapter.start()


async def test_a_connection_that_is_closed_for_good_later_says_why(at: Stage) -> None:
    await at.fake.gateway.close_with(4004)
    await until(lambda: "DISCORD_TOKEN" in at.adapter.trouble())
    assert at.fake.gateway.identified == 1


@pytest.mark.parametrize("code", [4000, 4001, 4007, 4008, 4009])
async def test_after_any_other_code_the_session_goes_on(at: Stage, code: int) -> None:
    await at.fake.gateway.close_with(code)
    await until(lambda: at.fake.gateway.resumes == 1)
    await at.fake.person().command(at.channel, "quiz")


async def test_trouble_is_a_sentence_while_the_gateway_is_away(at: Stage) -> None:
    at.fake.gateway.refuse_resume = True
    at.fake.gateway.cut()
    await until(lambda: "reconnecting" in at.adapter.trouble())
    await until(lambda: at.adapter.trouble() == "")


async def test_every_shard_hears_its_own_servers() -> None:
    async with stage(shards=2) as at:
        assert at.fake.gateway.identified == 2
        for shard in (0, 1):
            guild = at.fake.world.add_guild(id=(1 << 40 | shard) << 22)
            channel = at.fake.world.add_channel(guild)
            await at.fake.gateway.dispatch("GUILD_CREATE", guild.payload(joined_before=True), guild.id)
            await at.fake.person().command(channel, "quiz")


async def test_a_process_takes_only_the_shards_that_it_is_told() -> None:
    async with FakeDiscord() as fake:
        at = Stage(fake)
        adapter = at.new_adapter(DISCORD_SHARD_IDS="1", DISCORD_SHARD_COUNT="2")
        await adapter.start()
        assert [session.shard for session in fake.gateway.sessions.values()] == [(1, 2)]
        await adapter.stop()


@pytest.mark.parametrize(
    ("ids", "count", "words"),
    [("0,1", "", "DISCORD_SHARD_COUNT"), ("two", "2", "whole numbers"), ("2", "2", "between 0 and 1")],
)
async def test_impossible_shards_are_refused_in_a_sentence(ids: str, count: str, words: str) -> None:
    async with FakeDiscord() as fake:
        with pytest.raises(AdapterError, match=words):
            Stage(fake).new_adapter(DISCORD_SHARD_IDS=ids, DISCORD_SHARD_COUNT=count)


async def test_a_wrong_token_is_refused_in_a_sentence() -> None:
    async with FakeDiscord() as fake:
        with pytest.raises(AdapterError, match="DISCORD_TOKEN"):
            await Stage(fake).new_adapter(DISCORD_TOKEN="wrong").start()


async def test_a_discord_that_is_not_there_is_refused_in_a_sentence() -> None:
    async with FakeDiscord() as fake:
        adapter = Stage(fake).new_adapter(DISCORD_API_URL="http://127.0.0.1:9/api/v10")
        with pytest.raises(AdapterError, match="cannot be reached"):
            await adapter.start()


async def test_a_gateway_that_is_not_there_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "CONNECTING", 0.5)
    async with FakeDiscord() as fake:
        with pytest.raises(AdapterError, match="DISCORD_GATEWAY_URL"):
            await Stage(fake).new_adapter(DISCORD_GATEWAY_URL="ws://127.0.0.1:9").start()


async def test_two_adapters_in_one_process_keep_to_their_own_addresses() -> None:
    async with stage() as one, stage() as two:
        await asyncio.gather(
            one.adapter.messenger.post(one.place, CARD, nonce="n"),
            two.adapter.messenger.post(two.place, CARD, nonce="n"),
        )
        await one.fake.person().command(one.channel, "quiz")
        await two.fake.person().command(two.channel, "quiz")
        assert len(one.fake.posts_in(one.channel)) == len(two.fake.posts_in(two.channel)) == 1


def test_only_servers_and_direct_messages_are_listened_to() -> None:
    assert {name for name, wanted in INTENTS if wanted} == {"guilds", "dm_messages"}
