"""Guessers that know nothing: their scores are exact, and chance is what they are held against."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.lint import Severity, giveaways, guesses
from bot.bank.lint.classifier import cues
from bot.bank.lint.giveaways import betrayed, chance, right_picks
from bot.bank.lint.guessers import GUESSERS
from bot.model.knowledge import Kind, Option, Question, Style
from tests.bank.authored import WORDS


def question(
    texts: Sequence[str], right: Sequence[int] = (0,), stem: str = "Which?", name: str = "a.b"
) -> Question:
    options = tuple(Option(n, text, n in right, "why") for n, text in enumerate(texts))
    kind = Kind.SINGLE if len(right) == 1 else Kind.MULTIPLE
    return Question("a.b", "a", ("a.b",), kind, Style.DIRECT, 1, stem, "So.", options)


def many(make: Callable[[random.Random], Question], count: int = 300) -> list[Question]:
    rng = random.Random(7)
    return [make(rng) for _ in range(count)]


def fair(rng: random.Random) -> Question:
    texts = [" ".join(rng.choices(WORDS, k=3)) for _ in range(4)]
    return question(texts, right=[rng.randrange(4)])


def betraying(rng: random.Random) -> Question:
    asked = fair(rng)
    texts = [option.text + (" well" if option.right else " nice") for option in asked.options]
    return question(texts, right=[n for n, option in enumerate(asked.options) if option.right])


def test_a_sole_winner_scores_fully_or_not_at_all() -> None:
    four = question(["a", "b", "c", "d"])
    assert right_picks(four, [9, 1, 2, 3]) == 1
    assert right_picks(four, [1, 9, 2, 3]) == 0


def test_ties_are_broken_by_lot() -> None:
    four = question(["a", "b", "c", "d"])
    assert right_picks(four, [5, 5, 1, 1]) == 0.5
    assert right_picks(four, [0, 0, 0, 0]) == 0.25
    five = question(["a", "b", "c", "d", "e"], right=[0, 1])
    assert right_picks(five, [9, 3, 3, 3, 1]) == pytest.approx((1 + 1 / 3) / 2)


@given(st.lists(st.integers(0, 3), min_size=5, max_size=6), st.data())
def test_over_all_keys_every_guesser_is_at_chance(scores: list[int], data: st.DataObject) -> None:
    wanted = data.draw(st.integers(1, 3))
    places = range(len(scores))
    keys = [[(start + n) % len(scores) for n in range(wanted)] for start in places]
    asked = [question([str(n) for n in places], right=key) for key in keys]
    mean = sum(right_picks(each, scores) for each in asked) / len(asked)
    assert mean == pytest.approx(chance(asked[0]))


@pytest.mark.parametrize(
    ("guesser", "texts", "picked"),
    [
        ("longest", ["bb", "cccc", "d", "ee"], 1),
        ("shortest", ["bb", "cccc", "d", "ee"], 2),
        ("echoes the stem", ["a topic", "the queue", "a shard", "a bucket"], 1),
        ("most hedged", ["It always works", "It may usually work", "It works", "It must work"], 1),
        ("most specific", ["a queue", "a set of tables", "Amazon SQS with 14 days", "a stream"], 2),
        ("most like the others", ["use a queue", "use a quick queue", "zz", "quick"], 1),
    ],
)
def test_each_guesser_picks_what_its_name_says(guesser: str, texts: list[str], picked: int) -> None:
    scores = GUESSERS[guesser](question(texts, stem="Who reads queues?"))
    assert scores.index(max(scores)) == picked


def test_a_fair_bank_has_no_giveaways() -> None:
    assert list(giveaways(many(fair, 1_500))) == []


def test_keys_that_are_longest_are_an_error_over_a_whole_bank() -> None:
    def long_key(rng: random.Random) -> Question:
        asked = fair(rng)
        texts = [option.text + (" indeed" if option.right else "") for option in asked.options]
        return question(texts, right=[n for n, option in enumerate(asked.options) if option.right])

    found = list(giveaways(many(long_key)))
    assert any(f.severity is Severity.ERROR and "longest" in f.message for f in found)
    assert {f.severity for f in giveaways(many(long_key), whole=False)} == {Severity.WARNING}
    assert {f.severity for f in giveaways(many(long_key, 40))} == {Severity.WARNING}


def test_the_classifier_learns_a_word_that_betrays_keys() -> None:
    rows = {row.name: row for row in guesses(many(betraying))}
    assert rows["classifier"].score > 0.9
    assert abs(rows["longest"].excess) < 10


def test_the_classifier_is_at_chance_where_there_is_nothing_to_learn() -> None:
    rows = {row.name: row for row in guesses(many(fair))}
    assert abs(rows["classifier"].excess) < 3 * 100 * rows["classifier"].standard_error
    assert rows["classifier"].chance == 0.25


def test_few_questions_are_not_classified() -> None:
    assert "classifier" not in {row.name for row in guesses(many(fair, 20))}


def test_without_scikit_learn_the_other_guessers_still_guess() -> None:
    with mock.patch("importlib.util.find_spec", return_value=None):
        found = list(giveaways(many(fair, 60)))
        assert "classifier" not in {row.name for row in guesses(many(fair, 60))}
    assert found[-1].severity is Severity.WARNING
    assert "scikit-learn is missing" in found[-1].message


def test_the_words_that_betray_keys_are_named() -> None:
    favour, against = cues(many(betraying), count=1)
    assert (favour, against) == (["well"], ["nice"])


def test_the_questions_that_a_guesser_sees_through_are_named() -> None:
    seen = question(["a long key", "b", "c", "d"])
    assert betrayed([seen, question(["a", "long wrong", "c", "d"])], "longest") == ("a.b",)


def test_no_questions_no_guesses() -> None:
    assert guesses([]) == ()
