"""Wrong options: the usual mistakes first, near slips where those coincide."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import count

from bot.bank.generators import picking
from bot.bank.generators.drawn import DrawnOption, Mistake
from bot.bank.generators.numbers import Amount, Format, up

WRONG_OPTIONS = 3
LIKELY_MISTAKES = 5


def wrong_options(
    right: str, write: Format, mistakes: Iterable[Mistake], near: Iterable[Mistake], rng: random.Random
) -> list[DrawnOption]:
    """Three options above zero that differ from the right text and from one another.

    They are drawn from the first few distinct `mistakes`; `near` is asked for the rest, in its order.
    """
    useless = {right, write(0)}
    own = list(_distinct(write, mistakes, useless))[:LIKELY_MISTAKES]
    chosen = picking.some(own, WRONG_OPTIONS, rng)
    rest = _distinct(write, near, useless.union(each.text for each in chosen))
    while len(chosen) < WRONG_OPTIONS:
        chosen.append(next(rest))
    return chosen


def near_counts(amount: Amount) -> Iterator[Mistake]:
    """Slips that fit every whole number; endless."""
    whole = up(amount)
    yield Mistake(2 * whole, "Counts everything twice.")
    yield Mistake((whole + 1) // 2, "Counts only half of it.")
    yield Mistake(whole + 1, "Adds one more than is needed.")
    for more in count(2):
        yield Mistake(whole + more, f"Adds {more} more than are needed.")


def _distinct(write: Format, mistakes: Iterable[Mistake], taken: set[str]) -> Iterator[DrawnOption]:
    taken = set(taken)
    for each in mistakes:
        text = write(each.amount)
        if each.amount > 0 and text not in taken:
            taken.add(text)
            yield DrawnOption(text, False, each.why)
