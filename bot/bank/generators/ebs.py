"""EBS: the IOPS that a volume's size allows, and the size that wanted IOPS need.

Sources: Amazon EBS User Guide, "General Purpose SSD volumes" (gp3: 3,000 in any volume, up to 500 for every
GiB, at most 80,000 since September 2025 and 16,000 before) and "Provisioned IOPS SSD volumes" (io2 Block
Express: up to 1,000 for every GiB, at most 256,000).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.bank.generators.drawn import Mistake, Solution
from bot.bank.generators.generator import Generator
from bot.bank.generators.numbers import counted, measured, up
from bot.bank.generators.parameter import Parameter, Values, exact
from bot.bank.generators.units import GIGABYTES, things
from bot.wording.speech import _, grouped, marked

GP2_PER_GIB = 3


@dataclass(frozen=True, slots=True)
class _Volume:
    name: str
    per_gib: int
    most: int
    baseline: int
    least_gib: int

    def iops(self, size: int) -> int:
        """The most IOPS that a volume of so many GiB may have."""
        return min(self.most, max(self.baseline, size * self.per_gib))

    def size(self, iops: int) -> int:
        """The smallest volume, in GiB, that may have so many IOPS."""
        return max(self.least_gib, up(exact(iops) / self.per_gib) if iops > self.baseline else 1)


GP3 = _Volume("gp3", per_gib=500, most=80_000, baseline=3000, least_gib=1)
IO2 = _Volume("io2", per_gib=1000, most=256_000, baseline=0, least_gib=4)


def _iops(volume: _Volume) -> Callable[[Values], Solution]:
    def solve(values: Values) -> Solution:
        size = int(values["size_gib"])
        by_size, iops = size * volume.per_gib, volume.iops(size)
        working = _("{size} GiB × {per_gib} = {iops} IOPS.")
        if by_size > volume.most:
            working = _(
                "{size} GiB × {per_gib} = {iops} IOPS, limited to {most}, the most that {name} offers."
            )
        if by_size < volume.baseline:
            working = _(
                "{size} GiB × {per_gib} = {iops} IOPS, raised to {least}, which every {name} volume has."
            )
        filled = working.format(
            size=grouped(size),
            per_gib=grouped(volume.per_gib),
            iops=grouped(by_size),
            most=grouped(volume.most),
            least=grouped(volume.baseline),
            name=volume.name,
        )
        return Solution(iops, filled)

    return solve


def _iops_mistakes(volume: _Volume, other: _Volume) -> Callable[[Values], Iterator[Mistake]]:
    def mistakes(values: Values) -> Iterator[Mistake]:
        size = int(values["size_gib"])
        yield Mistake(other.iops(size), f"Is what {other.name} allows: {other.per_gib:,} for every GiB.")
        yield Mistake(3000, "Is the baseline of gp3, not the most that may be provisioned.")
        yield Mistake(max(100, size * GP2_PER_GIB), "Takes 3 IOPS for every GiB, the rule of gp2.")
        yield Mistake(16_000, "Is the ceiling of gp3 before September 2025.")
        yield Mistake(size * volume.per_gib, f"Leaves out what every {volume.name} volume has or may have.")
        yield Mistake(min(64_000, size * 50), "Takes 50 IOPS for every GiB, the rule of io1.")

    return mistakes


def _size(volume: _Volume) -> Callable[[Values], Solution]:
    def solve(values: Values) -> Solution:
        iops = int(values["iops"])
        size = volume.size(iops)
        if iops <= volume.baseline:
            enough = _("Every {name} volume has {iops} IOPS, so {size} GiB will do.")
            return Solution(size, enough.format(name=volume.name, iops=grouped(volume.baseline), size=size))
        working = _("{iops} / {per_gib} IOPS for every GiB, rounded up, is {needed}.").format(
            iops=grouped(iops),
            per_gib=grouped(volume.per_gib),
            needed=grouped(up(exact(iops) / volume.per_gib)),
        )
        if size == volume.least_gib > 1:
            smallest = _("No {name} volume has less than {least} GiB.")
            working += " " + smallest.format(name=volume.name, least=volume.least_gib)
        return Solution(size, working)

    return solve


def _size_mistakes(volume: _Volume, other: _Volume) -> Callable[[Values], Iterator[Mistake]]:
    def mistakes(values: Values) -> Iterator[Mistake]:
        iops = exact(values["iops"])
        yield Mistake(
            up(iops / other.per_gib), f"Takes {other.per_gib:,} for every GiB, the rule of {other.name}."
        )
        yield Mistake(up(iops / 50), "Takes 50 for every GiB, the rule of io1.")
        yield Mistake(up(iops / GP2_PER_GIB), "Takes 3 for every GiB, the rule of gp2.")
        yield Mistake(volume.size(int(iops)) * 2, "Counts everything twice.")

    return mistakes


def _pair(
    volume: _Volume, other: _Volume, titles: tuple[str, str], usual: tuple[tuple[int, int], tuple[int, int]]
) -> Iterator[Generator]:
    name = volume.name
    yield Generator(
        name=f"{name}-iops",
        title=titles[0],
        parameters=(
            Parameter(
                "size_gib",
                minimum=volume.least_gib,
                maximum=65_536,
                unit="GiB",
                usual=usual[0],
                units=GIGABYTES,
            ),
        ),
        solution=_iops(volume),
        mistakes=_iops_mistakes(volume, other),
        write=measured("IOPS"),
        aliases=(name,),
        example=f"{name} 20 GiB",
    )
    yield Generator(
        name=f"{name}-size",
        title=titles[1],
        parameters=(
            Parameter(
                "iops",
                minimum=100,
                maximum=volume.most,
                unit="IOPS",
                step=500,
                usual=usual[1],
                units=things("iops"),
            ),
        ),
        solution=_size(volume),
        mistakes=_size_mistakes(volume, other),
        write=counted("{n} GiB", "{n} GiB"),
        aliases=(),
        example=f"{name}-size 12000 IOPS",
    )


FAMILY: tuple[Generator, ...] = (
    *_pair(
        GP3,
        IO2,
        (marked("Most IOPS of a gp3 volume"), marked("Smallest gp3 volume for wanted IOPS")),
        ((7, 200), (4000, 40_000)),
    ),
    *_pair(
        IO2,
        GP3,
        (marked("Most IOPS of an io2 volume"), marked("Smallest io2 volume for wanted IOPS")),
        ((4, 300), (5000, 200_000)),
    ),
)
