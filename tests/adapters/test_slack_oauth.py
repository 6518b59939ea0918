"""Many workspaces: install, use, rotate, uninstall; Enterprise Grid."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from slack_sdk.oauth.installation_store import Installation

from adapters.slack.installations import ShelfInstallations
from adapters.slack.manifest import SCOPES
from adapters.slack.oauth_states import ShelfStates
from bot.messages import ChannelGoneError, Notice
from bot.model.people import Channel
from tests.adapters.slack_rig import MemoryShelf, RealClock, Rig, raised, until
from tests.fakes.slack import Fault, Human, User
from tests.fakes.slack.server import BOT_TOKEN
from tests.fakes.slack.world import Install

# Slack's library uses what aiohttp has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

MANY = {"SLACK_BOT_TOKEN": "", "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s3"}
TOKEN = "-".join(["xoxb", "2", "many"])
FRESH = "-".join(["xoxb", "3", "fresh"])


@pytest.fixture(params=["socket", "http"])
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    async with Rig(request.param, **MANY) as made:
        del made.slack.world.installs[BOT_TOKEN]
        yield made


def granted(token: str = TOKEN, **more: Any) -> dict[str, Any]:
    """What oauth.v2.access answers."""
    return {
        "ok": True,
        "access_token": token,
        "token_type": "bot",
        "scope": ",".join(SCOPES),
        "bot_user_id": "UBOT",
        "app_id": "A1",
        "team": {"id": "T1", "name": "Example"},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": "UBOB"},
    } | more


async def installed(rig: Rig, **more: Any) -> httpx.Response:
    """Go through the flow in a browser."""
    rig.slack.world.installs[TOKEN] = Install(TOKEN)
    rig.slack.world.codes["code"] = granted(**more)
    async with httpx.AsyncClient(base_url=rig.address) as browser:
        page = await browser.get("/slack/install")
        address = page.text.partition('<a href="')[2].partition('"')[0].replace("&amp;", "&")
        query = parse_qs(urlsplit(address).query)
        assert set(query["scope"][0].split(",")) == set(SCOPES)
        assert "user_scope" not in query
        cookie = {"cookie": page.headers["set-cookie"].partition(";")[0]}
        return await browser.get(
            "/slack/oauth_redirect", params={"code": "code", "state": query["state"][0]}, headers=cookie
        )


async def test_a_workspace_installs_the_tutor_and_is_served(rig: Rig) -> None:
    answer = await installed(rig)
    ack = await rig.ann.command("/progress")
    await rig.adapter.messenger.post(rig.channel(), Notice("Hello."), nonce="q")

    assert answer.status_code == 200
    assert "Thank you" in answer.text
    assert ack.body["text"] == "command: progress"
    assert rig.slack.of("chat.postMessage")[0].token == TOKEN


async def test_the_page_leads_to_the_authorize_address_of_the_same_slack(rig: Rig) -> None:
    async with httpx.AsyncClient(base_url=rig.address) as browser:
        page = await browser.get("/slack/install")

    assert f'href="{rig.slack.base}/oauth/v2/authorize?' in page.text


async def test_a_state_is_good_for_one_browser_and_once(rig: Rig) -> None:
    async with httpx.AsyncClient(base_url=rig.address) as browser:
        without = await browser.get("/slack/oauth_redirect", params={"code": "code", "state": "forged"})
        forged = await browser.get(
            "/slack/oauth_redirect",
            params={"code": "code", "state": "forged"},
            headers={"cookie": "slack-app-oauth-state=forged"},
        )
        cancelled = await browser.get("/slack/oauth_redirect", params={"error": "access_denied"})

    assert (without.status_code, forged.status_code, cancelled.status_code) == (400, 401, 200)
    assert rig.slack.of("oauth.v2.access") == []


async def test_a_workspace_that_did_not_install_is_told_so(rig: Rig) -> None:
    await rig.ann.command("/progress")

    assert rig.desk.heard == []
    await until(rig.ann.sees)
    assert "no longer installed" in rig.ann.sees()[0].text
    assert isinstance(
        await raised(rig.adapter.messenger.post(rig.channel(), Notice("Hello."), nonce="q")), ChannelGoneError
    )


async def test_a_slack_that_does_not_answer_the_installer_is_said_so(rig: Rig) -> None:
    rig.slack.faults.order("oauth.v2.access", Fault(drop=True))

    answer = await installed(rig)

    assert answer.status_code == 503
    assert "Slack did not answer" in answer.text


async def test_uninstalling_forgets_the_token_and_pauses_the_workspace(rig: Rig) -> None:
    await installed(rig)
    await rig.ann.command("/progress")

    await rig.ann.event({"type": "app_uninstalled"})

    assert [heard.what for heard in rig.desk.of("forgotten")] == ["T1"]
    assert TOKEN.encode() not in b"".join(value for value, _ in rig.shelf.kept.values())
    error = await raised(rig.adapter.messenger.post(rig.channel(), Notice("Hello."), nonce="q"))
    assert isinstance(error, ChannelGoneError)


async def test_a_revoked_bot_token_counts_as_uninstalled(rig: Rig) -> None:
    await installed(rig)

    await rig.ann.event({"type": "tokens_revoked", "tokens": {"bot": ["UBOT"]}})

    assert rig.desk.of("forgotten")


async def test_tokens_about_to_expire_are_rotated_and_kept(rig: Rig) -> None:
    await installed(rig, refresh_token="old", expires_in=60)
    world = rig.slack.world
    world.installs[FRESH] = Install(FRESH)
    world.codes["old"] = granted(FRESH, refresh_token="new", expires_in=43_200)

    for _ in range(3):
        await rig.ann.command("/progress")
    await rig.adapter.messenger.post(rig.channel(), Notice("Hello."), nonce="q")

    assert rig.slack.of("chat.postMessage")[0].token == FRESH
    assert len([c for c in rig.slack.of("oauth.v2.access") if c.arguments.get("grant_type")]) == 1


async def test_a_rotation_that_fails_leaves_the_token_in_use(rig: Rig) -> None:
    await installed(rig, refresh_token="old", expires_in=60)

    ack = await rig.ann.command("/progress")

    assert ack.body["text"] == "command: progress"


async def test_an_organisations_installation_serves_all_its_workspaces(rig: Rig) -> None:
    await installed(rig, team=None, enterprise={"id": "E1", "name": "Org"}, is_enterprise_install=True)
    authorizations = [
        {"enterprise_id": "E1", "team_id": "T2", "user_id": "UBOT", "is_enterprise_install": True}
    ]
    cat = Human(rig.slack, User("WCAT", "Cat", team="T2"), rig.general)
    event = {"type": "app_mention", "channel": "C1", "text": "<@UBOT> hello", "user": "WCAT", "ts": "1.1"}
    payload = {
        "type": "event_callback",
        "team_id": "T2",
        "enterprise_id": "E1",
        "event_id": "Ev1",
        "authorizations": authorizations,
        "event": event,
    }

    await rig.slack.deliver("events_api", payload)
    await until(cat.sees)
    await rig.adapter.messenger.post(Channel("slack", "T2", "C1"), Notice("Hello."), nonce="q")

    caller = rig.desk.of("said")[0].caller
    assert (caller.channel.community, caller.person.community) == ("T2", "T2")
    assert rig.slack.of("chat.postMessage")[0].token == TOKEN

    gone = {"type": "event_callback", "team_id": "T2", "enterprise_id": "E1", "event_id": "Ev2"}
    await rig.slack.deliver(
        "events_api", gone | {"authorizations": authorizations, "event": {"type": "app_uninstalled"}}
    )
    assert [heard.what for heard in rig.desk.of("forgotten")] == ["T2"]


async def test_the_stores_keep_what_the_library_gives_them() -> None:
    clock = RealClock()
    shelf = MemoryShelf(clock)
    store, states = ShelfInstallations(shelf), ShelfStates(shelf, clock)
    expires = int(time.time()) + 3_600
    one = Installation(
        app_id="A1",
        team_id="T1",
        bot_token=TOKEN,
        bot_id="B",
        bot_user_id="U",
        bot_scopes="a,b",
        user_id="UBOB",
        bot_refresh_token="r",
        bot_token_expires_at=expires,
    )
    await store.async_save(one)

    bot = await store.async_find_bot(enterprise_id=None, team_id="T1")
    found = await store.async_find_installation(enterprise_id=None, team_id="T1")
    state = await states.async_issue()

    assert bot is not None
    assert (bot.bot_token, bot.bot_scopes, bot.bot_token_expires_at) == (TOKEN, ["a", "b"], expires)
    assert found is not None
    assert found.user_id == "UBOB"
    assert await store.async_find_bot(enterprise_id=None, team_id="T2") is None
    assert [await states.async_consume(state), await states.async_consume(state)] == [True, False]


async def test_a_state_is_good_for_ten_minutes() -> None:
    clock = RealClock()
    states = ShelfStates(MemoryShelf(clock), clock)
    state = await states.async_issue()
    clock.ahead += dt.timedelta(minutes=11)

    assert not await states.async_consume(state)
