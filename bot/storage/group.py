"""Group commit: what waits together is written together, in one transaction.

One writer takes all that waits, runs the batch, commits once, and wakes every waiter. Alone, an item
waits for nobody. When a batch fails each of its items is tried by itself, so that one bad item cannot
fail its neighbours; when the database is away all of them fail at once. An item that would wait too long is
refused before it is taken, so that nobody is told too late.
"""

from __future__ import annotations

import asyncio
import contextvars
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from sqlalchemy import Connection

from bot.storage.pace import Pace
from bot.storage.patience import AwayError
from bot.storage.store import Store

A = TypeVar("A")
B = TypeVar("B")

BATCH = 500
CAPACITY = 20_000
LONGEST = 2.5
"""Seconds that an item may be expected to wait. Slack and Discord give up on a click after three."""


class BusyError(Exception):
    """More waits than can be written soon. What was handed in was not taken."""


class Observer(Protocol):
    """Hears of every transaction and of every item in it."""

    def committed(self, size: int, seconds: float) -> None:
        """A transaction of so many items took so long."""
        ...

    def durable(self, seconds: float) -> None:
        """One item became durable so long after it was handed in."""
        ...


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[A, B]):
    item: A
    future: asyncio.Future[B]
    since: float


class GroupCommit(Generic[A, B]):
    """Items handed in by `submit` pass through `batch` in order, many in one transaction.

    `batch(db, items)` returns one result an item, in order. It may run again after a failure. `now` counts
    seconds.
    """

    def __init__(
        self,
        store: Store,
        batch: Callable[[Connection, Sequence[A]], Sequence[B]],
        capacity: int = CAPACITY,
        longest: float = LONGEST,
        observer: Observer | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._batch = batch
        self._capacity = capacity
        self._longest = longest
        self._observer = observer
        self._now = now
        self._pace = Pace()
        self._waiting: deque[_Waiting[A, B]] = deque()
        self._under_way = 0
        self._began = 0.0
        self._writer: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """How many items are not durable yet."""
        return len(self._waiting) + self._under_way

    def expected(self) -> float:
        """Seconds until an item that is handed in now would be durable."""
        ahead = self._pace.left(self._under_way, self._now() - self._began) if self._under_way else 0.0
        return ahead + self._pace.cost(len(self._waiting) + 1, BATCH)

    async def submit(self, item: A) -> B:
        """The batch's result for an item, once it is durable. Raises BusyError when it would take too long."""
        # When nothing waits an item is always taken: only by writing can it be learnt that all is well again.
        if self.waiting and (len(self._waiting) >= self._capacity or self.expected() > self._longest):
            raise BusyError
        future: asyncio.Future[B] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(item, future, self._now()))
        if self._writer is None or self._writer.done():
            # The writer serves everybody, so it must not log as whoever happened to wake it.
            self._writer = asyncio.create_task(self._write(), context=contextvars.Context())
        return await future

    async def drain(self) -> None:
        """Wait until nothing waits."""
        while self._writer is not None and not self._writer.done():
            await asyncio.wait([self._writer])

    async def _write(self) -> None:
        while self._waiting:
            taken = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
            try:
                await self._commit(taken)
            except Exception as error:  # every waiter is told; a writer never dies of a batch
                if len(taken) == 1 or isinstance(error, AwayError):
                    for one in taken:
                        _fail(one, error)
                else:
                    await self._one_by_one(taken)

    async def _one_by_one(self, taken: Sequence[_Waiting[A, B]]) -> None:
        for one in taken:
            try:
                await self._commit([one])
            except Exception as error:  # as above
                _fail(one, error)

    async def _commit(self, taken: Sequence[_Waiting[A, B]]) -> None:
        items = [one.item for one in taken]
        self._under_way, self._began = len(taken), self._now()
        try:
            results = await self._store.write(lambda db: self._batch(db, items))
        finally:
            self._under_way = 0
        self._tell(taken)
        for one, result in zip(taken, results, strict=True):
            if not one.future.done():
                one.future.set_result(result)

    def _tell(self, taken: Sequence[_Waiting[A, B]]) -> None:
        now = self._now()
        self._pace.learn(len(taken), now - self._began)
        if self._observer is not None:
            self._observer.committed(len(taken), now - self._began)
            for one in taken:
                self._observer.durable(now - one.since)


def _fail(one: _Waiting[A, B], error: Exception) -> None:
    if not one.future.done():
        one.future.set_exception(error)
