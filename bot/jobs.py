"""The clock's hand: the few jobs that make schedules fire, rounds close and posts go out.

APScheduler's defaults drop a job that is a second late and may pile up; here every job has no limit of
lateness, is coalesced, and runs once at a time. What is due is in the database, so a tick that never
came is made good by the next one.
"""

from __future__ import annotations

import asyncio
import contextvars
import datetime as dt
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.storage.backlog import backlog
from bot.tutor.closing import close_due
from bot.tutor.delivery import deliver
from bot.tutor.healing.digesting import send_digests
from bot.tutor.healing.versions import remember
from bot.tutor.nights import ask_due
from bot.tutor.opening import open_due
from bot.tutor.reminding import remind_due
from bot.tutor.retention import keep_house
from bot.tutor.tallying import refresh_tallies
from bot.tutor.tutor import Tutor

TICK_SECONDS = 2
TALLY_SECONDS = 5
HOUSE_SECONDS = 600
STUCK = dt.timedelta(minutes=5)
LOOK_SECONDS = 2.0
log = structlog.get_logger(__name__)


async def tick(tutor: Tutor) -> None:
    """One step of everything that waits for the clock."""
    await fall_due(tutor)
    await deliver(tutor)


async def fall_due(tutor: Tutor) -> None:
    """Make of all that is due the posts that say so. Waits for the database alone."""
    await close_due(tutor)
    await open_due(tutor)
    await ask_due(tutor)
    await remind_due(tutor)


class Jobs:
    """Runs the ticks from `start` to `stop`."""

    def __init__(self, tutor: Tutor) -> None:
        self._tutor = tutor
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._turns = {name: asyncio.Lock() for name in ("tick", "delivery", "tally")}
        self._begun: set[asyncio.Task[None]] = set()
        self._metrics = tutor.metrics
        tutor.beat()

    def start(self) -> None:
        """Begin to tick, and tick at once."""
        self._scheduler.add_job(self._tick, IntervalTrigger(seconds=TICK_SECONDS), id="tick")
        self._scheduler.add_job(self._tally, IntervalTrigger(seconds=TALLY_SECONDS), id="tally")
        self._scheduler.add_job(self._house, IntervalTrigger(seconds=HOUSE_SECONDS), id="house")
        self._scheduler.start()
        self._tutor.send(self._house())
        self._tutor.wake = self.wake
        self.wake()

    def wake(self) -> None:
        """Tick now, because something has just become due."""
        self._begin(self._tick())

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        # In a context of its own: a tick serves everybody, whoever woke it.
        task = asyncio.get_running_loop().create_task(work, context=contextvars.Context())
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)

    async def stop(self) -> None:
        """Begin no new tick and wait for the running one and for the posts under way; no more are taken."""
        self._tutor.stopping = True
        self._tutor.wake = lambda: None
        if self._scheduler.running:
            self._scheduler.pause()
        async with self._turns["tick"], self._turns["tally"]:
            if self._scheduler.running:
                self._scheduler.shutdown(wait=False)
        while self._begun:
            await asyncio.gather(*self._begun, return_exceptions=True)

    def trouble(self) -> str:
        """A sentence when nothing that waits for the clock was done for five minutes."""
        alive = self._tutor.alive_at
        if alive is None or self._tutor.clock.now() - alive < STUCK:
            return ""
        return "The jobs are stuck: nothing that waits for the clock has been done for five minutes."

    async def look(self) -> None:
        """Bring the metrics of what waits in the database up to date; without a database they say so."""
        now = self._tutor.clock.now()
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                found = await self._tutor.store.read(lambda db: backlog(db, now))
        except Exception as error:  # operators need the other metrics then most of all
            log.warning("backlog_unknown", error=type(error).__name__)
            self._metrics.waiting("posts", None)
            return
        self._metrics.waiting("posts", found.posts_ready)
        for work, since in (("schedule", found.schedule), ("round", found.round), ("post", found.post)):
            self._metrics.overdue(work, (now - since).total_seconds() if since else 0.0)

    async def _tick(self) -> None:
        await self._once("tick", fall_due)
        self._tutor.beat()
        self._metrics.ticked(self._tutor.clock.now().timestamp())
        # Ticks go on while a platform is slow; a delivery that runs finds by itself what this one has made.
        if not self._turns["delivery"].locked():
            self._begin(self._once("delivery", deliver))

    async def _tally(self) -> None:
        await self._once("tally", refresh_tallies)

    async def _house(self) -> None:
        """Beside the ticks, which must not wait for it."""
        began, failed = time.perf_counter(), False
        try:
            await keep_house(self._tutor)
            await remember(self._tutor)
            await send_digests(self._tutor)
        except Exception:  # its claim ends, and then somebody tries again
            failed = True
            log.exception("job_failed", job="house")
        self._metrics.ran("house", time.perf_counter() - began, failed)

    async def _once(self, name: str, work: Callable[[Tutor], Awaitable[object]]) -> None:
        async with self._turns[name]:
            began, failed = time.perf_counter(), False
            try:
                await work(self._tutor)
            except Exception:  # the next tick finds the same work and tries again
                failed = True
                log.exception("job_failed", job=name)
            self._metrics.ran(name, time.perf_counter() - began, failed)
