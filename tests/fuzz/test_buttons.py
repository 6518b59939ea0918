"""Button ids that nobody made, or that were made for somebody else: an answer, and nothing of others changes."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import acts, decode, encode
from bot.messages.acts import Act
from bot.messages.codec import StaleButtonError
from tests.fuzz.answers import check
from tests.fuzz.budget import fuzzed
from tests.fuzz.crowd import belongings, settle
from tests.fuzz.overhearing import overheard
from tests.fuzz.people import caller
from tests.fuzz.texts import anything, hostile, mostly
from tests.support.world import World

ACTS = sorted({kind for kind in vars(acts).values() if isinstance(kind, type) and issubclass(kind, Act)} - {Act},
              key=lambda kind: kind.code)  # fmt: skip
FORMS = ("settings", "report", "schedule", "setup", "edit", "options", "calendar")
few = st.sampled_from(["1", "2", "0", "3", "4", "", "-1", "5", "65"])
huge = st.sampled_from([str(2**63 - 1), str(2**63), "9" * 19, "-" + "9" * 19, "9" * 90])
number = mostly(few, mostly(huge, hostile, 1))
WORDS = {
    "form": mostly(st.sampled_from(FORMS), hostile),
    "about": mostly(
        st.sampled_from(["1", "2", "3", "4", "round:1", "round:2", "t0.q1", "general", ""]),
        mostly(huge | huge.map("round:{}".format), hostile, 1),
    ),
    "what": mostly(st.sampled_from(["flag", "list", "pause", "finish", "report", "due", "review"]), hostile),
    "confidence": mostly(st.sampled_from(["", "s", "u"]), hostile, 1),
    "text": mostly(
        st.sampled_from(["help", "quiz t0 3", "mock resume", "mock stop", "schedule list"]), hostile
    ),
}
values = mostly(
    st.sampled_from([[], ["0"], ["0", "1"], ["2", "1"]]), st.lists(mostly(few, hostile), max_size=8)
)


@st.composite
def made(draw: st.DrawFn) -> str:
    """The id of an act of ours with fields from anywhere."""
    kind: Any = draw(st.sampled_from(ACTS))
    parts = [draw(WORDS.get(field.name, number)) for field in fields(kind)]
    kept = draw(mostly(st.just(len(parts)), st.integers(0, len(parts)), 2))
    return ":".join([kind.code, *parts[:kept]])


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """An id that was cut, prolonged or turned upside down."""
    text = draw(made())
    return draw(
        st.one_of(
            st.integers(0, len(text)).map(lambda end: text[:end]),
            anything.map(lambda more: text + more),
            st.sampled_from([text.swapcase(), text.replace(":", "::"), text[::-1]]),
        )
    )


buttons = mostly(made(), mostly(spoilt(), hostile, 1))
presses = st.lists(st.tuples(buttons, values), min_size=1, max_size=6)


@pytest.fixture
async def crowd(tutoring: World) -> World:
    """Two communities in the middle of things."""
    await settle(tutoring)
    return tutoring


@fuzzed(80)
@given(pressed=presses, admin=st.booleans())
async def test_any_button_is_answered_and_changes_nothing_of_others(
    crowd: World, pressed: list[tuple[str, list[str]]], admin: bool
) -> None:
    before = await belongings(crowd)
    with overheard():
        for button, picked in pressed:
            check(await crowd.desk.click(caller(admin=admin), button, picked))
    assert await belongings(crowd) == before


@fuzzed(200)
@given(text=buttons)
def test_an_id_is_ours_or_stale_and_ours_can_be_written_again(text: str) -> None:
    try:
        act = decode(text)
    except StaleButtonError:
        return
    assert decode(encode(act)) == act


async def test_the_crowd_has_something_to_lose(crowd: World) -> None:
    full = {name for name, rows in (await belongings(crowd)).items() if rows}
    wanted = {
        "learners",
        "attempts",
        "practices",
        "mocks",
        "mock_answers",
        "schedules",
        "rounds",
        "posts",
        "memories",
    }
    assert wanted <= full
