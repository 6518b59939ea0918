"""Random choices on random() alone, so that the same seed draws the same in every Python release."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def below(limit: int, rng: random.Random) -> int:
    """A whole number from 0 to limit - 1."""
    return int(rng.random() * limit)


def one(choices: Sequence[T], rng: random.Random) -> T:
    """One of the choices."""
    return choices[below(len(choices), rng)]


def some(choices: Sequence[T], number: int, rng: random.Random) -> list[T]:
    """So many different ones of the choices, or all of them where there are fewer."""
    left = list(choices)
    return [left.pop(below(len(left), rng)) for _ in range(min(number, len(left)))]
