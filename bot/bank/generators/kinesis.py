"""Shards of a Kinesis data stream in provisioned mode.

Source: Amazon Kinesis Data Streams Developer Guide, "Quotas and limits": a shard takes in 1 MB and 1,000
records a second and gives out 2 MB a second to the consumers that share it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from bot.bank.generators.drawn import Mistake, Solution
from bot.bank.generators.generator import Generator
from bot.bank.generators.numbers import counted, plain, up
from bot.bank.generators.parameter import Parameter, Values, exact
from bot.bank.generators.units import MEGABYTES, RECORDS
from bot.wording.speech import _, grouped, marked


def _loads(values: Values) -> tuple[Fraction, Fraction, Fraction]:
    return exact(values["in_mb_s"]), exact(values["in_records_s"]), exact(values["out_mb_s"])


def _shards(values: Values) -> Solution:
    taken, records, given = _loads(values)
    needs = up(taken), up(records / 1000), up(given / 2)
    working = _(
        "In: {taken} MB/s / 1 = {for_taken}; records: {records} / 1,000 → {for_records};"
        " out: {given} MB/s / 2 → {for_given}. The largest decides: {largest}."
    ).format(
        taken=plain(taken),
        for_taken=grouped(needs[0]),
        records=plain(records),
        for_records=grouped(needs[1]),
        given=plain(given),
        for_given=grouped(needs[2]),
        largest=grouped(max(*needs, 1)),
    )
    return Solution(max(*needs, 1), working)


def _mistakes(values: Values) -> Iterator[Mistake]:
    taken, records, given = _loads(values)
    needs = up(taken), up(records / 1000), up(given / 2)
    yield Mistake(sum(needs), "Adds the three needs; one shard serves all of them at once.")
    yield Mistake(max(needs[0], needs[1], up(given)), "Takes 1 MB/s out of a shard; it gives 2 MB/s.")
    yield Mistake(max(up(taken / 2), needs[1], needs[2]), "Takes 2 MB/s into a shard; it accepts 1 MB/s.")
    yield Mistake(max(needs[0], needs[2]), "Leaves out the limit of 1,000 records a second.")
    yield Mistake(max(needs[1], needs[2]), "Leaves out the limit of 1 MB/s of data coming in.")
    yield Mistake(max(needs[0], needs[1]), "Leaves out the limit of 2 MB/s of data going out.")
    yield Mistake(min(needs), "Takes the smallest need; the largest decides.")


SHARDS = Generator(
    name="kinesis-shards",
    title=marked("Kinesis shards"),
    parameters=(
        Parameter(
            "in_mb_s",
            maximum=10_000,
            unit="MB/s",
            minimum=0.001,
            decimals=True,
            usual=(2, 40),
            units=MEGABYTES,
            per_second=True,
            marks=("in", "write", "incoming"),
        ),
        Parameter(
            "in_records_s",
            minimum=0,
            maximum=10_000_000,
            unit=marked("records/s"),
            default=0,
            step=500,
            units=RECORDS,
            per_second=True,
        ),
        Parameter(
            "out_mb_s",
            minimum=0,
            maximum=20_000,
            unit="MB/s",
            default=0,
            decimals=True,
            units=MEGABYTES,
            per_second=True,
            marks=("out", "read", "outgoing"),
        ),
    ),
    solution=_shards,
    mistakes=_mistakes,
    write=counted("{n} shard", "{n} shards"),
    aliases=("shards", "kinesis", "shard"),
    example="shards 5 MB/s in 2000 rec/s 8 MB/s out",
)
FAMILY: tuple[Generator, ...] = (SHARDS,)
