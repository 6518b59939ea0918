"""What the doctor says about Slack, asked of the fake one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.slack import doctor
from bot.doctor.finding import Finding, Verdict
from bot.settings import read
from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.slack.server import BOT_TOKEN, SECRET
from tests.fakes.slack.world import ALL_SCOPES

# Slack's library uses what aiohttp has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = await FakeSlack().start()
    yield fake
    await fake.stop()


async def examined(slack: FakeSlack, **settings: str) -> list[Finding]:
    """What the doctor finds with these settings."""
    return await doctor.examine(read({**slack.settings, **settings}, None), nothing)


async def nothing(namespace: str) -> dict[str, bytes]:
    """An empty shelf."""
    return {}


def said(findings: list[Finding], verdict: Verdict) -> str:
    """The sentences of a kind, one after the other."""
    return " ".join(finding.sentence for finding in findings if finding.verdict is verdict)


async def test_an_installation_that_is_as_it_should_be(slack: FakeSlack) -> None:
    found = await examined(slack)
    assert {finding.verdict for finding in found} == {Verdict.OK}
    assert "cloudlark of Example" in said(found, Verdict.OK)
    assert "opens connections for Socket Mode" in said(found, Verdict.OK)


async def test_over_http_no_connection_is_asked_for(slack: FakeSlack) -> None:
    found = await examined(slack, SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET=SECRET)
    assert "over HTTP" in said(found, Verdict.OK)
    assert slack.of("apps.connections.open") == []


async def test_missing_scopes_are_named_with_the_way_to_get_them(slack: FakeSlack) -> None:
    slack.world.installs[BOT_TOKEN].scopes = ALL_SCOPES - {"files:write", "users:read"}
    sentence = said(await examined(slack), Verdict.FAILURE)
    assert "lacks files:write, users:read" in sentence
    assert "cloudlark slack manifest" in sentence


async def test_optional_scopes_may_be_missing(slack: FakeSlack) -> None:
    slack.world.installs[BOT_TOKEN].scopes = ALL_SCOPES - {"channels:history", "groups:history"}
    assert {finding.verdict for finding in await examined(slack)} == {Verdict.OK}


async def test_more_scopes_than_needed_are_a_warning(slack: FakeSlack) -> None:
    slack.world.installs[BOT_TOKEN].scopes = ALL_SCOPES | {"admin"}
    assert "take admin away" in said(await examined(slack), Verdict.WARNING)


async def test_a_token_that_is_refused_is_named_and_not_shown(slack: FakeSlack) -> None:
    wrong = "-".join(["xoxb", "9", "wrong"])
    found = await examined(slack, SLACK_BOT_TOKEN=wrong, SLACK_APP_TOKEN="-".join(["xapp", "9", "wrong"]))
    sentence = said(found, Verdict.FAILURE)
    assert "refuses SLACK_BOT_TOKEN" in sentence
    assert "refuses SLACK_APP_TOKEN" in sentence
    assert "wrong" not in sentence


async def test_settings_that_cannot_be_used_are_said_without_asking(slack: FakeSlack) -> None:
    found = await examined(slack, SLACK_BOT_TOKEN="nonsense")
    assert "begins with xoxb-" in said(found, Verdict.FAILURE)
    assert slack.calls == []


@pytest.mark.parametrize("fault", [Fault(drop=True), Fault(status=503), Fault("internal_error")])
async def test_a_slack_that_fails_is_a_sentence(slack: FakeSlack, fault: Fault) -> None:
    slack.faults.order("auth.test", fault)
    assert "cannot be asked about SLACK_BOT_TOKEN" in said(await examined(slack), Verdict.FAILURE)


async def test_a_slack_that_never_answers_is_given_up(
    slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "PATIENCE", 0.2)
    slack.faults.order("auth.test", Fault(seconds=60))
    slack.faults.order("apps.connections.open", Fault(seconds=60))
    async with asyncio.timeout(20):
        assert said(await examined(slack), Verdict.FAILURE).count("no answer in time") == 2


async def test_a_slack_that_is_not_there_is_a_sentence(slack: FakeSlack) -> None:
    found = await examined(slack, SLACK_API_URL="http://127.0.0.1:9/api/")
    assert said(found, Verdict.FAILURE).count("check the network and SLACK_API_URL") == 2
