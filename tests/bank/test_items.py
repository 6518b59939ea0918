"""Items: decided by question and seed, whatever the process."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank import Bank
from bot.bank.items import draw
from bot.model.knowledge import Kind, Option, Question, Style

QUESTION = Question(
    id="sqs.delay",
    topic="sqs",
    facts=("sqs.delay",),
    kind=Kind.MULTIPLE,
    style=Style.DIRECT,
    difficulty=1,
    stem="Which two? Choose two.",
    explanation="These.",
    options=tuple(Option(n, f"option {n}", n < 2, "why") for n in range(5)),
)


def order(seed: int) -> list[int]:
    return [option.position for option in draw(QUESTION, seed).options]


def test_the_order_of_a_seed_never_changes() -> None:
    assert [order(seed) for seed in (0, 1, 42)] == [[4, 1, 3, 0, 2], [3, 1, 0, 4, 2], [2, 3, 1, 4, 0]]


def test_another_process_draws_the_same(bank: Bank) -> None:
    code = (
        "import random; from bot.bank.items import shuffled; from bot.model.knowledge import Option;"
        "o = [Option(n, '', False, '') for n in range(5)];"
        "print([x.position for x in shuffled(o, random.Random('sqs.delay:42'))])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(order(42))


@given(st.integers(-(2**63), 2**63))
def test_every_seed_keeps_all_options_and_the_key(seed: int) -> None:
    item = draw(QUESTION, seed)
    assert sorted(order(seed)) == [0, 1, 2, 3, 4]
    assert item.key == {0, 1}
    assert item.picks_wanted == 2


def test_the_key_stands_under_every_letter_equally_often() -> None:
    places = Counter(order(seed).index(0) for seed in range(5_000))
    assert all(900 < places[place] < 1_100 for place in range(5))


def test_numeric_items_draw_their_numbers_from_the_seed(bank: Bank) -> None:
    first, again, other = (bank.item("dynamodb.rcu-drawn", seed) for seed in (1, 1, 2))
    assert first == again
    assert first.stem != other.stem
    assert "{" not in first.stem


def test_a_numeric_item_knows_its_key_and_shows_the_working(bank: Bank) -> None:
    item = bank.item("dynamodb.rcu-drawn", 3)
    assert item.key == {0}
    assert sorted(option.position for option in item.options) == [0, 1, 2, 3]
    (key,) = (option for option in item.options if option.right)
    assert key.text.partition(" ")[0] in key.why
    assert item.explanation == "It is green."


def test_an_unknown_question_is_a_key_error(bank: Bank) -> None:
    with pytest.raises(KeyError, match="nothing"):
        bank.item("sqs.nothing", 1)
