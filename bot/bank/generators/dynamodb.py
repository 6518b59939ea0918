"""DynamoDB capacity units and partitions.

Source: Amazon DynamoDB Developer Guide, "DynamoDB read and write operations" (a read unit is 4 KB, a write
unit 1 KB, sizes are rounded up item by item; eventual reads cost half, transactions double) and "Best
practices for designing and using partition keys effectively" (a partition serves 3,000 read units and 1,000
write units a second and holds 10 GB).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from bot.bank.generators.drawn import Mistake, Solution
from bot.bank.generators.generator import Generator
from bot.bank.generators.numbers import counted, down, plain, up
from bot.bank.generators.parameter import Parameter, Values, exact
from bot.bank.generators.units import GIGABYTES, ITEMS, KILOBYTES, SECONDS, things

READ_KB, WRITE_KB = 4, 1
READ_COST = {"strong": Fraction(1), "eventual": Fraction(1, 2), "transactional": Fraction(2)}
WRITE_COST = {"standard": Fraction(1), "transactional": Fraction(2)}
READ_WORDS = {
    "strong": "strongly consistent",
    "eventual": "eventually consistent",
    "transactional": "transactional",
}

_RATE = (
    Parameter(
        "rate",
        maximum=1_000_000,
        unit="items per second",
        minimum=0.001,
        decimals=True,
        usual=(5, 500),
        units=ITEMS,
        per_second=True,
    ),
    Parameter("items", maximum=1_000_000_000, unit="items", replaces="rate", units=ITEMS),
    Parameter("seconds", maximum=86_400, unit="seconds", default=1, units=SECONDS),
    Parameter(
        "size_kb", maximum=400, unit="KB", minimum=0.001, decimals=True, usual=(1, 30), units=KILOBYTES
    ),
)


def _rate(values: Values) -> Fraction:
    if "items" in values:
        return exact(values["items"]) / exact(values["seconds"])
    return exact(values["rate"]) / exact(values["seconds"])


def _read(values: Values) -> Solution:
    kind = str(values["consistency"])
    return _capacity(values, READ_KB, READ_COST[kind], READ_WORDS[kind], "RCU")


def _write(values: Values) -> Solution:
    kind = str(values["mode"])
    return _capacity(values, WRITE_KB, WRITE_COST[kind], kind, "WCU")


def _capacity(values: Values, step: int, cost: Fraction, kind: str, unit: str) -> Solution:
    size, rate = exact(values["size_kb"]), _rate(values)
    units = up(size / step)
    total = rate * units * cost
    rounded = "" if total.denominator == 1 else f", rounded up to {up(total):,}"
    working = (
        f"{_units(size, step)}; one {kind} {'read' if unit == 'RCU' else 'write'} costs "
        f"{units} × {plain(cost)} = {plain(units * cost)} {unit}; {_per_second(values)}"
        f"{plain(rate)} × {plain(units * cost)} = {plain(total)}{rounded} {unit}."
    )
    return Solution(up(total), working)


def _units(size: Fraction, step: int) -> str:
    units = up(size / step)
    rounded = "is" if units * step == size else f"rounds up to {units * step:,} KB,"
    return f"{plain(size, 3)} KB {rounded} {units:,} unit{'s' * (units > 1)} of {step} KB"


def _per_second(values: Values) -> str:
    seconds = exact(values["seconds"])
    if seconds == 1:
        return ""
    number = exact(values.get("items", values.get("rate", 0)))
    return f"{plain(number)} in {plain(seconds)} s are {plain(number / seconds)} a second; "


def _read_mistakes(values: Values) -> Iterator[Mistake]:
    size, rate = exact(values["size_kb"]), _rate(values)
    kind = str(values["consistency"])
    units, cost = up(size / READ_KB), READ_COST[kind]
    yield from _period_mistake(values, up(rate * units * cost))
    for other, other_cost in READ_COST.items():
        if other != kind:
            yield Mistake(up(rate * units * other_cost), f"Is the cost of {READ_WORDS[other]} reads.")
    yield Mistake(up(rate * up(size) * cost), "Counts units of 1 KB, as for writes; a read unit is 4 KB.")
    yield Mistake(up(rate * size / READ_KB * cost), "Does not round the size of each item up to 4 KB.")
    yield Mistake(up(rate * down(size / READ_KB) * cost), "Rounds the size down instead of up.")
    yield Mistake(up(rate * cost), "Leaves the size of the items out.")


def _write_mistakes(values: Values) -> Iterator[Mistake]:
    size, rate = exact(values["size_kb"]), _rate(values)
    kind = str(values["mode"])
    units, cost = up(size), WRITE_COST[kind]
    yield from _period_mistake(values, up(rate * units * cost))
    yield Mistake(
        up(rate * up(size / READ_KB) * cost), "Counts units of 4 KB, as for reads; a write unit is 1 KB."
    )
    other = "standard" if kind == "transactional" else "transactional"
    yield Mistake(up(rate * units * WRITE_COST[other]), f"Is the cost of {other} writes.")
    yield Mistake(up(rate * units / 2), "Halves the cost; only eventually consistent reads cost half.")
    yield Mistake(up(rate * size * cost), "Does not round the size of each item up to 1 KB.")
    yield Mistake(up(rate * cost), "Leaves the size of the items out.")


def _period_mistake(values: Values, right: int) -> Iterator[Mistake]:
    if exact(values["seconds"]) > 1:
        yield Mistake(right * exact(values["seconds"]), "Takes all items as if they came in one second.")


def _partitions(values: Values) -> Solution:
    rcu, wcu, size = (exact(values[name]) for name in ("rcu", "wcu", "size_gb"))
    by_load, by_size = up(rcu / 3000 + wcu / 1000), up(size / 10)
    load = f"{plain(rcu)} / 3,000 + {plain(wcu)} / 1,000 = {plain(rcu / 3000 + wcu / 1000, 3)}"
    working = (
        f"Throughput: {load}, so {by_load:,}. Size: {plain(size)} GB / 10 GB, so {by_size:,}. "
        f"The larger counts: {max(by_load, by_size):,}."
    )
    return Solution(max(by_load, by_size), working)


def _partition_mistakes(values: Values) -> Iterator[Mistake]:
    rcu, wcu, size = (exact(values[name]) for name in ("rcu", "wcu", "size_gb"))
    by_load, by_size = up(rcu / 3000 + wcu / 1000), up(size / 10)
    yield Mistake(min(by_load, by_size), "Takes the smaller of throughput and size; the larger decides.")
    yield Mistake(by_load + by_size, "Adds throughput and size; the larger decides.")
    yield Mistake(
        max(up((rcu + wcu) / 3000), by_size), "Treats writes like reads; a partition takes 1,000 WCU."
    )
    yield Mistake(max(up(rcu / 1000 + wcu / 3000), by_size), "Swaps the limits of reads and writes.")
    yield Mistake(
        max(up((rcu + wcu) / 1000), by_size), "Treats reads like writes; a partition takes 3,000 RCU."
    )


READ_CAPACITY = Generator(
    name="dynamodb-read-capacity",
    title="DynamoDB read capacity",
    parameters=(
        *_RATE,
        Parameter("consistency", "choice", tuple(READ_COST), default="strong"),
    ),
    solution=_read,
    mistakes=_read_mistakes,
    write=counted("RCU", "RCU"),
    aliases=("rcu", "rcus", "read", "reads", "dynamodb-rcu"),
    example="rcu 10 items/s 6 KB eventual",
)
WRITE_CAPACITY = Generator(
    name="dynamodb-write-capacity",
    title="DynamoDB write capacity",
    parameters=(*_RATE, Parameter("mode", "choice", tuple(WRITE_COST), default="standard")),
    solution=_write,
    mistakes=_write_mistakes,
    write=counted("WCU", "WCU"),
    aliases=("wcu", "wcus", "write", "writes", "dynamodb-wcu"),
    example="wcu 120 items per minute 3.5 KB",
)
PARTITIONS = Generator(
    name="dynamodb-partitions",
    title="DynamoDB partitions",
    parameters=(
        Parameter(
            "rcu",
            minimum=0,
            maximum=10_000_000,
            unit="RCU",
            step=500,
            usual=(1000, 40_000),
            units=things("rcu", "rcus"),
        ),
        Parameter(
            "wcu",
            minimum=0,
            maximum=10_000_000,
            unit="WCU",
            step=500,
            usual=(500, 20_000),
            units=things("wcu", "wcus"),
        ),
        Parameter(
            "size_gb",
            maximum=1_000_000,
            unit="GB",
            minimum=0.001,
            decimals=True,
            usual=(20, 500),
            units=GIGABYTES,
        ),
    ),
    solution=_partitions,
    mistakes=_partition_mistakes,
    write=counted("partition"),
    aliases=("partitions", "partition"),
    example="partitions 7500 RCU 3000 WCU 50 GB",
)
FAMILY: tuple[Generator, ...] = (READ_CAPACITY, WRITE_CAPACITY, PARTITIONS)
