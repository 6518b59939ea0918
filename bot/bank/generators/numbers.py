"""Amounts and how they are written: whole numbers, measures and percentages of like shape."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from bot.wording.speech import _, numeral, plural

Amount = Fraction | int
Format = Callable[[Amount], str]


def up(amount: Amount) -> int:
    """Rounded up to a whole number."""
    return -(-amount.numerator // amount.denominator)


def down(amount: Amount) -> int:
    """Rounded down to a whole number."""
    return amount.numerator // amount.denominator


def plain(amount: Amount, places: int = 2) -> str:
    """At most so many decimal places, thousands set apart, no trailing zeros: 1,234.5, in the form of the language."""
    scale = 10**places
    rounded = down(amount * scale + Fraction(1, 2))
    whole, rest = divmod(rounded, scale)
    decimals = f"{rest:0{places}d}".rstrip("0") if places else ""
    return numeral(f"{whole:,}" + (f".{decimals}" if decimals else ""))


def counted(one: str, many: str) -> Format:
    """Writes whole things, rounded up: "1 shard", "38 shards" for `{n} shard` and `{n} shards`."""
    return lambda amount: plural(one, many, up(amount))


def measured(unit: str, places: int = 2) -> Format:
    """Writes a measure: "1,250.5 IOPS"; `unit` is `marked` where it is a word."""
    return lambda amount: f"{plain(amount, places)} {_(unit)}"


def percent(places: int) -> Format:
    """Writes a share of one as a percentage: "99.95%"."""
    return lambda amount: _("{share}%").format(share=plain(amount * 100, places))
