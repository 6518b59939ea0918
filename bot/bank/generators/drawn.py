"""What generators hand out: a sum as drawn, a sum as solved, and what both are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.bank.generators.numbers import Amount
from bot.bank.generators.parameter import Value


@dataclass(frozen=True, slots=True)
class DrawnOption:
    """One choice; `why` tells what makes it right or which mistake leads to it."""

    text: str
    right: bool
    why: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sum with its numbers. The right option stands first of four; `working` shows the way to it."""

    values: Mapping[str, Value]
    options: tuple[DrawnOption, ...]
    working: str


@dataclass(frozen=True, slots=True)
class Worked:
    """A solved sum: the answer with its unit, and the way to it."""

    answer: str
    working: str


@dataclass(frozen=True, slots=True)
class Solution:
    """The right amount and the way to it."""

    amount: Amount
    working: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong amount and the mistake that leads to it."""

    amount: Amount
    why: str
