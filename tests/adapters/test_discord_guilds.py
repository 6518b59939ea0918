"""Servers and channels come and go, and the core is told what it needs to know."""

from __future__ import annotations

import asyncio

import pytest

from bot.messages import Button, Notice, Reply
from bot.messages.acts import OpenForm
from bot.model.people import Channel
from tests.adapters.discord_desk import CARD, Stage, stage, until
from tests.fakes.discord.people import text_of
from tests.fakes.discord.world import EVERYTHING_NEEDED, SEND, VIEW

SET_UP = Button("Set up", OpenForm("setup"))
GREETING = Reply(Notice("Hello! Two answers and we can begin.", buttons=(SET_UP,)))


@pytest.fixture
async def at():
    async with stage() as ready:
        yield ready


async def test_a_server_that_invites_the_tutor_is_greeted_where_it_may_write(at: Stage) -> None:
    at.desk.replies["joined"] = GREETING
    guild = await at.fake.invite("New team", "general")
    caller, channel, name = await at.desk.until("joined")
    general = next(iter(guild.channels.values()))
    assert (channel.id, name) == (str(general.id), "New team")
    assert caller.person.id == str(guild.owner.id)
    assert caller.person.admin
    await until(lambda: at.fake.posts_in(general))
    assert "Hello!" in text_of(at.fake.posts_in(general)[0])


async def test_servers_that_were_there_before_are_not_greeted_again(at: Stage) -> None:
    await at.restart()
    await asyncio.sleep(0.1)
    assert not [entry for entry in at.desk.heard if entry[0] == "joined"]


async def test_a_server_of_old_has_not_joined_although_discord_does_not_call_it_available(at: Stage) -> None:
    payload = at.guild.payload(joined_before=False)
    assert "unavailable" not in payload
    await at.fake.gateway.dispatch("GUILD_CREATE", payload, at.guild.id)
    await at.fake.gateway.dispatch("GUILD_DELETE", {"id": str(at.guild.id), "unavailable": True}, at.guild.id)
    await at.fake.gateway.dispatch("GUILD_CREATE", payload, at.guild.id)
    await at.fake.person().command(at.channel, "quiz")
    await asyncio.sleep(0.1)
    assert not [entry for entry in at.desk.heard if entry[0] in ("joined", "forgotten")]


async def test_a_server_that_does_not_say_what_the_tutor_may_is_greeted_all_the_same(at: Stage) -> None:
    at.desk.replies["joined"] = GREETING
    guild = at.fake.world.add_guild("New team")
    general = at.fake.world.add_channel(guild, "general")
    payload = guild.payload(joined_before=False) | {"members": []}
    await at.fake.gateway.dispatch("GUILD_CREATE", payload, guild.id)
    await until(lambda: at.fake.posts_in(general))


async def test_a_server_that_removes_the_tutor_is_forgotten(at: Stage) -> None:
    await at.fake.remove(at.guild)
    assert await at.desk.until("forgotten") == ("discord", str(at.guild.id))


async def test_a_deleted_channel_is_left(at: Stage) -> None:
    await at.fake.delete(at.channel)
    channel, reason = await at.desk.until("left")
    assert channel == at.place
    assert reason == "The channel #aws-daily was deleted."


async def test_a_channel_that_falls_silent_to_the_tutor_is_left_with_advice(at: Stage) -> None:
    await at.fake.deny(at.channel, SEND)
    channel, reason = await at.desk.until("left")
    assert channel == at.place
    assert "Send Messages" in reason


async def test_a_channel_that_changes_otherwise_is_not_left(at: Stage) -> None:
    at.channel.name = "renamed"
    await at.fake.deny(at.channel, 0)
    await asyncio.sleep(0.1)
    assert at.desk.heard == []


async def test_a_role_that_loses_permissions_silences_its_channels(at: Stage) -> None:
    await at.fake.change_role(at.guild, EVERYTHING_NEEDED & ~(SEND | VIEW))
    assert (await at.desk.until("left"))[0] == at.place


async def test_a_renamed_role_is_nothing_to_the_tutor(at: Stage) -> None:
    await at.fake.change_role(at.guild, EVERYTHING_NEEDED, name="Quiz bot")
    await asyncio.sleep(0.1)
    assert at.desk.heard == []


async def test_a_locked_thread_is_left_and_a_sleeping_one_is_not(at: Stage) -> None:
    ref = await at.adapter.messenger.post(at.place, CARD, nonce="a")
    await at.adapter.messenger.post(at.place, Notice("Talk here."), nonce="b", thread=ref)
    thread = at.fake.world.channels[int(ref.id)]
    await at.fake.change_thread(thread, archived=True, locked=False)
    await asyncio.sleep(0.1)
    assert at.desk.heard == []
    await at.fake.change_thread(thread, archived=True, locked=True)
    assert (await at.desk.until("left"))[0] == Channel("discord", str(at.guild.id), ref.id)


async def test_a_deleted_thread_is_left(at: Stage) -> None:
    ref = await at.adapter.messenger.post(at.place, CARD, nonce="a")
    await at.adapter.messenger.post(at.place, Notice("Talk here."), nonce="b", thread=ref)
    await at.fake.delete(at.fake.world.channels[int(ref.id)])
    assert (await at.desk.until("left"))[0].id == ref.id
