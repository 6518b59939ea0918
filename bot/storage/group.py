"""Group commit: what waits together is written together, in one transaction.

One writer takes all that waits, runs the batch, commits once, and wakes every waiter. Alone, an item
waits for nobody. When a batch fails each of its items is tried by itself, so that one bad item cannot
fail its neighbours.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from sqlalchemy import Connection

from bot.storage.store import Store

A = TypeVar("A")
B = TypeVar("B")

BATCH = 500
CAPACITY = 20_000


class BusyError(Exception):
    """More waits than can be written soon. What was handed in was not taken."""


class GroupCommit(Generic[A, B]):
    """Items handed in by `submit` pass through `batch` in order, many in one transaction.

    `batch(db, items)` returns one result an item, in order. It may run again after a failure.
    """

    def __init__(
        self, store: Store, batch: Callable[[Connection, Sequence[A]], Sequence[B]], capacity: int = CAPACITY
    ) -> None:
        self._store = store
        self._batch = batch
        self._capacity = capacity
        self._waiting: deque[tuple[A, asyncio.Future[B]]] = deque()
        self._writer: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """How many items wait for a transaction."""
        return len(self._waiting)

    async def submit(self, item: A) -> B:
        """The batch's result for an item, once it is durable. Raises BusyError when too much waits."""
        if len(self._waiting) >= self._capacity:
            raise BusyError
        future: asyncio.Future[B] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
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
                if len(taken) == 1:
                    _fail(taken[0][1], error)
                else:
                    await self._one_by_one(taken)

    async def _one_by_one(self, taken: Sequence[tuple[A, asyncio.Future[B]]]) -> None:
        for pair in taken:
            try:
                await self._commit([pair])
            except Exception as error:  # as above
                _fail(pair[1], error)

    async def _commit(self, taken: Sequence[tuple[A, asyncio.Future[B]]]) -> None:
        items = [item for item, _ in taken]
        results = await self._store.write(lambda db: self._batch(db, items))
        for (_, future), result in zip(taken, results, strict=True):
            if not future.done():
                future.set_result(result)


def _fail(future: asyncio.Future[B], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
