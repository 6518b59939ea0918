"""Which question a channel gets next."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.learning.rotation import Candidate, Deck, choose

POOL = [Candidate(f"q{n}", f"t{n % 5}", "big" if n % 4 else "small") for n in range(60)]


@given(st.integers(0, 10_000), st.sets(st.integers(0, 59), max_size=58))
def test_unseen_comes_first_and_never_the_same_topic_twice_when_there_is_another(
    seed: int, seen: set[int]
) -> None:
    deck = Deck.of(POOL, {})
    chosen = choose(deck, {f"q{n}": n for n in seen}, "t1", random.Random(seed))
    assert chosen is not None
    assert chosen.topic != "t1"
    if any(n not in seen and n % 5 != 1 for n in range(60)):
        assert chosen.question_id not in {f"q{n}" for n in seen}


def test_when_all_were_seen_the_least_recent_comes_back() -> None:
    deck = Deck.of(POOL, {})
    last = {f"q{n}": n for n in range(60)}
    chosen = choose(deck, last, "t0", random.Random(1))
    assert chosen is not None
    assert chosen.question_id == "q1"


def test_domains_come_in_the_proportions_of_the_blueprint() -> None:
    deck = Deck.of(POOL, {"big": 0.2, "small": 0.8})
    rng = random.Random(5)
    drawn = Counter(c.domain for _ in range(2000) if (c := choose(deck, {}, "", rng)))
    assert 0.75 < drawn["small"] / 2000 < 0.85


def test_an_empty_deck_gives_nothing() -> None:
    assert choose(Deck.of([], {}), {}, "", random.Random(1)) is None
