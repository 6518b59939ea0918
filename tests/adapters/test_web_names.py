"""Names of people and channels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.names import BadNameError, channel_name, locale, person_name, timezone


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Ada", "Ada"), ("  Ada   Lovelace ", "Ada Lovelace"), ("李", "李"), ("R2-D2", "R2-D2")],
)
def test_a_name_is_taken_without_stray_spaces(typed: str, name: str) -> None:
    assert person_name(typed) == name


@pytest.mark.parametrize("typed", ["", "  ", "...", "a" * 41, "cloudlark", " CloudLark ", "A\u202eb"])
def test_a_name_that_cannot_be_shown_or_is_the_tutors_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(BadNameError, match=r"\w.*\.$"):
        person_name(typed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("#aws-daily", "aws-daily"), ("Team Rocket", "team-rocket"), ("a_b", "a-b"), ("Übung", "übung")],
)
def test_a_channel_name_is_made_of_letters_digits_and_hyphens(typed: str, name: str) -> None:
    assert channel_name(typed) == name


@pytest.mark.parametrize("typed", ["", "#", "a/b", "a" * 41, "dm-ada", "a.b", "-"])
def test_another_channel_name_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(BadNameError, match=r"\w.*\.$"):
        channel_name(typed)


@given(st.text(max_size=60))
def test_a_channel_name_stays_as_it_is_once_it_is_one(typed: str) -> None:
    try:
        name = channel_name(typed)
    except BadNameError:
        return
    assert channel_name(name) == name


def test_what_a_browser_says_of_itself_is_believed_only_when_it_makes_sense() -> None:
    assert timezone("Europe/Vienna") == "Europe/Vienna"
    assert timezone("../../etc/passwd") is None
    assert locale("de-AT") == "de-AT"
    assert locale("<b>") is None
