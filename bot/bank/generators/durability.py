"""Durability arithmetic: how long until one object of many is expected to be lost.

Source: Amazon S3 user guide, "Data protection in Amazon S3": eleven nines mean that of ten million objects one is
expected to be lost in 10,000 years.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from bot.bank.generators.drawn import Mistake, Solution
from bot.bank.generators.generator import Generator
from bot.bank.generators.numbers import counted, plain, up
from bot.bank.generators.parameter import Parameter, Values, exact
from bot.bank.generators.units import things
from bot.wording.speech import _, grouped, marked

MILLION = 10**6


def _years(values: Values) -> Fraction:
    return Fraction(10 ** int(values["nines"])) / (exact(values["objects_millions"]) * MILLION)


def _loss(values: Values) -> Solution:
    nines, millions, years = int(values["nines"]), exact(values["objects_millions"]), _years(values)
    working = _(
        "Of 10^{nines} objects one is lost in a year; {millions} million objects are"
        " 10^{nines} / {objects} = {years} times fewer: one in {rounded} years."
    ).format(
        nines=nines,
        millions=plain(millions),
        objects=plain(millions * MILLION),
        years=plain(years),
        rounded=grouped(up(years)),
    )
    return Solution(up(years), working)


def _loss_mistakes(values: Values) -> Iterator[Mistake]:
    years = _years(values)
    yield Mistake(up(years * 10), "Counts a nine too many.")
    yield Mistake(up(years / 10), "Counts a nine too few.")
    yield Mistake(up(years * 1000), "Takes millions for thousands.")
    yield Mistake(up(exact(values["objects_millions"])), "Takes the number of millions for years.")


LOSS = Generator(
    name="durability-loss",
    title=marked("Years until an object is expected to be lost"),
    parameters=(
        Parameter(
            "objects_millions", maximum=1_000_000, unit=marked("million objects"), step=5, usual=(5, 200), decimals=True,
            units=things("million", "millions"),
        ),
        Parameter("nines", minimum=6, maximum=15, unit=marked("nines"), default=11, usual=(11, 11), units=things("nines")),
    ),
    solution=_loss,
    mistakes=_loss_mistakes,
    write=counted("{n} year", "{n} years"),
    aliases=("durability", "nines"),
    example="durability 10 million 11 nines",
)  # fmt: skip
FAMILY: tuple[Generator, ...] = (LOSS,)
