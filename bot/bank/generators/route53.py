"""Route 53 weighted routing.

Source: Amazon Route 53 Developer Guide, "Weighted routing": a record receives its weight divided by the sum
of all weights of the same name and type; weights are 0 to 255.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import count

from bot.bank.generators.drawn import Mistake, Solution
from bot.bank.generators.generator import Generator
from bot.bank.generators.numbers import Amount, percent, plain
from bot.bank.generators.parameter import Parameter, Values, exact
from bot.wording.speech import _, marked

_text = percent(2)


def _share(values: Values) -> Solution:
    weight, others = exact(values["weight"]), exact(values["others_total"])
    share = weight / (weight + others)
    working = _("All weights: {weight} + {others} = {total}; {weight} / {total} = {share}.").format(
        weight=plain(weight), others=plain(others), total=plain(weight + others), share=_text(share)
    )
    return Solution(share, working)


def _mistakes(values: Values) -> Iterator[Mistake]:
    weight, others = exact(values["weight"]), exact(values["others_total"])
    yield Mistake(others / (weight + others), "Is the share of all the other records together.")
    if weight < others:
        yield Mistake(
            weight / others, "Divides by the other weights only; the own weight belongs to the sum."
        )
    yield Mistake(weight / 255, "Divides by 255, the largest weight that a record may have.")
    if weight < 100:
        yield Mistake(weight / 100, "Takes the weight for a percentage.")
    yield Mistake(Fraction(1, 2), "Splits the traffic evenly.")


def _near(share: Amount) -> Iterator[Mistake]:
    yield Mistake(1 - share, "Is the share of all the others.")
    yield Mistake(Fraction(share) / 2, "Halves the share.")
    for parts in count(2):
        yield Mistake(Fraction(1, parts), f"Splits the traffic evenly between {parts}.")


WEIGHT = Generator(
    name="route53-weight",
    title=marked("Route 53 weighted routing"),
    parameters=(
        Parameter("weight", maximum=255, usual=(5, 120), marks=("weight",)),
        Parameter(
            "others_total", minimum=0, maximum=2550, usual=(10, 300), marks=("others", "other", "total")
        ),
    ),
    solution=_share,
    mistakes=_mistakes,
    write=_text,
    aliases=("weight", "weights", "route53"),
    example="weight 10 of others 30",
    near=_near,
)
FAMILY: tuple[Generator, ...] = (WEIGHT,)
