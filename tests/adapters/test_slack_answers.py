"""What Slack's answers are taken for: done, certainly not done, or unknown."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.slack.answers import complaint
from adapters.slack.errors import RefusedError, SlackError, UnknownError
from bot.messages import Notice, Reply
from tests.adapters.slack_rig import Rig, raised, until
from tests.fakes.slack import Fault, Message
from tests.fakes.slack.server import BOT_TOKEN

HTML = "<html><body>502 Bad Gateway</body></html>"


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with Rig("socket") as made:
        yield made


@pytest.mark.parametrize(
    ("fault", "kind", "name"),
    [
        (Fault("channel_not_found"), RefusedError, "channel_not_found"),
        (Fault("internal_error"), UnknownError, "internal_error"),
        (Fault("fatal_error", status=500), UnknownError, "http_500"),
        (Fault("service_unavailable"), UnknownError, "service_unavailable"),
        (Fault(status=502, text=HTML, content_type="text/html"), UnknownError, "http_502"),
        (Fault(text=HTML, content_type="text/html"), UnknownError, "http_200"),
        (Fault(status=503, text="no healthy upstream", content_type="text/plain"), UnknownError, "http_503"),
        (Fault(text="ok", content_type="text/plain"), UnknownError, "unreadable_answer"),
        (Fault(text=HTML), UnknownError, "http_200"),
        (Fault(text="[1]"), UnknownError, "unreadable_answer"),
        (Fault(drop=True), UnknownError, "ServerDisconnectedError"),
    ],
)
async def test_whatever_comes_back_from_a_call_is_one_of_our_errors(
    rig: Rig, fault: Fault, kind: type[SlackError], name: str
) -> None:
    rig.slack.faults.order("chat.postEphemeral", fault)
    arguments = {"channel": "C1", "user": "UANN", "text": "x"}
    error = await raised(rig.adapter._api.call(BOT_TOKEN, "T1", "chat.postEphemeral", arguments))
    assert isinstance(error, kind)
    assert error.error == name


@pytest.mark.parametrize(
    ("status", "said", "name"),
    [
        (200, "ok", ""),
        (200, "", ""),
        (200, '{"ok":true}', ""),
        (200, '{"ok":false,"error":"invalid_blocks"}', "invalid_blocks"),
        (404, "used_url", "used_url"),
        (404, '{"ok":false,"error":"expired_url"}', "expired_url"),
        (404, "<html>", "http_404"),
        (429, "", "ratelimited"),
        (200, '{"ok":false,"error":"ratelimited"}', "ratelimited"),
    ],
)
def test_a_response_url_refuses_by_its_status_or_inside_its_answer(status: int, said: str, name: str) -> None:
    error = complaint("response_url", status, said, "2")
    assert (error.error if error else "") == name
    assert error is None or (isinstance(error, RefusedError) and error.retry_after in (0.0, 2.0))


async def test_a_token_stands_in_the_header_and_nowhere_else(rig: Rig) -> None:
    await rig.ann.command("/progress")
    await rig.ann.say("hello")
    await until(lambda: rig.slack.of("chat.postMessage"))
    assert {call.token for call in rig.slack.calls if call.method != "apps.connections.open"} == {BOT_TOKEN}
    assert not [call for call in rig.slack.calls if "token" in call.arguments]
    assert rig.slack.world.refusals == []


async def test_a_reply_that_slack_puts_off_on_every_way_comes_when_it_is_taken_again(rig: Rig) -> None:
    rig.desk.says = lambda heard: Reply(Notice("Here you are."))
    slow = Fault("ratelimited", status=429, retry_after=1)
    rig.slack.faults.order("response_url", slow)
    rig.slack.faults.order("chat.postEphemeral", *[Fault("restricted_action")] * 2)
    rig.slack.faults.order("chat.postMessage", Fault("restricted_action"))

    await rig.ann.shortcut("cloudlark_ask", "DynamoDB")

    await until(lambda: any("Here you are" in m.text for m in rig.ann.sees()))


async def test_a_response_url_that_cannot_be_reached_is_passed_by_at_once(rig: Rig) -> None:
    click = rig.ann.click_payload(_message(), "A") | {"response_url": "http://127.0.0.1:9/respond"}

    await rig.slack.deliver("interactive", click)

    await until(lambda: rig.slack.of("chat.postEphemeral"), seconds=1.5)


def _message() -> Message:
    button = {"type": "button", "action_id": "0|a", "text": {"type": "plain_text", "text": "A"}}
    return Message("C1", "1.1", "x", [{"type": "actions", "elements": [button]}])
