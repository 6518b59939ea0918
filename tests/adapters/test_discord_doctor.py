"""What the doctor says about Discord, asked of the fake one."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest

from adapters.discord import doctor
from bot.doctor.finding import Finding, Verdict
from bot.settings import read
from tests.fakes.discord import FakeDiscord


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord(shards=2) as fake:
        yield fake


async def examined(discord: FakeDiscord, **settings: str) -> list[Finding]:
    """What the doctor finds with these settings."""
    return await doctor.examine(read({**discord.settings, **settings}, None))


def said(findings: list[Finding], verdict: Verdict) -> str:
    """The sentences of a kind, one after the other."""
    return " ".join(finding.sentence for finding in findings if finding.verdict is verdict)


async def test_a_token_that_is_good_is_told_with_its_application(discord: FakeDiscord) -> None:
    found = await examined(discord)
    assert {finding.verdict for finding in found} == {Verdict.OK}
    assert f"cloudlark, application {discord.world.bot.id}" in said(found, Verdict.OK)
    assert "999 of 1,000 session starts" in said(found, Verdict.OK)
    assert discord.gateway.identified == 0


async def test_a_token_that_is_refused_is_named_and_not_shown(discord: FakeDiscord) -> None:
    sentence = said(await examined(discord, DISCORD_TOKEN="mistyped"), Verdict.FAILURE)
    assert "refuses DISCORD_TOKEN" in sentence
    assert "mistyped" not in sentence


@pytest.mark.parametrize(("left", "verdict"), [(20, Verdict.WARNING), (0, Verdict.FAILURE)])
async def test_few_session_starts_are_told_in_time(discord: FakeDiscord, left: int, verdict: Verdict) -> None:
    discord.rest.starts = left
    assert "what restarts so often" in said(await examined(discord), verdict)


async def test_fewer_shards_than_advised_are_a_warning(discord: FakeDiscord) -> None:
    found = await examined(discord, DISCORD_SHARD_IDS="0", DISCORD_SHARD_COUNT="1")
    assert "raise DISCORD_SHARD_COUNT from 1" in said(found, Verdict.WARNING)


async def test_shards_that_make_no_sense_are_said_without_asking(discord: FakeDiscord) -> None:
    found = await examined(discord, DISCORD_SHARD_IDS="0,1")
    assert "needs DISCORD_SHARD_COUNT" in said(found, Verdict.FAILURE)
    assert discord.rest.requests == []


async def test_a_discord_that_is_not_there_is_a_sentence(discord: FakeDiscord) -> None:
    found = await examined(discord, DISCORD_API_URL="http://127.0.0.1:9/api/v10")
    assert "check the network and DISCORD_API_URL" in said(found, Verdict.FAILURE)


async def test_a_discord_that_never_answers_is_given_up(
    discord: FakeDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "PATIENCE", 0.3)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/api/v10"
        async with asyncio.timeout(20):
            found = await examined(discord, DISCORD_API_URL=address)
    assert "Discord cannot be reached" in said(found, Verdict.FAILURE)
