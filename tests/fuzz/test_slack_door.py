"""Spoilt requests at Slack's HTTP door, signed and not: an answer without a failure, and nothing in the log."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response

from tests.adapters.slack_rig import Rig
from tests.fakes.slack.server import signed
from tests.fuzz.budget import fuzzed
from tests.fuzz.overhearing import overheard
from tests.fuzz.slack_bodies import ALL, COMMAND, EVENTS, bodies
from tests.fuzz.texts import hostile, mostly, numbers

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
TYPES = [JSON, FORM, "text/plain", "", "application/json; charset=utf-16", "multipart/form-data; boundary=x"]


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with Rig("http") as made:
        yield made


async def sent(rig: Rig, body: bytes, headers: dict[str, str]) -> Response:
    """What the door answers to a request, without a network between."""
    (door,) = [route.endpoint for route in rig.adapter.routes() if route.path == "/slack/events"]  # type: ignore[attr-defined]
    named = [
        (name.lower().encode("latin-1", "replace"), value.encode("latin-1", "replace"))
        for name, value in headers.items()
    ]
    scope = {"type": "http", "method": "POST", "path": "/slack/events", "query_string": b"", "headers": named}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    answer: Response = await door(Request(scope, receive))
    return answer


def encoded(payload: Any) -> tuple[str, str]:
    """A payload as Slack would send it, by what is left of it."""
    if isinstance(payload, dict) and "event" in payload:
        return json.dumps(payload), JSON
    if isinstance(payload, dict) and "command" in payload:
        return urlencode({str(k): str(v) for k, v in payload.items()}, errors="surrogatepass"), FORM
    return urlencode({"payload": json.dumps(payload)}), FORM


@fuzzed(120)
@given(payload=bodies, retry=st.booleans())
async def test_signed_payloads_are_heard_or_refused(rig: Rig, payload: Any, retry: bool) -> None:
    body, kind = encoded(payload)
    with overheard():
        headers = signed(body) | {"Content-Type": kind} | ({"x-slack-retry-num": "1"} if retry else {})
        assert (await sent(rig, body.encode(), headers)).status_code in (200, 400)


@fuzzed(120)
@given(
    body=st.one_of(hostile.map(str.encode if False else lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=60),
                   st.sampled_from([encoded(each)[0].encode() for each in ALL])),
    kind=st.sampled_from(TYPES),
    sign=st.booleans(),
    wrong=mostly(st.just({}), st.fixed_dictionaries({}, optional={
        "x-slack-signature": hostile, "x-slack-request-timestamp": numbers | hostile, "content-length": numbers})),
)  # fmt: skip
async def test_any_bytes_are_answered(
    rig: Rig, body: bytes, kind: str, sign: bool, wrong: dict[str, str]
) -> None:
    text = body.decode("utf-8", "replace")
    with overheard():
        headers = (signed(text) if sign else {}) | {"Content-Type": kind} | wrong
        answer = await sent(rig, body, headers)
    assert answer.status_code in ((200, 400, 401) if sign else (401,))
    if not sign:
        assert rig.desk.heard == [] or answer.status_code == 401


@pytest.mark.parametrize("body", ["[" * 200_000, '{"a":' * 100_000, f"payload={'[' * 200_000}"])
async def test_nesting_without_end_is_refused(rig: Rig, body: str) -> None:
    kind = FORM if body.startswith("payload") else JSON
    with overheard():
        assert (await sent(rig, body.encode(), signed(body) | {"Content-Type": kind})).status_code == 400


async def test_whole_payloads_are_heard(rig: Rig) -> None:
    for payload in (COMMAND, EVENTS[0]):
        body, kind = encoded(payload)
        await sent(rig, body.encode(), signed(body) | {"Content-Type": kind})
    assert [heard.verb for heard in rig.desk.heard if heard.verb != "renamed"] == ["command", "said"]
