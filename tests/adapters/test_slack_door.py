"""The HTTP door lets in what Slack has signed, and nothing else."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import httpx
import pytest

from tests.adapters.slack_rig import Rig
from tests.fakes.slack.server import signed

BODY = json.dumps({"type": "url_verification", "challenge": "abc"})


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with Rig("http") as made:
        yield made


async def post(rig: Rig, body: str | bytes, headers: dict[str, str]) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.post(rig.slack.target, content=body, headers=headers)


async def test_slacks_challenge_is_answered(rig: Rig) -> None:
    answer = await post(rig, BODY, signed(BODY) | {"Content-Type": "application/json"})

    assert answer.status_code == 200
    assert answer.json() == {"challenge": "abc"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-slack-signature": "v0=00", "x-slack-request-timestamp": "junk"},
        {"x-slack-signature": "v0=00", "x-slack-request-timestamp": "9" * 30},
        signed(BODY, secret="x" * 32),
        signed(BODY + " "),
        signed(BODY, at=time.time() - 400),
        signed(BODY, at=time.time() + 40_000),
    ],
)
async def test_what_slack_did_not_sign_lately_stays_outside(rig: Rig, headers: dict[str, str]) -> None:
    assert (await post(rig, BODY, headers)).status_code == 401


async def test_slacks_look_at_the_certificate_is_answered_unsigned_and_heard_by_nobody(rig: Rig) -> None:
    body = urlencode({"token": "x", "ssl_check": "1"})

    answer = await post(rig, body, {"Content-Type": "application/x-www-form-urlencoded"})

    assert (answer.status_code, answer.text) == (200, "")
    assert rig.desk.heard == []


@pytest.mark.parametrize("body", ['{"broken', "payload=%7Bbroken", '"text"', "[1]", "", "\u0000"])
async def test_signed_nonsense_is_refused_without_a_fuss(rig: Rig, body: str) -> None:
    answer = await post(rig, body, signed(body) | {"Content-Type": "application/json"})

    assert answer.status_code in (200, 400)
    assert rig.desk.heard == []


async def test_bytes_that_are_no_text_and_bodies_without_end_are_refused(rig: Rig) -> None:
    headers = signed("x")

    assert (await post(rig, b"\xff\xfe", headers)).status_code == 401
    assert (await post(rig, b"x" * 1_000_001, headers)).status_code == 413


async def test_payloads_that_lack_what_they_should_hold_do_not_break_anything(rig: Rig) -> None:
    for payload in ({"type": "block_actions"}, {"type": "view_submission"}, {"type": "shortcut"}, {}):
        body = urlencode({"payload": json.dumps(payload | {"team": {"id": "T1"}})})
        headers = signed(body) | {"Content-Type": "application/x-www-form-urlencoded"}
        assert (await post(rig, body, headers)).status_code in (200, 500)


async def test_there_is_nothing_else_at_the_door(rig: Rig) -> None:
    async with httpx.AsyncClient() as client:
        assert (await client.get(rig.slack.target)).status_code == 405
        assert (await client.get(f"{rig.address}/slack/install")).status_code == 404


async def test_before_and_after_the_adapter_is_up_slack_is_told_to_come_again(rig: Rig) -> None:
    await rig.adapter.stop()

    answer = await post(rig, BODY, signed(BODY) | {"Content-Type": "application/json"})

    assert answer.status_code == 503
