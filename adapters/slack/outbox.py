"""Replies on their way: a bounded queue behind the acknowledgement."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from zlib import crc32

import structlog

log = structlog.get_logger(__name__)

CAPACITY = 5_000
LANES = 32
CALM = 8
"""So many payloads being heard at once are no burst."""
NARROW = 2
"""Jobs at a time during a burst: people whose click is not yet acknowledged come first."""
BREATH = 0.02
"""Seconds between jobs in the first moments of a burst."""
PATIENCE = 2.0
"""Seconds for which a job lets a burst go first."""

Job = Callable[[], Awaitable[None]]


class Outbox:
    """Runs jobs in lanes: those of one person one after the other, those of many side by side.

    `offer` never waits. It refuses when `capacity` jobs wait; urgent ones, small and short, are taken up
    to twice as many. `pressure` tells how many payloads are being heard; while those are many, jobs let
    them go first.
    """

    def __init__(
        self, capacity: int = CAPACITY, lanes: int = LANES, pressure: Callable[[], int] = lambda: 0
    ) -> None:
        self._capacity = capacity
        self._pressure = pressure
        self._narrow = asyncio.Semaphore(NARROW)
        self._lanes: list[asyncio.Queue[tuple[float, Job]]] = [asyncio.Queue() for _ in range(lanes)]
        self._workers: list[asyncio.Task[None]] = []
        self._waiting = 0
        self._hurried: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin to send."""
        self._workers = [asyncio.create_task(self._work(lane)) for lane in self._lanes]

    @property
    def waiting(self) -> int:
        """Jobs that have been taken and are not done."""
        return self._waiting

    def offer(self, person: str, job: Job, *, urgent: bool = False) -> bool:
        """Take a job for a person; False when there is no room."""
        if self._waiting >= self._capacity * (2 if urgent else 1):
            return False
        self._waiting += 1
        self._lanes[crc32(person.encode()) % len(self._lanes)].put_nowait((time.monotonic(), job))
        return True

    def hurry(self, job: Job) -> bool:
        """Run a job that is of use only at once, beside the lanes; False when there is no room."""
        if self._waiting >= 2 * self._capacity:
            return False
        self._waiting += 1
        task = asyncio.create_task(self._done(job))
        self._hurried.add(task)
        task.add_done_callback(self._hurried.discard)
        return True

    async def stop(self, patience: float) -> None:
        """Send what waits, for at most `patience` seconds."""
        waiting = [asyncio.create_task(lane.join()) for lane in self._lanes]
        _, late = await asyncio.wait([*waiting, *self._hurried], timeout=patience)
        for task in [*late, *self._workers]:
            task.cancel()
        await asyncio.gather(*waiting, *late, *self._workers, return_exceptions=True)
        if self._waiting:
            log.warning("slack.replies_dropped", count=self._waiting)

    async def _work(self, lane: asyncio.Queue[tuple[float, Job]]) -> None:
        while True:
            since, job = await lane.get()
            try:
                await self._in_turn(since, job)
            finally:
                lane.task_done()

    async def _in_turn(self, since: float, job: Job) -> None:
        if self._pressure() <= CALM:
            return await self._done(job)
        async with self._narrow:
            if time.monotonic() - since < PATIENCE:
                await asyncio.sleep(BREATH)
            return await self._done(job)

    async def _done(self, job: Job) -> None:
        try:
            await job()
        except Exception as error:
            log.error("slack.reply_failed", error=type(error).__name__)
        finally:
            self._waiting -= 1
