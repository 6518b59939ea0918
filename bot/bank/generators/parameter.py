"""What a generator needs to know, and the checks on what it is given."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import Literal

from bot.bank.generators import picking
from bot.bank.generators.units import Units
from bot.wording import calculations
from bot.wording.speech import _, numeral

Value = str | int | float
Values = Mapping[str, Value]
Range = tuple[int, int]

FINEST = 1_000_000
LONGEST = 30
"""Characters of a value that are quoted."""
_DECIMAL = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")
_UNIT_ENDING = re.compile(r"_(?:kb|mb|gb|gib|ms|s|hours|minutes|percent)$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One given quantity. `minimum` and `maximum` are inclusive and in `unit`.

    Kind "int" is a number: whole when it is drawn; `decimals` lets a person state any amount between the
    limits. Its `choices`, if any, are what is drawn from, and `step` keeps drawn numbers round. Kind
    "choice" is one of `choices`. A parameter with a `default` may be left out; one that `replaces` another
    makes that other superfluous. `usual` is what is drawn from when a question states no range. In typed
    text a number belongs here by one of its `units`; where several parameters share a unit, by a word of
    `marks` beside it, or by standing "per second".
    """

    name: str
    kind: Literal["int", "choice"] = "int"
    choices: tuple[str, ...] = ()
    minimum: float = 1
    maximum: float = 1_000_000
    unit: str = ""
    default: Value | None = None
    decimals: bool = False
    step: int = 1
    replaces: str | None = None
    usual: Range | None = None
    units: Units = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    per_second: bool = False

    @property
    def spoken(self) -> str:
        """The name as people say it: `duration` for duration_ms."""
        if self.name.startswith(("in_", "out_")):
            direction, _, what = self.name.partition("_")
            return f"{'records' if what.startswith('records') else 'megabytes'} a second {direction}"
        return _UNIT_ENDING.sub("", self.name).replace("_", " ")

    def fault(self, value: Value) -> str | None:
        """Why the value cannot be taken, as a sentence, or None."""
        if self.kind == "choice":
            wanted = calculations.one_of(self.spoken, ", ".join(self.choices), told(value))
            return None if value in self.choices else wanted
        amount = _number(value)
        if amount is None or (amount.denominator != 1 and not self.decimals):
            return calculations.no_number(self.spoken, told(value), whole=not self.decimals)
        if not self.minimum <= amount <= self.maximum:
            low, high = numeral(f"{self.minimum:,}"), numeral(f"{self.maximum:,}")
            return calculations.outside(self.spoken, low, high, self.unit, told(value))
        return None

    def range_faults(self, low: int, high: int) -> list[str]:
        """Why numbers cannot be drawn from `low` to `high`, as sentences."""
        if self.kind == "choice":
            return [f"The {self.spoken} is a choice: fix it to one of {', '.join(self.choices)}."]
        if low > high:
            return [f"The {self.spoken} cannot run from {low} to {high}."]
        return [fault for end in (low, high) if (fault := self.fault(end))]

    def draw(self, wanted: Range | None, rng: random.Random) -> Value:
        """A fresh value within `wanted`, or within what is usual."""
        if self.kind == "choice":
            return picking.one(self.choices, rng)
        least, most = wanted or self.usual or (self.minimum, self.maximum)
        listed = [each for each in self.choices if least <= Fraction(each) <= most]
        if listed:
            return _plain(picking.one(listed, rng))
        low, high = ceil(least), int(most)
        first, last = -(-low // self.step), high // self.step
        if first > last:
            return low + picking.below(high - low + 1, rng)
        return (first + picking.below(last - first + 1, rng)) * self.step


def exact(value: Value) -> Fraction:
    """A stated number without the error of floats: 3.3 is 33/10, 1.6666666666666667 is 5/3.

    Raises ValueError for what is not a number. A text has no exponent: a short one could spell a number that
    takes for ever.
    """
    if isinstance(value, str) and not _DECIMAL.fullmatch(value):
        raise ValueError(value)
    return Fraction(str(value)).limit_denominator(FINEST)


def told(value: Value) -> str:
    """A value as a sentence quotes it."""
    if isinstance(value, int) and value.bit_length() > 64:
        return _("such a large number")
    text = value if isinstance(value, str) else numeral(str(value))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _number(value: Value) -> Fraction | None:
    try:
        return exact(value)
    except (ValueError, OverflowError):
        return None


def _plain(text: str) -> int | float:
    return int(text) if text.isdigit() else float(text)
