"""Coming, going, and being thrown out: settings, tokens, channels, uninstallation, repeated deliveries."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.slack import SlackAdapter
from bot.messages import Notice, OptionView, QuestionCard, Reply
from bot.messages.acts import AnswerRound
from bot.ports import AdapterError
from bot.settings import SETTINGS, Settings
from tests.adapters.slack_rig import Rig, raised, until
from tests.fakes.slack import Fault
from tests.fakes.slack.server import BOT_TOKEN

CARD = QuestionCard("Q", "Which?", (OptionView("A", 0, "a"), OptionView("B", 1, "b")), 1, AnswerRound(7))
BOT = "-".join(["xoxb", "1"])
APP = "-".join(["xapp", "1"])


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with Rig("socket") as made:
        yield made


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"SLACK_BOT_TOKEN": BOT}, "SLACK_APP_TOKEN"),
        ({"SLACK_BOT_TOKEN": "nonsense", "SLACK_APP_TOKEN": APP}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": "nonsense"}, "SLACK_APP_TOKEN"),
        ({"SLACK_CLIENT_ID": "1", "SLACK_APP_TOKEN": APP}, "SLACK_CLIENT_SECRET"),
        (
            {"SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "2", "SLACK_BOT_TOKEN": BOT},
            "either SLACK_BOT_TOKEN",
        ),
        (
            {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "SLACK_API_URL": "slack"},
            "SLACK_API_URL",
        ),
    ],
)
def test_settings_that_cannot_work_get_one_sentence(given: dict[str, str], word: str) -> None:
    settings = Settings({setting.name: setting.default for setting in SETTINGS} | given)

    with pytest.raises(AdapterError, match=word) as caught:
        SlackAdapter(None, settings, None, None)  # type: ignore[arg-type]

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
@pytest.mark.parametrize("error", ["invalid_auth", "account_inactive"])
async def test_refused_tokens_get_one_sentence(method: str, error: str) -> None:
    rig = Rig("socket")
    rig.slack.faults.order(method, Fault(error))
    try:
        with pytest.raises(AdapterError, match=error):
            await rig.__aenter__()
    finally:
        await rig.__aexit__()


async def test_a_slack_that_does_not_answer_gets_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.slack.workspaces.PAUSES", (0.01,) * 3)
    rig = Rig("http")
    rig.slack.faults.order("auth.test", *[Fault(drop=True)] * 4)
    try:
        with pytest.raises(AdapterError, match="does not answer"):
            await rig.__aenter__()
    finally:
        await rig.__aexit__()


async def test_an_invitation_is_greeted_in_the_channel_and_told_with_its_name(rig: Rig) -> None:
    rig.desk.says = lambda heard: Reply(Notice("Hello everybody."), private=False)

    await rig.ann.event({"type": "member_joined_channel", "user": "UBOT", "channel": "C1", "inviter": "UBOB"})
    await rig.ann.event({"type": "member_joined_channel", "user": "UANN", "channel": "C1"})

    (joined,) = rig.desk.of("joined")
    assert (joined.caller.person.id, joined.caller.person.admin) == ("UBOB", True)
    assert (joined.what, joined.values) == (rig.channel(), "general")
    await until(rig.ann.sees)
    assert [(m.text, m.thread) for m in rig.ann.sees()] == [("Hello everybody.", "")]


async def test_an_invitation_by_nobody_is_greeted_too(rig: Rig) -> None:
    rig.slack.faults.order("conversations.info", Fault("channel_not_found"))
    rig.desk.says = lambda heard: Reply(Notice("Hello everybody."), private=False)

    await rig.ann.event({"type": "member_joined_channel", "user": "UBOT", "channel": "C1"})

    await until(rig.ann.sees)
    assert rig.desk.of("joined")[0].values == ""


@pytest.mark.parametrize(
    "event",
    [
        {"type": "channel_left", "channel": "C1"},
        {"type": "group_left", "channel": "C1"},
        {"type": "channel_archive", "channel": "C1"},
        {"type": "channel_deleted", "channel": "C1"},
        {"type": "channel_id_changed", "old_channel_id": "C1", "new_channel_id": "C2"},
    ],
)
async def test_a_channel_that_is_lost_pauses_its_schedules(rig: Rig, event: dict[str, str]) -> None:
    await rig.ann.event(event)

    (left,) = rig.desk.of("left")
    assert left.what == rig.channel()
    assert left.values.endswith(".")


async def test_a_renamed_channel_and_unknown_events_change_nothing(rig: Rig) -> None:
    await rig.ann.event({"type": "channel_rename", "channel": {"id": "C1", "name": "new", "created": 1}})
    await rig.ann.event({"type": "something_new_from_slack"})
    await rig.slack.deliver("events_api", {"type": "app_rate_limited", "team_id": "T1"})

    assert rig.desk.heard == []


async def test_uninstalling_pauses_the_workspace_and_makes_the_program_unready(rig: Rig) -> None:
    await rig.ann.event({"type": "tokens_revoked", "tokens": {"oauth": ["UANN"], "bot": []}})
    assert rig.desk.of("forgotten") == []

    await rig.ann.event({"type": "app_uninstalled"})

    assert [heard.what for heard in rig.desk.of("forgotten")] == ["T1"]
    assert "SLACK_BOT_TOKEN" in rig.adapter.trouble()


async def test_repeated_envelopes_are_heard_once_and_acknowledged_alike(rig: Rig) -> None:
    rig.desk.seconds = 0.05
    await rig.adapter.messenger.post(rig.channel(), CARD, nonce="q")
    click = rig.ann.click_payload(rig.ann.sees()[0], "B")

    acks = await asyncio.gather(*(rig.slack.deliver("interactive", click) for _ in range(5)))
    again = await rig.slack.deliver("interactive", click)

    assert [ack.body for ack in [*acks, again]] == [{}] * 6
    assert len(rig.desk.of("click")) == 1
    await until(lambda: len(rig.ann.sees()) == 2)
    await asyncio.sleep(0.05)
    assert len(rig.ann.sees()) == 2


async def test_a_repeated_event_is_heard_once_also_by_a_program_that_restarted_between(rig: Rig) -> None:
    await rig.ann.mention("progress", ts="1.1")
    event = {"type": "app_mention", "channel": "C1", "text": "<@UBOT> again", "ts": "2.2"}
    await rig.ann.event(event, event_id="Ev9")
    await rig.ann.event(event, event_id="Ev9", retry=1)
    async with Rig("socket") as fresh:
        fresh.shelf.kept = rig.shelf.kept
        await fresh.ann.event(event, event_id="Ev9", retry=2)
        await fresh.ann.event(event, event_id="Ev9")
        assert fresh.desk.heard == []

    assert [heard.what for heard in rig.desk.of("said")] == ["progress", "again"]


async def test_events_without_an_id_are_each_heard(rig: Rig) -> None:
    event = {"type": "app_mention", "channel": "C1", "text": "<@UBOT> hi", "user": "UANN", "ts": "1.1"}
    for _ in range(2):
        await rig.slack.deliver("events_api", {"type": "event_callback", "team_id": "T1", "event": event})

    assert len(rig.desk.of("said")) == 2


async def test_a_slow_answer_to_words_or_an_invitation_does_not_keep_slack_waiting(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.hearing_events.PATIENCE", 0.05)
    rig.slack.faults.order("conversations.info", Fault(seconds=1.0, done=True))
    coming = {"type": "member_joined_channel", "user": "UBOT", "channel": "C1", "inviter": "UANN"}
    rig.desk.seconds = 0.3

    await rig.ann.event(coming)
    await rig.ann.mention("hello")

    assert rig.ann.sees() == []
    await until(lambda: len(rig.ann.sees()) == 2)
    assert len(rig.desk.of("joined")) == 1


async def test_refreshed_and_torn_sockets_come_back_and_people_do_not_notice(rig: Rig) -> None:
    await rig.slack.sockets.refresh()
    await rig.slack.sockets.wait_open(2)
    assert rig.slack.sockets.cut(1) == 1
    assert rig.adapter.trouble() == ""

    ack = await rig.ann.command("/progress")

    assert ack.body["text"] == "command: progress"
    await rig.slack.sockets.wait_open(2)


async def test_the_program_is_unready_while_no_socket_is_up(rig: Rig) -> None:
    rig.slack.faults.order("apps.connections.open", *[Fault(drop=True)] * 2)
    rig.slack.sockets.cut(2)

    await until(lambda: "Socket Mode" in rig.adapter.trouble())
    await rig.slack.sockets.wait_open(1, seconds=30)
    await until(lambda: rig.adapter.trouble() == "")


async def test_stopping_acknowledges_what_is_being_heard_and_sends_its_answer(rig: Rig) -> None:
    await rig.adapter.messenger.post(rig.channel(), CARD, nonce="q")
    rig.desk.seconds = 0.2
    pressing = asyncio.create_task(rig.ann.press(rig.ann.sees()[0], "A"))
    await until(lambda: rig.desk.of("click"))

    await rig.adapter.stop()

    assert (await pressing).status == 200
    assert len(rig.ann.sees()) == 2


async def test_a_lost_token_is_noticed_by_a_reply_too(rig: Rig) -> None:
    rig.slack.world.installs[BOT_TOKEN].lost = "token_revoked"

    await rig.ann.say("hello")

    await until(lambda: "token_revoked" in rig.adapter.trouble())
    assert await raised(rig.adapter.messenger.close()) is None


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "view_closed", "view": {"type": "modal", "callback_id": "sf:x"}, "is_cleared": False},
        {"type": "block_suggestion", "action_id": "x", "block_id": "b", "value": "a"},
        {"type": "dialog_submission", "callback_id": "x", "submission": {}},
        {"type": "block_actions", "actions": [{"type": "button", "action_id": ""}]},
        {"type": "something_new", "of": ["tomorrow"]},
    ],
)
async def test_payloads_that_nobody_asked_for_are_acknowledged(rig: Rig, payload: dict[str, Any]) -> None:
    whose = {"team": {"id": "T1"}, "user": {"id": "UANN", "team_id": "T1"}, "trigger_id": "9.9"}

    ack = await rig.slack.deliver("interactive", whose | payload)

    assert (ack.status, ack.body) == (200, {})


async def test_a_warning_that_events_are_being_held_back_is_acknowledged(rig: Rig) -> None:
    said = {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1, "api_app_id": "A1"}

    assert (await rig.slack.deliver("events_api", said)).status == 200
