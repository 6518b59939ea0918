"""Whatever a page sends over its line: one answer for each frame, no failure, and the line stays."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web import names, words
from adapters.web.payloads import FRAME_LIMIT, BadFrameError, read, read_entering
from tests.fuzz.browsing import Browser, browsing
from tests.fuzz.budget import fuzzed
from tests.fuzz.mutating import mutated
from tests.fuzz.overhearing import WORDS, overheard
from tests.fuzz.test_buttons import buttons
from tests.fuzz.texts import hostile, mostly
from tests.support.world import world

VALID: list[dict[str, Any]] = [
    {"do": "say", "place": "general", "text": f"hello @cloudlark {WORDS}", "key": "k1"},
    {"do": "say", "place": "general", "text": "/quiz t0 3", "key": "k2", "thread": "1"},
    {"do": "say", "place": "general", "text": "/admin @Zerlinde Wackernagel", "key": "k3"},
    {"do": "click", "button": "rc:help", "message": "1", "values": ["1"]},
    {"do": "click", "button": "of:settings", "message": None, "values": []},
    {
        "do": "submit",
        "form": "sf:settings",
        "values": {"timezone": "UTC", "workdays": "1"},
        "place": "general",
    },
    {"do": "complete", "kind": "topic", "typed": WORDS},
    {"do": "history", "place": "general", "before": 0},
    {"do": "thread", "message": "1"},
    {"do": "seen", "place": "general", "position": 1},
    {"do": "open", "name": "aws-daily-2"},
    {"do": "rename", "name": "Zerlinde Wackernagel"},
    {"do": "hello", "timezone": "UTC", "locale": "de-AT", "after": 1},
    {"do": "home"},
    {"do": "ping"},
]
HELLO = {"do": "hello", "timezone": "Europe/Vienna", "locale": "de-AT"}


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Browser]:
    async with world(tmp_path) as made, browsing(tmp_path, made) as opened:
        yield opened


@st.composite
def frames(draw: st.DrawFn) -> Any:
    """A frame of ours, more or less spoilt, a press of anything, or any text."""
    body = draw(st.sampled_from(VALID).flatmap(lambda valid: mutated(valid, 2)))
    if draw(st.integers(0, 3)) == 0:
        body = {
            "do": "click",
            "button": draw(buttons)[:100],
            "message": draw(st.sampled_from([None, "1", "2", "999"])),
            "values": [],
        }
    return draw(mostly(st.just(body | {"request": "r"}), mostly(hostile, st.binary(max_size=40), 2), 6))


@fuzzed(80)
@given(sent=st.lists(frames(), min_size=1, max_size=6))
async def test_every_frame_is_answered_and_none_with_an_apology(browser: Browser, sent: list[Any]) -> None:
    spoken = [
        frame.encode("utf-8", "replace").decode() if isinstance(frame, str) else frame for frame in sent
    ]
    with overheard():
        heard = await browser.speak([HELLO, *spoken])
    assert [frame["is"] for frame in heard].count("welcome") == 1
    done = [frame for frame in heard if frame["is"] == "done"]
    assert len(done) == len(spoken)
    assert not [frame for frame in done if frame.get("error") == words.apology()]


@fuzzed(60)
@given(first=frames())
async def test_a_line_that_begins_with_anything_is_served_or_refused(browser: Browser, first: Any) -> None:
    spoken = first.encode("utf-8", "replace").decode() if isinstance(first, str) else first
    with overheard():
        heard = await browser.speak([spoken])
    assert [frame["is"] for frame in heard if frame["is"] in ("welcome", "refused")]


@pytest.mark.parametrize("text", ["[" * 30_000, '{"do":"ping","x":' + "[" * 30_000, '{"a":' * 6_000])
async def test_frames_nested_without_end_are_refused_and_the_line_stays(browser: Browser, text: str) -> None:
    assert len(text) < FRAME_LIMIT
    with overheard():
        heard = await browser.speak([HELLO, text, {"do": "ping", "request": "r"}])
    assert [frame["request"] for frame in heard if frame["is"] == "done"] == ["", "r"]


@fuzzed(200)
@given(
    text=mostly(
        frames().map(lambda frame: frame if isinstance(frame, str) else json.dumps(frame, default=repr)),
        hostile,
    )
)
def test_any_text_is_a_frame_or_a_bad_one(text: str) -> None:
    try:
        assert isinstance(read(text), msgspec.Struct)
    except BadFrameError:
        return


@fuzzed(100)
@given(
    body=mostly(
        mutated({"name": "x", "password": "y"}).map(lambda body: json.dumps(body).encode()),
        st.binary(max_size=200),
    )
)
def test_any_bytes_are_an_entering_or_a_bad_one(body: bytes) -> None:
    try:
        assert isinstance(read_entering(body), msgspec.Struct)
    except BadFrameError:
        return


@fuzzed(150)
@given(typed=hostile)
def test_any_name_is_taken_or_refused_in_a_sentence(typed: str) -> None:
    for name in (names.person_name, names.channel_name):
        try:
            assert 0 < len(name(typed)) <= 40
        except names.BadNameError as error:
            assert str(error).endswith((".", "."))
    assert names.timezone(typed) in (typed, None)
    assert names.locale(typed) in (typed, None)
