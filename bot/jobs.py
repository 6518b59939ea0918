"""The clock's hand: the few jobs that make schedules fire, rounds close and posts go out.

APScheduler's defaults drop a job that is a second late and may pile up; here every job has no limit of
lateness, is coalesced, and runs once at a time. What is due is in the database, so a tick that never
came is made good by the next one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.tutor.closing import close_due
from bot.tutor.delivery import deliver, refresh_tallies
from bot.tutor.opening import open_due
from bot.tutor.reminding import remind_due
from bot.tutor.tutor import Tutor

TICK_SECONDS = 2
TALLY_SECONDS = 5
log = structlog.get_logger(__name__)


async def tick(tutor: Tutor) -> None:
    """One step of everything that waits for the clock."""
    await close_due(tutor)
    await open_due(tutor)
    await remind_due(tutor)
    await deliver(tutor)


class Jobs:
    """Runs the ticks from `start` to `stop`."""

    def __init__(self, tutor: Tutor) -> None:
        self._tutor = tutor
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._turn = asyncio.Lock()
        self._woken: set[asyncio.Task[None]] = set()
        self.last_tick = tutor.clock.now()

    def start(self) -> None:
        """Begin to tick, and tick at once."""
        self._scheduler.add_job(self._tick, IntervalTrigger(seconds=TICK_SECONDS), id="tick")
        self._scheduler.add_job(self._tally, IntervalTrigger(seconds=TALLY_SECONDS), id="tally")
        self._scheduler.start()
        self._tutor.wake = self.wake
        self.wake()

    def wake(self) -> None:
        """Tick now, because something has just become due."""
        task = asyncio.get_running_loop().create_task(self._tick())
        self._woken.add(task)
        task.add_done_callback(self._woken.discard)

    async def stop(self) -> None:
        """Begin no new tick and wait for the running one."""
        self._tutor.wake = lambda: None
        if self._scheduler.running:
            self._scheduler.pause()
        async with self._turn:
            if self._scheduler.running:
                self._scheduler.shutdown(wait=False)
        await asyncio.gather(*self._woken, return_exceptions=True)

    async def _tick(self) -> None:
        await self._once("tick", tick)
        self.last_tick = self._tutor.clock.now()

    async def _tally(self) -> None:
        await self._once("tally", refresh_tallies)

    async def _once(self, name: str, work: Callable[[Tutor], Awaitable[object]]) -> None:
        async with self._turn:
            try:
                await work(self._tutor)
            except Exception:  # the next tick finds the same work and tries again
                log.exception("job_failed", job=name)
