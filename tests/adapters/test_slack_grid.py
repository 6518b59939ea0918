"""Payloads of Enterprise Grid and Slack Connect: whose they are, also where Slack does not say it plainly."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.slack.payloads import team_of
from bot.messages import Form, TextField
from bot.messages.acts import SubmitForm
from tests.adapters.slack_rig import Rig, until
from tests.adapters.test_slack_oauth import MANY, TOKEN, installed

FORM = Form(SubmitForm("x"), "Settings", (TextField("name", "Name"),))
ORGANISATION = {"enterprise": {"id": "E1", "name": "Org"}, "is_enterprise_install": True}
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture(params=["socket", "http"])
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    async with Rig(request.param, **MANY) as made:
        yield made


def event(**more: Any) -> dict[str, Any]:
    """A mention in an organisation that installed the tutor as a whole; its authorization names no workspace."""
    return {
        "type": "event_callback",
        "team_id": "T2",
        "enterprise_id": "E1",
        "event_id": "Ev1",
        "authorizations": [
            {"enterprise_id": "E1", "team_id": None, "user_id": "UBOT", "is_enterprise_install": True}
        ],
        "event": {"type": "app_mention", "channel": "C1", "text": "<@UBOT> hi", "user": "UANN", "ts": "1.1"},
    } | more


def submission(**more: Any) -> dict[str, Any]:
    """A modal in that organisation: Slack names the organisation as where the app is installed."""
    return (
        {
            "type": "view_submission",
            "team": None,
            "user": {"id": "UANN", "name": "ann", "team_id": "T2"},
            "trigger_id": "1.2",
            "view": {
                "type": "modal",
                "callback_id": "submit:x",
                "team_id": "T2",
                "app_installed_team_id": "E1",
                "blocks": [],
                "state": {"values": {}},
            },
        }
        | ORGANISATION
        | more
    )


async def whole(rig: Rig) -> None:
    await installed(rig, team=None, enterprise={"id": "E1", "name": "Org"}, is_enterprise_install=True)


async def test_in_an_organisation_events_clicks_and_modals_belong_to_the_same_workspace(rig: Rig) -> None:
    await whole(rig)
    click = rig.ann.click_payload(_message(), "A") | {"team": {"id": "T2"}} | ORGANISATION

    await rig.slack.deliver("events_api", event())
    await rig.slack.deliver("interactive", click)
    await rig.slack.deliver("interactive", submission())
    await rig.slack.deliver("interactive", submission(trigger_id="1.3", is_enterprise_install=False))

    await until(lambda: len(rig.desk.of("submit")) == 2)
    heard = [one for one in rig.desk.heard if one.verb in ("said", "click", "submit")]
    assert {one.caller.person.community for one in heard} == {"T2"}
    assert len(heard) == 4


@pytest.mark.parametrize("enterprise", [None, {"id": "E9", "name": "Somebody else's"}])
async def test_a_workspace_is_known_when_the_organisation_is_missing_or_the_persons(
    rig: Rig, enterprise: dict[str, str] | None
) -> None:
    await installed(rig, enterprise={"id": "E1", "name": "Org"})
    click = rig.ann.click_payload(_message(), "A") | {"enterprise": enterprise}

    await rig.slack.deliver("interactive", click)

    assert [one.caller.channel.community for one in rig.desk.of("click")] == ["T1"]


async def test_uninstalling_deletes_the_token_also_after_the_workspace_joined_an_organisation(
    rig: Rig,
) -> None:
    await installed(rig)
    gone = {"type": "event_callback", "team_id": "T1", "enterprise_id": "E1", "event_id": "Ev2"}

    await rig.slack.deliver("events_api", gone | {"event": {"type": "app_uninstalled"}})

    assert not [key for key, value in rig.shelf.kept.items() if TOKEN.encode() in value[0]]


def _message() -> Any:
    from tests.fakes.slack import Message

    button = {"type": "button", "action_id": "0|a", "text": {"type": "plain_text", "text": "A"}}
    return Message("C1", "1.1", "x", [{"type": "actions", "elements": [button]}])


@pytest.mark.parametrize(
    ("body", "team"),
    [
        ({}, ""),
        ({"team": None, "user": {"team_id": "T3"}}, "T3"),
        ({"team_id": "E1", "view": {"team_id": "T4"}}, "T4"),
        ({"team_id": "E1", "event": {"team": "E1", "user_team": "T5"}}, "T5"),
    ],
)
def test_the_workspace_is_found_wherever_it_stands(body: dict[str, Any], team: str) -> None:
    assert team_of(body) == team
