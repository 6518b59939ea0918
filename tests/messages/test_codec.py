"""Button ids survive the way to a platform and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import StaleButtonError, decode, encode
from bot.messages.acts import (
    AnswerPractice,
    AnswerRound,
    ChangeMock,
    OpenForm,
    RunCommand,
    ShowMock,
    SubmitForm,
    WhyRound,
)

NUMBER = st.integers(0, 2**53)
ACTS = st.one_of(
    st.builds(AnswerRound, NUMBER, st.none() | st.integers(0, 9), st.sampled_from(["", "s", "u"])),
    st.builds(AnswerPractice, NUMBER, st.integers(0, 50), st.none() | st.integers(0, 9)),
    st.builds(WhyRound, NUMBER),
    st.builds(ShowMock, NUMBER, st.integers(0, 65)),
    st.builds(ChangeMock, NUMBER, st.integers(0, 65), st.sampled_from(["flag", "finish"])),
    st.builds(OpenForm, st.sampled_from(["report", "settings"]), st.text("abc:.-0", max_size=40)),
    st.builds(SubmitForm, st.just("schedule"), st.text("C0123:", max_size=40)),
    st.builds(RunCommand, st.text(min_size=1, max_size=90)),
)


@given(ACTS)
def test_an_act_is_the_same_after_its_id(act: object) -> None:
    assert decode(encode(act)) == act  # type: ignore[arg-type]


def test_an_id_that_would_be_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="characters"):
        encode(RunCommand("x" * 120))


@given(st.text(max_size=130))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        decode(text)
    except StaleButtonError:
        return
