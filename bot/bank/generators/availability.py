"""Availability of parts that are all needed, and of parts that stand in for one another.

Source: AWS whitepaper "Availability and Beyond", sections on hard dependencies (the availabilities multiply)
and on redundancy (the unavailabilities multiply).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import count

from bot.bank.generators.drawn import Mistake, Solution
from bot.bank.generators.generator import Generator
from bot.bank.generators.numbers import Amount, percent
from bot.bank.generators.parameter import Parameter, Values, exact
from bot.bank.generators.units import PERCENT, things
from bot.wording.speech import _, marked

VERY_SAFE = Fraction(9995, 10_000)
_share = percent(4)


def _uptime(amount: Amount) -> str:
    """A percentage with as many nines as it takes to see three digits of what is missing."""
    places, missing = 2, (1 - Fraction(amount)) * 100
    while 0 < missing * 10**places < 100:
        places += 1
    return percent(places)(amount)


def _given(values: Values) -> tuple[Fraction, int]:
    return exact(values["availability"]) / 100, int(values["components"])


def _series(values: Values) -> Solution:
    each, number = _given(values)
    working = _("All {number} are needed, so they multiply: ({each})^{number} = {share}.")
    return Solution(
        each**number, working.format(number=number, each=_uptime(each), share=_share(each**number))
    )


def _series_mistakes(values: Values) -> Iterator[Mistake]:
    each, number = _given(values)
    yield Mistake(each, "Is one component's own; the chain is weaker than each of its links.")
    if number == 2 and each < VERY_SAFE:
        yield Mistake(1 - (1 - each) ** 2, "Multiplies the failures, as if each stood in for the other.")
    yield Mistake(1 - (1 - each) / number, "Divides the failures by the number of components.")
    yield Mistake(each ** (number + 1), "Multiplies once too often.")
    yield Mistake(1 - 2 * number * (1 - each), "Counts the failures of every component twice.")


def _parallel(values: Values) -> Solution:
    each, number = _given(values)
    together = 1 - (1 - each) ** number
    working = _(
        "It is down only when all {number} are, so failures multiply: 100% - ({down})^{number} = {share}."
    )
    return Solution(together, working.format(number=number, down=_down(each), share=_uptime(together)))


def _down(share: Fraction) -> str:
    return percent(6)(1 - share)


def _parallel_mistakes(values: Values) -> Iterator[Mistake]:
    each, number = _given(values)
    yield Mistake(each, "Is one component's own; the others add to it.")
    yield Mistake(each**number, "Multiplies the availabilities, as if all were needed.")
    yield Mistake(1 - (1 - each) / number, "Divides the failures by the number; they multiply.")
    yield Mistake(1 - (1 - each) ** (number + 1), "Counts one component too many.")


def _near(amount: Amount) -> Iterator[Mistake]:
    down = 1 - Fraction(amount)
    for parts in count(2):
        yield Mistake(1 - down / parts, f"Divides the failures by {parts}.")


def _parameters(usual: tuple[int, int]) -> tuple[Parameter, ...]:
    listed = ("99", "99.5", "99.9", "99.95")
    return (
        Parameter(
            "availability",
            choices=listed,
            maximum=99.9999,
            unit="%",
            minimum=50,
            decimals=True,
            units=PERCENT,
        ),
        Parameter(
            "components",
            minimum=2,
            maximum=10,
            unit=marked("components"),
            usual=usual,
            units=things("component", "components", "parts"),
        ),
    )


SERIES = Generator(
    name="availability-series",
    title=marked("Availability of components that are all needed"),
    parameters=_parameters((2, 4)),
    solution=_series,
    mistakes=_series_mistakes,
    write=_share,
    aliases=("availability", "series"),
    example="series 99.9% 3 components",
    near=_near,
)
PARALLEL = Generator(
    name="availability-parallel",
    title=marked("Availability of components that stand in for one another"),
    parameters=_parameters((2, 3)),
    solution=_parallel,
    mistakes=_parallel_mistakes,
    write=_uptime,
    aliases=("parallel", "redundancy"),
    example="parallel 99.9% 2 components",
    near=_near,
)
FAMILY: tuple[Generator, ...] = (SERIES, PARALLEL)
