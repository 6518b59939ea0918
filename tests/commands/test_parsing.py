"""Typed commands: what is understood, and the one sentence for what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import parsing
from bot.commands.registry import COMMANDS
from bot.tutor.refusal import RefusalError

QUIZ = next(command for command in COMMANDS if command.name == "quiz")
BOARD = next(command for command in COMMANDS if command.name == "leaderboard")
PAUSE = next(command for command in COMMANDS if command.name == "schedule pause")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("ddb", {"topic": "ddb"}),
        ("5", {"count": 5}),
        ("ddb 5", {"topic": "ddb", "count": 5}),
        ("step functions 3", {"topic": "step functions", "count": 3}),
        ("  s3   security  ", {"topic": "s3 security"}),
    ],
)
def test_a_topic_may_have_many_words_and_the_count_comes_last(text: str, expected: dict[str, object]) -> None:
    assert parsing.arguments(QUIZ, text) == expected


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("ddb 0", "from 1 to 20"),
        ("ddb 99", "from 1 to 20"),
        ("-3", "from 1 to 20"),
        ("99999999999999", "from 1 to 20"),
    ],
)
def test_a_number_out_of_bounds_is_refused_with_its_bounds(text: str, part: str) -> None:
    with pytest.raises(RefusalError, match=part):
        parsing.arguments(QUIZ, text)


def test_a_number_that_is_refused_is_named_with_what_it_was_for() -> None:
    with pytest.raises(RefusalError, match="“99” is not right for count: give a whole number from 1 to 20"):
        parsing.arguments(QUIZ, "ddb 99")


def test_a_choice_may_be_shortened_and_a_wrong_one_is_answered_with_all() -> None:
    assert parsing.arguments(BOARD, "mon") == {"period": "month"}
    with pytest.raises(RefusalError, match="week, last, month, season, all"):
        parsing.arguments(BOARD, "decade")


def test_what_is_missing_is_asked_for_with_the_usage() -> None:
    with pytest.raises(RefusalError, match="/schedule pause <number>"):
        parsing.arguments(PAUSE, "")


def test_too_much_is_refused() -> None:
    with pytest.raises(RefusalError, match="I do not understand"):
        parsing.arguments(PAUSE, "1 and 2")


def test_subcommands_are_found_and_a_bare_word_leads_to_its_list() -> None:
    found, rest = parsing.find(COMMANDS, "/schedule pause 3")
    assert found is PAUSE
    assert rest == "3"
    assert parsing.find(COMMANDS, "schedule") == (None, "schedule")


def test_a_misspelt_command_is_answered_with_the_nearest() -> None:
    with pytest.raises(RefusalError, match="Did you mean /quiz"):
        parsing.find(COMMANDS, "/quizz ddb")


@given(st.text(max_size=300))
def test_any_text_is_either_understood_or_refused(text: str) -> None:
    try:
        command, rest = parsing.find(COMMANDS, text)
        understood = command is None or parsing.arguments(command, rest) is not None
    except RefusalError as refusal:
        understood = refusal.text != ""
    assert understood


def test_several_signs_are_no_number() -> None:
    assert parsing.arguments(QUIZ, "+-5") == {"topic": "+-5"}
    with pytest.raises(RefusalError, match="from 1 to 20"):
        parsing.checked(QUIZ, {"count": "--3"})
