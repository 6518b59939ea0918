"""What the doctor says about workspaces that installed the tutor by OAuth, asked of the fake Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.oauth.installation_store import Bot

from adapters.slack import doctor, doctor_workspaces
from adapters.slack.installations import ShelfInstallations
from bot.clock import SystemClock
from bot.doctor.examination import examine
from bot.doctor.finding import Finding, Verdict
from bot.settings import read
from bot.storage.examining import shelved
from bot.storage.shelf import DatabaseShelf
from bot.storage.store import StorageError, open_store
from tests.adapters.test_slack_doctor import said
from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.slack.server import SECRET
from tests.fakes.slack.world import ALL_SCOPES, Install

# Slack's library uses what aiohttp has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

MANY = {
    "SLACK_BOT_TOKEN": "",
    "SLACK_APP_TOKEN": "",
    "SLACK_SIGNING_SECRET": SECRET,
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "s3",
}


class Workspaces:
    """A database in which workspaces have installed the tutor, and the Slack that knows their tokens."""

    def __init__(self, slack: FakeSlack, url: str) -> None:
        self.slack, self.url = slack, url

    async def install(self, *teams: str, **more: Any) -> None:
        """Let workspaces install the tutor; Slack knows their tokens."""
        store = await open_store(self.url)
        kept = ShelfInstallations(DatabaseShelf(store, SystemClock()))
        for team in teams:
            token = token_of(team)
            await kept.async_save_bot(
                Bot(app_id="A1", team_id=team, team_name=f"Team {team}", bot_token=token, bot_id="B",
                    bot_user_id="U", installed_at=1.0, **more)
            )  # fmt: skip
            self.slack.world.installs[token] = Install(token, team)
        await store.close()

    async def examined(self, **settings: str) -> list[Finding]:
        """What the doctor finds."""
        given = read({**self.slack.settings, **MANY, **settings}, None)
        return await doctor.examine(given, partial(shelved, self.url))


def token_of(team: str) -> str:
    """A workspace's token."""
    return "-".join(["xoxb", team, "secret"])


@pytest.fixture(params=["sqlite", "postgresql"])
async def workspaces(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Workspaces]:
    file = f"sqlite:///{tmp_path / 'x.db'}"
    url = file if request.param == "sqlite" else request.getfixturevalue("postgres").database()
    slack = await FakeSlack().start()
    yield Workspaces(slack, url)
    await slack.stop()


async def test_every_workspaces_token_is_tried(workspaces: Workspaces) -> None:
    await workspaces.install("T1", "T2", "T3")
    found = await workspaces.examined()
    assert {finding.verdict for finding in found} == {Verdict.OK}
    assert "Installed by OAuth in 3: Slack takes the token of every one." in said(found, Verdict.OK)
    tried = {call.token for call in workspaces.slack.of("auth.test")}
    assert tried == {token_of(team) for team in ("T1", "T2", "T3")}


async def test_revoked_tokens_are_named_by_workspace_and_not_shown(workspaces: Workspaces) -> None:
    await workspaces.install("T1", "T2", "T3")
    workspaces.slack.world.installs[token_of("T2")].lost = "token_revoked"
    sentence = said(await workspaces.examined(), Verdict.WARNING)
    assert "Installed by OAuth in 3, 3 were tried, and Slack takes 2 tokens." in sentence
    assert "refuses the token of Team T2 (T2) (token_revoked)" in sentence
    assert "T1" not in sentence
    assert "xoxb" not in sentence
    assert "secret" not in sentence


async def test_scopes_are_compared_workspace_by_workspace(workspaces: Workspaces) -> None:
    await workspaces.install("T1", "T2", "T3")
    installs = workspaces.slack.world.installs
    installs[token_of("T1")].scopes = ALL_SCOPES - {"files:write"}
    installs[token_of("T2")].scopes = ALL_SCOPES - {"files:write"}
    installs[token_of("T3")].scopes = ALL_SCOPES | {"admin"}
    sentence = said(await workspaces.examined(), Verdict.WARNING)
    assert "The token of Team T1 (T1), Team T2 (T2) lacks files:write" in sentence
    assert "The token of Team T3 (T3) may do more than is needed: take admin away." in sentence


async def test_an_expired_token_that_has_a_successor_is_well(workspaces: Workspaces) -> None:
    await workspaces.install("T1", bot_refresh_token="-".join(["xoxe", "1", "next"]))
    workspaces.slack.world.installs[token_of("T1")].lost = "token_expired"
    assert {finding.verdict for finding in await workspaces.examined()} == {Verdict.OK}


async def test_only_so_many_are_tried_and_few_at_once(
    workspaces: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor_workspaces, "MOST", 12)
    await workspaces.install(*(f"T{n}" for n in range(20)))
    at_once, most = 0, 0
    whoami = doctor_workspaces.SlackApi.whoami

    async def counted(api: Any, token: str) -> Any:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0)
        try:
            return await whoami(api, token)
        finally:
            at_once -= 1

    monkeypatch.setattr(doctor_workspaces.SlackApi, "whoami", counted)
    sentence = said(await workspaces.examined(), Verdict.WARNING)
    assert "Installed by OAuth in 20, 12 were tried, and Slack takes 12 tokens." in sentence
    assert len(workspaces.slack.of("auth.test")) == 12
    assert most == doctor_workspaces.AT_ONCE


async def test_many_that_are_refused_are_counted(workspaces: Workspaces) -> None:
    teams = [f"T{n}" for n in range(30)]
    await workspaces.install(*teams)
    for team in teams:
        workspaces.slack.world.installs[token_of(team)].lost = "account_inactive"
    assert "and 20 more (account_inactive)" in said(await workspaces.examined(), Verdict.WARNING)


async def test_a_slack_that_does_not_answer_in_time_leaves_the_others(
    workspaces: Workspaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor_workspaces, "PATIENCE", 0.5)
    await workspaces.install("T1", "T2")
    workspaces.slack.faults.order("auth.test", Fault(seconds=60))
    sentence = said(await workspaces.examined(), Verdict.WARNING)
    assert "in 2, 1 were tried" in sentence


async def test_before_anybody_has_installed_it_that_is_said(workspaces: Workspaces) -> None:
    assert "none has done so yet" in said(await workspaces.examined(), Verdict.OK)
    await workspaces.install()
    assert "none has done so yet" in said(await workspaces.examined(), Verdict.OK)
    assert workspaces.slack.of("auth.test") == []


async def test_a_database_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    async def broken() -> list[Finding]:
        raise StorageError("no")

    settings = read({"CLOUDLARK_DATA": str(tmp_path), "CLOUDLARK_DATABASE_URL": f"sqlite:///{tmp_path}/x.db",
                     "CLOUDLARK_PORT": "0"}, None)  # fmt: skip
    found = await examine(settings, {}, [], {"slack": broken})
    (finding,) = [each for each in found if each.area == "slack"]
    assert finding.verdict is Verdict.FAILURE
    assert "see what is said of the database" in finding.sentence
