"""Reading the numbers, units and words of a typed line, before anybody knows what they mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

from bot.bank.generators.units import SECONDS

_TOKEN = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+|[a-z_]+|[%/=:]|[^\s\w]")
_SCALES = {
    "k": 1000,
    "m": 1_000_000,
    "thousand": 1000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}
_PER = frozenset(("/", "per", "a", "an", "each", "every", "in", "within"))
_RATES = frozenset(("rps",))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit behind it ("" for none) and the seconds it is counted over, if any."""

    number: Fraction
    unit: str = ""
    per: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A value given by name: size_kb=6."""

    name: str
    value: str


Part = Quantity | Named | str


def read(text: str, units: Collection[str], rates: bool) -> tuple[Part, ...]:
    """Quantities, named values and remaining words, in their order.

    `units` are the words that count as a unit behind a number; `rates` tells whether "per minute" may.
    """
    return tuple(_parts(_TOKEN.findall(text.lower()), units, rates))


def _parts(tokens: list[str], units: Collection[str], rates: bool) -> Iterator[Part]:
    at = 0
    while at < len(tokens):
        if tokens[at + 1 : at + 2] in (["="], [":"]) and len(tokens) > at + 2:
            yield Named(tokens[at], tokens[at + 2])
            at += 3
        elif tokens[at].lstrip(".")[:1].isdigit():
            quantity, at = _quantity(tokens, at, units, rates)
            yield quantity
        else:
            yield tokens[at]
            at += 1


def _quantity(tokens: list[str], at: int, units: Collection[str], rates: bool) -> tuple[Quantity, int]:
    number = Fraction(tokens[at].replace(",", ""))
    at += 1
    if tokens[at : at + 1] and tokens[at] in _SCALES and tokens[at] not in units:
        number *= _SCALES[tokens[at]]
        at += 1
    unit = tokens[at] if tokens[at : at + 1] and tokens[at] in units else ""
    at += bool(unit)
    per, used = _per(tokens[at : at + 3]) if rates else (None, 0)
    if unit in _RATES:
        per = per or Fraction(1)
    return Quantity(number, unit, per), at + used


def _per(tokens: list[str]) -> tuple[Fraction | None, int]:
    """The seconds of "/ s", "per minute" or "every 5 minutes", and how many tokens say so."""
    if len(tokens) < 2 or tokens[0] not in _PER:
        return None, 0
    if tokens[1] in SECONDS:
        return SECONDS[tokens[1]], 2
    if len(tokens) == 3 and tokens[1].isdigit() and int(tokens[1]) > 0 and tokens[2] in SECONDS:
        return int(tokens[1]) * SECONDS[tokens[2]], 3
    return None, 0
