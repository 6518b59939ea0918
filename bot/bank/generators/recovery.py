"""Backup arithmetic: data lost by a failure (RPO) and time until service is back (RTO).

Source: AWS whitepaper "Disaster Recovery of Workloads on AWS", section on RPO and RTO: the recovery point
lies at the last finished backup, the recovery time runs from the failure until service is restored.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.bank.generators.drawn import Mistake, Solution
from bot.bank.generators.generator import Generator
from bot.bank.generators.numbers import counted, plain, up
from bot.bank.generators.parameter import Parameter, Values, exact
from bot.bank.generators.units import GIGABYTES, HOURS, MEGABYTES, MINUTES
from bot.wording.speech import _, grouped, marked


def _lost(values: Values) -> Solution:
    """A backup that falls on the hour of the failure counts as unfinished: that is the worst case."""
    every, failure = int(values["every_hours"]), int(values["failure_hours"])
    last = (failure - 1) // every * every
    working = _(
        "Backups finish at hour 0 and every {every} h after; the last before hour {failure} is that of"
        " hour {last}: {failure} - {last} = {lost} h lost. No failure loses more than {every} h."
    ).format(every=every, failure=failure, last=last, lost=failure - last)
    return Solution(failure - last, working)


def _lost_mistakes(values: Values) -> Iterator[Mistake]:
    every, failure = int(values["every_hours"]), int(values["failure_hours"])
    lost = (failure - 1) % every + 1
    yield Mistake(every, "Is the most that this schedule can lose, not what this failure loses.")
    yield Mistake(every - lost, "Counts until the next backup, which never came.")
    yield Mistake(failure, "Counts from the first backup; later ones were taken.")
    yield Mistake(lost + every, "Restores from the backup before the last.")


def _restore(values: Values) -> Solution:
    size, rate, detect = (exact(values[name]) for name in ("size_gb", "rate_mb_s", "detect_minutes"))
    copying = size * 1024 / rate / 60
    working = _(
        "Restoring: {size} GB × 1,024 / {rate} MB/s / 60 = {copying} min;"
        " with {detect} min to notice it: {total}, so {rounded} min."
    ).format(
        size=plain(size),
        rate=plain(rate),
        copying=plain(copying),
        detect=plain(detect),
        total=plain(copying + detect),
        rounded=grouped(up(copying + detect)),
    )
    return Solution(up(copying + detect), working)


def _restore_mistakes(values: Values) -> Iterator[Mistake]:
    size, rate, detect = (exact(values[name]) for name in ("size_gb", "rate_mb_s", "detect_minutes"))
    copying = size * 1024 / rate / 60
    yield Mistake(up(copying), "Leaves out the time until the failure is noticed.")
    yield Mistake(up(copying / 8 + detect), "Turns bytes into bits on the wrong side.")
    yield Mistake(up(copying * 8 + detect), "Takes the rate for megabits a second; it is megabytes.")
    yield Mistake(detect, "Leaves out the restore itself.")


LOST = Generator(
    name="rpo-rto",
    title=marked("Data lost by a failure"),
    parameters=(
        Parameter(
            "every_hours",
            maximum=8760,
            unit="h",
            usual=(3, 24),
            units=HOURS,
            marks=("every", "backup", "backups"),
        ),
        Parameter(
            "failure_hours",
            maximum=87_600,
            unit="h",
            usual=(5, 72),
            units=HOURS,
            marks=("after", "failure", "fails"),
        ),
    ),
    solution=_lost,
    mistakes=_lost_mistakes,
    write=counted("{n} hour", "{n} hours"),
    aliases=("rpo", "backup", "backups"),
    example="rpo every 6 h failure after 20 h",
)
RESTORE = Generator(
    name="rto-restore",
    title=marked("Time until a restore is done"),
    parameters=(
        Parameter(
            "size_gb",
            maximum=1_000_000,
            unit="GB",
            minimum=0.001,
            decimals=True,
            step=50,
            usual=(50, 2000),
            units=GIGABYTES,
        ),
        Parameter(
            "rate_mb_s",
            maximum=100_000,
            unit="MB/s",
            minimum=0.001,
            decimals=True,
            step=25,
            usual=(50, 500),
            units=MEGABYTES,
            per_second=True,
        ),
        Parameter(
            "detect_minutes", minimum=0, maximum=10_080, unit="min", default=0, usual=(5, 30), units=MINUTES
        ),
    ),
    solution=_restore,
    mistakes=_restore_mistakes,
    write=counted("{n} minute", "{n} minutes"),
    aliases=("rto", "restore"),
    example="rto 500 GB 200 MB/s 15 min",
)
FAMILY: tuple[Generator, ...] = (LOST, RESTORE)
