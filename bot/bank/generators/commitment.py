"""What capacity costs: when a commitment pays, and how a mixed group is bought.

Sources: AWS Savings Plans user guide, "What are Savings Plans" (a commitment is paid for every hour, used or not);
Amazon EC2 Auto Scaling user guide, "Auto Scaling groups with multiple instance types and purchase options" (a
percentage that is no whole number is rounded up in favour of On-Demand).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from bot.bank.generators.drawn import Mistake, Solution
from bot.bank.generators.generator import Generator
from bot.bank.generators.numbers import counted, down, plain, up
from bot.bank.generators.parameter import Parameter, Values, exact
from bot.bank.generators.units import PERCENT, things
from bot.wording.speech import _, grouped, marked

MONTH_HOURS = 730


def _break_even(values: Values) -> Solution:
    discount = exact(values["discount_percent"])
    hours = MONTH_HOURS * (100 - discount) / 100
    working = _(
        "Every hour is paid at {paid} % of the On-Demand price, used or not:"
        " {month} h × {paid} % = {hours}, so from {rounded} h a month on."
    ).format(paid=plain(100 - discount), month=MONTH_HOURS, hours=plain(hours), rounded=grouped(up(hours)))
    return Solution(up(hours), working)


def _break_even_mistakes(values: Values) -> Iterator[Mistake]:
    discount = exact(values["discount_percent"])
    yield Mistake(
        up(MONTH_HOURS * discount / 100), "Takes the share that is saved for the share that is paid."
    )
    yield Mistake(MONTH_HOURS, "Waits for a full month; a discount pays before that.")
    yield Mistake(MONTH_HOURS // 2, "Would be right for a discount of half the price.")


def _mixed(values: Values) -> Solution:
    desired, base, share = int(values["desired"]), int(values["base"]), exact(values["on_demand_percent"])
    above = max(desired - base, 0)
    more = up(above * share / 100)
    total = min(base, desired) + more
    working = _(
        "{base} as the base; of the {above} above it {share} % = {part}, rounded up to {more}:"
        " {base} + {more} = {total}."
    ).format(
        base=min(base, desired),
        above=above,
        share=plain(share),
        part=plain(above * share / 100),
        more=more,
        total=total,
    )
    return Solution(total, working)


def _mixed_mistakes(values: Values) -> Iterator[Mistake]:
    desired, base, share = int(values["desired"]), int(values["base"]), exact(values["on_demand_percent"])
    above = Fraction(max(desired - base, 0))
    yield Mistake(
        up(desired * share / 100), "Applies the percentage to the whole group and leaves out the base."
    )
    yield Mistake(base + up(desired * share / 100), "Applies the percentage to the base as well.")
    yield Mistake(base + up(above * (100 - share) / 100), "Counts the Spot share above the base.")
    yield Mistake(base + down(above * share / 100), "Rounds down; the rounding favours On-Demand.")


BREAK_EVEN = Generator(
    name="savings-break-even",
    title=marked("Hours from which a commitment pays"),
    parameters=(
        Parameter(
            "discount_percent", minimum=1, maximum=99, unit="%", usual=(15, 70), decimals=True, units=PERCENT
        ),
    ),
    solution=_break_even,
    mistakes=_break_even_mistakes,
    write=counted("{n} hour", "{n} hours"),
    aliases=("savings", "break-even", "commitment"),
    example="savings 40%",
)
MIXED = Generator(
    name="mixed-fleet",
    title=marked("On-Demand instances of a mixed group"),
    parameters=(
        Parameter(
            "desired",
            maximum=10_000,
            unit=marked("instances"),
            usual=(12, 60),
            units=things("instance", "instances"),
        ),
        Parameter("base", maximum=10_000, unit=marked("instances"), usual=(2, 8), units=things("base")),
        Parameter(
            "on_demand_percent",
            minimum=0,
            maximum=100,
            unit="%",
            usual=(10, 60),
            decimals=True,
            units=PERCENT,
        ),
    ),
    solution=_mixed,
    mistakes=_mixed_mistakes,
    write=counted("{n} instance", "{n} instances"),
    aliases=("mixed", "spot-mix"),
    example="mixed 22 instances 4 base 25%",
)
FAMILY: tuple[Generator, ...] = (BREAK_EVEN, MIXED)
