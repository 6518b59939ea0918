"""The fake refuses what Slack refuses; otherwise passing against it would prove little."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import Channel, FakeSlack, Fault, User
from tests.fakes.slack.block_rules import message_faults, view_faults
from tests.fakes.slack.call_rules import GET
from tests.fakes.slack.server import BOT_TOKEN
from tests.fakes.slack.world import ALL_SCOPES


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = await FakeSlack().start()
    fake.add_channel(Channel("C1"))
    fake.add_channel(Channel("C2", member=False))
    fake.add_channel(Channel("C3", archived=True))
    fake.add_user(User("U1", "Ann"))
    yield fake
    await fake.stop()


def client(slack: FakeSlack, token: str = BOT_TOKEN) -> AsyncWebClient:
    return AsyncWebClient(token, base_url=f"{slack.base}/api/", retry_handlers=[])


async def refused(slack: FakeSlack, method: str, token: str = BOT_TOKEN, **arguments: Any) -> str:
    """Slack's name for why a call fails, empty when it succeeds."""
    way = {"http_verb": "GET", "params": arguments} if method in GET else {"json": arguments}
    try:
        await client(slack, token).api_call(method, **way)
    except SlackApiError as error:
        return str(error.response["error"])
    return ""


def section(text: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(name: str = "a", text: str = "A") -> dict[str, Any]:
    return {"type": "button", "action_id": name, "text": {"type": "plain_text", "text": text}}


def row(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(buttons)}


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C1", "text": "hi"}, ""),
        ({"channel": "C1"}, "no_text"),
        ({"channel": "C1", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C1", "text": "x", "blocks": "[]"}, "invalid_blocks_format"),
        ({"channel": "C1", "text": "x", "blocks": [section()] * 51}, "invalid_blocks"),
        ({"channel": "C1", "text": "x", "blocks": [section("y" * 2_900)] * 5}, "msg_blocks_too_long"),
        ({"channel": "C9", "text": "hi"}, "channel_not_found"),
        ({"channel": "C2", "text": "hi"}, "not_in_channel"),
        ({"channel": "C3", "text": "hi"}, "is_archived"),
        ({"channel": "UBOT", "text": "hi"}, "cannot_dm_bot"),
        ({"channel": "C1", "text": "hi", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
    ],
)
async def test_posts_are_refused_by_slacks_names(
    slack: FakeSlack, arguments: dict[str, Any], error: str
) -> None:
    assert await refused(slack, "chat.postMessage", **arguments) == error


@pytest.mark.parametrize(
    ("method", "way", "error"),
    [
        ("users.info", {"http_verb": "GET", "params": {"user": "U1"}}, ""),
        ("users.info", {"data": {"user": "U1"}}, ""),
        ("users.info", {"json": {"user": "U1"}}, "invalid_post_type"),
        ("users.info", {"params": {"user": "U1"}}, "invalid_form_data"),
        ("users.info", {"data": {}}, "invalid_arguments"),
        ("users.info", {"data": {"user": "U1", "team": "T1"}}, "invalid_arg_name"),
        ("chat.postMessage", {"http_verb": "GET", "params": {"channel": "C1"}}, "invalid_post_type"),
        ("chat.update", {"json": {"channel": "U1", "ts": "1.1", "text": "x"}}, "channel_not_found"),
        ("files.getUploadURLExternal", {"data": {"filename": "a", "length": "0"}}, "missing_argument"),
        (
            "files.getUploadURLExternal",
            {"data": {"filename": "a", "length": "1", "alt_txt": "x" * 1_001}},
            "alt_txt_too_large",
        ),
    ],
)
async def test_calls_are_refused_that_are_not_made_as_the_methods_page_says(
    slack: FakeSlack, method: str, way: dict[str, Any], error: str
) -> None:
    try:
        await client(slack).api_call(method, **way)
        said = ""
    except SlackApiError as refused:
        said = str(refused.response["error"])
    assert said == error


@pytest.mark.parametrize("lost", ["token_revoked", "account_inactive"])
async def test_tokens_and_scopes_are_checked(slack: FakeSlack, lost: str) -> None:
    install = slack.world.installs[BOT_TOKEN]
    assert await refused(slack, "auth.test", token="other") == "invalid_auth"
    install.scopes = ALL_SCOPES - {"users:read"}
    assert await refused(slack, "users.info", user="U1") == "missing_scope"
    install.lost = lost
    assert await refused(slack, "auth.test") == lost


async def test_a_trigger_opens_one_modal_in_time(slack: FakeSlack) -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": [section()]}
    trigger, late = slack.trigger(), slack.trigger()
    slack.triggers[late] -= 4

    assert await refused(slack, "views.open", trigger_id=trigger, view=view) == ""
    assert await refused(slack, "views.open", trigger_id=trigger, view=view) == "exchanged_trigger_id"
    assert await refused(slack, "views.open", trigger_id=late, view=view) == "expired_trigger_id"
    assert await refused(slack, "views.open", trigger_id="x", view=view) == "invalid_trigger_id"
    too_long = view | {"title": {"type": "plain_text", "text": "T" * 25}}
    assert (
        await refused(slack, "views.open", trigger_id=slack.trigger(), view=too_long) == "invalid_arguments"
    )


async def test_rate_limits_come_with_a_time_to_wait(slack: FakeSlack) -> None:
    slack.channel_pace = 60
    await refused(slack, "chat.postMessage", channel="C1", text="hi")

    with pytest.raises(SlackApiError) as caught:
        await client(slack).chat_postMessage(channel="C1", text="hi")

    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "1"


async def test_ordered_faults_fail_once_each(slack: FakeSlack) -> None:
    slack.faults.order("auth.test", Fault("internal_error"), Fault(status=503))

    assert await refused(slack, "auth.test") == "internal_error"
    with pytest.raises(SlackApiError):
        await client(slack).auth_test()
    assert await refused(slack, "auth.test") == ""


@pytest.mark.parametrize(
    "blocks",
    [
        [section("")],
        [section("x" * 3_001)],
        [section("a & b")],
        [section("<!channel>")],
        [section("<@U1>")],
        [section(block_id="b"), section(block_id="b")],
        [row(button(), button())],
        [row(button("a"), button("b")), row(button("a"))],
        [row(button(text="A" * 76))],
        [row(button("a" * 256))],
        [row(*(button(str(n)) for n in range(26)))],
        [row()],
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
        [{"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11}],
        [{"type": "unheard_of"}],
        [{"type": "section"}],
        [section(colour="red")],
    ],
)
def test_blocks_that_slack_refuses(blocks: list[dict[str, Any]]) -> None:
    assert message_faults(blocks)


def test_views_that_slack_refuses() -> None:
    title = {"type": "plain_text", "text": "T"}
    options = [{"text": title, "value": str(n)} for n in range(11)]
    boxes = {"type": "checkboxes", "action_id": "a", "options": options}
    field = {"type": "input", "block_id": "b", "label": title, "element": boxes}
    good = {"type": "modal", "title": title, "submit": title, "blocks": []}

    assert view_faults(good) == []
    assert view_faults(good | {"blocks": [field]})
    assert view_faults(good | {"private_metadata": "x" * 3_001})
    assert view_faults(
        {"type": "modal", "title": title, "blocks": [field | {"element": boxes | {"options": options[:2]}}]}
    )
    assert view_faults({"type": "home", "blocks": [field]})
