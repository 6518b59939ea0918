"""What a page may send."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.payloads import FRAME_LIMIT, BadFrameError, Click, Say, read, read_entering

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)


def test_a_frame_is_read_by_what_it_does() -> None:
    assert read('{"do": "click", "button": "ar:1:2", "request": "7"}') == Click(button="ar:1:2", request="7")
    said = read('{"do": "say", "place": "general", "text": "hello", "key": "k1"}')
    assert said == Say(place="general", text="hello", key="k1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        '{"do": "dance"}',
        '{"do": "click"}',
        '{"do": "click", "button": 3}',
        '{"do": "say", "place": "general", "text": "hello", "key": "no spaces"}',
        json.dumps({"do": "click", "button": "x" * 101}),
        json.dumps({"do": "say", "place": "general", "text": "x" * FRAME_LIMIT, "key": "k"}),
    ],
)
def test_anything_else_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(BadFrameError, match=r"^[A-Z].*\.$"):
        read(text)


@given(st.text() | st.builds(json.dumps, JSON))
def test_no_text_at_all_breaks_the_reading(text: str) -> None:
    try:
        read(text)
    except BadFrameError:
        return


@given(
    st.sampled_from(
        ["say", "click", "submit", "complete", "history", "thread", "seen", "open", "rename", "hello"]
    ),
    st.dictionaries(
        st.sampled_from(
            ["place", "text", "key", "button", "message", "values", "kind", "name", "position", "before"]
        ),
        JSON,
    ),
)
def test_no_field_of_a_known_frame_breaks_the_reading(do: str, fields: dict[str, object]) -> None:
    try:
        read(json.dumps({"do": do, **fields}))
    except BadFrameError:
        return


@given(st.binary(max_size=200))
def test_nothing_handed_in_at_the_door_breaks_the_reading(body: bytes) -> None:
    try:
        read_entering(body)
    except BadFrameError:
        return
