"""Socket Mode's connections: replaced in time, acknowledged where the envelope came, never given up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.slack import socket_mode, workspaces
from bot.ports import AdapterError
from tests.adapters.slack_rig import Rig, until
from tests.fakes.slack import Fault


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with Rig("socket") as made:
        yield made
        assert made.slack.sockets.faults == []


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_what_is_heard_during_a_refresh_is_acknowledged_by_the_connection_it_came_by(
    rig: Rig, reason: str
) -> None:
    rig.desk.seconds = 0.4
    typing = [asyncio.create_task(rig.ann.command("/progress")) for _ in range(6)]
    await until(lambda: len(rig.desk.of("command")) == 6)

    await rig.slack.sockets.refresh(reason)

    assert [ack.body["text"] for ack in await asyncio.gather(*typing)] == ["command: progress"] * 6


async def test_the_new_connection_is_there_before_the_old_one_ends(rig: Rig) -> None:
    await rig.slack.sockets.refresh(closes_in=2.0)
    await rig.slack.sockets.wait_open(4)
    assert rig.adapter.trouble() == ""
    await until(lambda: rig.slack.sockets.count == 2)


async def test_where_there_are_too_many_connections_the_old_one_ends_first(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_mode, "PAUSES", (0.05,) * 4)
    await rig.slack.sockets.refresh("too_many_websockets", closes_in=30.0)
    await until(lambda: len(rig.slack.of("apps.connections.open")) == 4)
    await rig.slack.sockets.wait_open(2)
    assert rig.slack.sockets.most == 2


async def test_a_slack_that_opens_no_connections_is_asked_again_until_it_does(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_mode, "PAUSES", (0.05, 0.1))
    faults = [
        Fault("internal_error"),
        Fault(status=503),
        Fault(drop=True),
        Fault("ratelimited", status=429, retry_after=0),
        Fault(text="not JSON"),
        Fault("link_disabled"),
    ]
    rig.slack.faults.order("apps.connections.open", *faults)

    await rig.slack.sockets.refresh("link_disabled", closes_in=0)

    await until(lambda: "Socket Mode" in rig.adapter.trouble())
    await until(lambda: rig.adapter.trouble() == "")
    assert (await rig.ann.command("/progress")).body["text"] == "command: progress"


async def test_a_passing_failure_at_the_start_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_mode, "PAUSES", (0.05,) * 4)
    rig = Rig("socket")
    rig.slack.faults.order("apps.connections.open", Fault(status=503), Fault("internal_error"))
    async with rig:
        assert rig.adapter.trouble() == ""


async def test_a_passing_failure_of_the_tokens_test_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspaces, "PAUSES", (0.01,) * 3)
    rig = Rig("socket")
    rig.slack.faults.order("auth.test", Fault(status=503), Fault("internal_error"), Fault(drop=True))
    async with rig:
        assert rig.adapter.trouble() == ""


async def test_people_are_heard_while_slack_puts_the_second_connection_off() -> None:
    rig = Rig("socket")
    rig.opened = 1
    rig.slack.connections_a_minute = 1
    async with rig:
        assert (await rig.ann.command("/progress")).body["text"] == "command: progress"
        assert [call.error for call in rig.slack.of("apps.connections.open")][1:] == ["ratelimited"]


async def test_a_failure_that_stays_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_mode, "PAUSES", (0.01,) * 4)
    rig = Rig("socket")
    rig.slack.faults.order("apps.connections.open", *[Fault(status=503)] * 4)
    with pytest.raises(AdapterError, match="does not answer"):
        async with rig:
            pass
    await rig.__aexit__()


async def test_events_are_acknowledged_without_a_payload_even_when_there_is_no_installation() -> None:
    more = {"SLACK_BOT_TOKEN": "", "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s3"}
    async with Rig("socket", **more) as rig:
        ack = await rig.ann.mention("hello")
        assert ack.body == {}
        assert rig.slack.sockets.faults == []
