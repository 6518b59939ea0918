"""Group commit: what it tells, and what it refuses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.storage.group import BATCH, BusyError, GroupCommit
from bot.storage.pace import Pace
from bot.storage.store import Store, open_store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(f"sqlite:///{tmp_path / 'x.db'}")
    yield opened
    await opened.close()


class Observed:
    """Implements `bot.storage.group.Observer`."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.waits: list[float] = []

    def committed(self, size: int, seconds: float) -> None:
        self.sizes.append(size)

    def durable(self, seconds: float) -> None:
        self.waits.append(seconds)


class SlowDatabase:
    """A batch that takes a time of its own for each item, on a clock that it moves."""

    def __init__(self, each: float) -> None:
        self.each = each
        self.time = 0.0

    def now(self) -> float:
        return self.time

    def batch(self, db: object, items: Sequence[int]) -> Sequence[int]:
        self.time += self.each * len(items)
        return items


def grouped(store: Store, slow: SlowDatabase, **more: Any) -> GroupCommit[int, int]:
    return GroupCommit(store, slow.batch, now=slow.now, **more)


async def submitted(group: GroupCommit[int, int], number: int) -> tuple[int, int]:
    """How many of so many items handed in at once were taken and refused."""
    ends = await asyncio.gather(*(group.submit(n) for n in range(number)), return_exceptions=True)
    refused = sum(isinstance(end, BusyError) for end in ends)
    assert [end for end in ends if not isinstance(end, BusyError)] == list(range(number - refused))
    return number - refused, refused


async def test_items_are_refused_as_soon_as_they_would_wait_too_long(store: Store) -> None:
    slow = SlowDatabase(each=0.010)
    group = grouped(store, slow, longest=2.5)
    await submitted(group, 200)
    for _ in range(20):
        await submitted(group, 100)
    began = slow.time
    taken, refused = await submitted(group, 1_000)
    assert refused > 500
    assert slow.time - began <= 2.6
    assert taken >= 200


async def test_a_quick_database_takes_thousands_at_once(store: Store) -> None:
    group = grouped(store, SlowDatabase(each=0.0002))
    assert await submitted(group, 5_000) == (5_000, 0)


async def test_even_after_a_standstill_one_item_is_taken_and_all_is_well_again(store: Store) -> None:
    slow = SlowDatabase(each=60.0)
    group = grouped(store, slow)
    for _ in range(30):
        assert await submitted(group, 1) == (1, 0)
    assert (await submitted(group, 10))[1] == 9
    slow.each = 0.001
    for _ in range(60):
        await submitted(group, 1)
    assert await submitted(group, 100) == (100, 0)


async def test_while_a_transaction_stands_still_nobody_is_made_to_wait_for_it(store: Store) -> None:
    moment = [0.0]
    group: GroupCommit[int, int] = GroupCommit(store, lambda db, items: items, now=lambda: moment[0])
    async with store._turn:
        first = asyncio.create_task(group.submit(1))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        moment[0] = 1.0
        second = asyncio.create_task(group.submit(2))
        await asyncio.sleep(0)
        assert not second.done()
        moment[0] = 3.0
        with pytest.raises(BusyError):
            await group.submit(3)
    assert await asyncio.gather(first, second) == [1, 2]


async def test_it_tells_of_every_batch_and_every_item(store: Store) -> None:
    observed = Observed()
    group = GroupCommit[int, int](store, lambda db, items: items, observer=observed)
    await submitted(group, BATCH + 20)
    assert sum(observed.sizes) == len(observed.waits) == BATCH + 20
    assert max(observed.sizes) == BATCH
    assert group.waiting == 0


@pytest.mark.parametrize(("fixed", "each"), [(0.002, 0.0001), (0.05, 0.001), (0.5, 0.01)])
def test_the_pace_learns_what_a_batch_costs(fixed: float, each: float) -> None:
    pace = Pace()
    for size in (1, 100, 2, 300, 1, 500) * 15:
        pace.learn(size, fixed + size * each)
    assert pace.cost(1, BATCH) == pytest.approx(fixed + each, rel=0.1, abs=0.002)
    assert pace.cost(2 * BATCH, BATCH) == pytest.approx(2 * fixed + 2 * BATCH * each, rel=0.1)


def test_many_single_items_do_not_make_the_pace_think_that_each_of_many_costs_as_much() -> None:
    pace = Pace()
    for _ in range(1_000):
        pace.learn(1, 0.02)
    assert pace.cost(500, BATCH) < 0.5
