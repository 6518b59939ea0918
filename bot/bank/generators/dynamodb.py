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
from bot.wording.speech import _, grouped, marked, plural

READ_KB, WRITE_KB = 4, 1
READ_COST = {"strong": Fraction(1), "eventual": Fraction(1, 2), "transactional": Fraction(2)}
WRITE_COST = {"standard": Fraction(1), "transactional": Fraction(2)}
READ_WORDS = {
    "strong": "strongly consistent",
    "eventual": "eventually consistent",
    "transactional": "transactional",
}
READ_COSTING = {
    "strong": marked("one strongly consistent read costs {units} × {cost} = {each} RCU"),
    "eventual": marked("one eventually consistent read costs {units} × {cost} = {each} RCU"),
    "transactional": marked("one transactional read costs {units} × {cost} = {each} RCU"),
}
WRITE_COSTING = {
    "standard": marked("one standard write costs {units} × {cost} = {each} WCU"),
    "transactional": marked("one transactional write costs {units} × {cost} = {each} WCU"),
}

_RATE = (
    Parameter(
        "rate",
        maximum=1_000_000,
        unit=marked("items per second"),
        minimum=0.001,
        decimals=True,
        usual=(5, 500),
        units=ITEMS,
        per_second=True,
    ),
    Parameter("items", maximum=1_000_000_000, unit=marked("items"), replaces="rate", units=ITEMS),
    Parameter("seconds", maximum=86_400, unit=marked("seconds"), default=1, units=SECONDS),
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
    return _capacity(values, READ_KB, READ_COST[kind], READ_COSTING[kind], "RCU")


def _write(values: Values) -> Solution:
    kind = str(values["mode"])
    return _capacity(values, WRITE_KB, WRITE_COST[kind], WRITE_COSTING[kind], "WCU")


def _capacity(values: Values, step: int, cost: Fraction, costing: str, unit: str) -> Solution:
    size, rate = exact(values["size_kb"]), _rate(values)
    units = up(size / step)
    total = rate * units * cost
    working = (
        _units(size, step),
        _cost(costing, units, cost),
        *_per_second(values),
        _total(rate, units * cost, unit),
    )
    return Solution(up(total), "; ".join(working))


def _units(size: Fraction, step: int) -> str:
    units = up(size / step)
    if units * step == size:
        return plural("{size} KB is {n} unit of {step} KB", "{size} KB is {n} units of {step} KB", units,
                      size=plain(size, 3), step=step)  # fmt: skip
    return plural(
        "{size} KB rounds up to {rounded} KB, {n} unit of {step} KB",
        "{size} KB rounds up to {rounded} KB, {n} units of {step} KB",
        units,
        size=plain(size, 3),
        rounded=grouped(units * step),
        step=step,
    )


def _cost(costing: str, units: int, cost: Fraction) -> str:
    return _(costing).format(units=units, cost=plain(cost), each=plain(units * cost))


def _total(rate: Fraction, each: Fraction, unit: str) -> str:
    total = rate * each
    text = "{rate} × {each} = {total} {unit}."
    if total.denominator != 1:
        text = _("{rate} × {each} = {total}, rounded up to {rounded} {unit}.")
    return text.format(
        rate=plain(rate), each=plain(each), total=plain(total), rounded=grouped(up(total)), unit=unit
    )


def _per_second(values: Values) -> tuple[str, ...]:
    seconds = exact(values["seconds"])
    if seconds == 1:
        return ()
    number = exact(values.get("items", values.get("rate", 0)))
    text = _("{number} in {seconds} s are {rate} a second")
    return (text.format(number=plain(number), seconds=plain(seconds), rate=plain(number / seconds)),)


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
    working = _(
        "Throughput: {rcu} / 3,000 + {wcu} / 1,000 = {load}, so {by_load}."
        " Size: {size} GB / 10 GB, so {by_size}. The larger counts: {larger}."
    ).format(
        rcu=plain(rcu),
        wcu=plain(wcu),
        load=plain(rcu / 3000 + wcu / 1000, 3),
        by_load=grouped(by_load),
        size=plain(size),
        by_size=grouped(by_size),
        larger=grouped(max(by_load, by_size)),
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
    title=marked("DynamoDB read capacity"),
    parameters=(
        *_RATE,
        Parameter("consistency", kind="choice", choices=tuple(READ_COST), default="strong"),
    ),
    solution=_read,
    mistakes=_read_mistakes,
    write=counted("{n} RCU", "{n} RCU"),
    aliases=("rcu", "rcus", "read", "reads", "dynamodb-rcu"),
    example="rcu 10 items/s 6 KB eventual",
)
WRITE_CAPACITY = Generator(
    name="dynamodb-write-capacity",
    title=marked("DynamoDB write capacity"),
    parameters=(*_RATE, Parameter("mode", kind="choice", choices=tuple(WRITE_COST), default="standard")),
    solution=_write,
    mistakes=_write_mistakes,
    write=counted("{n} WCU", "{n} WCU"),
    aliases=("wcu", "wcus", "write", "writes", "dynamodb-wcu"),
    example="wcu 120 items per minute 3.5 KB",
)
PARTITIONS = Generator(
    name="dynamodb-partitions",
    title=marked("DynamoDB partitions"),
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
    write=counted("{n} partition", "{n} partitions"),
    aliases=("partitions", "partition"),
    example="partitions 7500 RCU 3000 WCU 50 GB",
)
FAMILY: tuple[Generator, ...] = (READ_CAPACITY, WRITE_CAPACITY, PARTITIONS)
