"""The tutor: all that a verb needs, handed to it as one value."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.bank.bank import Bank
from bot.messages import Messenger
from bot.metrics import Metrics
from bot.model.study import Round
from bot.ports import Clock
from bot.settings import Settings
from bot.storage.group import GroupCommit
from bot.storage.store import Store
from bot.tutor.answering import Outcome, Submission, settle
from bot.tutor.decks import Decks
from bot.tutor.people import Faces
from bot.tutor.pools import Pools

log = structlog.get_logger(__name__)


@dataclass
class Tutor:
    """The core's own things. Build with `Tutor.of`; verbs are functions that take it first."""

    bank: Bank
    store: Store
    clock: Clock
    rng: random.Random
    settings: Settings
    answers: GroupCommit[Submission, Outcome]
    faces: Faces
    decks: Decks
    pools: Pools
    rounds: dict[int, Round] = field(default_factory=dict)
    messengers: dict[str, Messenger] = field(default_factory=dict)
    wake: Callable[[], None] = lambda: None
    metrics: Metrics = field(default_factory=Metrics)
    stopping: bool = False
    errands: set[asyncio.Task[None]] = field(default_factory=set)
    alive_at: dt.datetime | None = None

    @classmethod
    def of(
        cls,
        bank: Bank,
        store: Store,
        clock: Clock,
        rng: random.Random,
        settings: Settings,
        metrics: Metrics | None = None,
    ) -> Tutor:
        """A tutor that speaks on no platform yet."""
        retention = settings.number("CLOUDLARK_RETENTION", 0.7, 0.97)
        metrics = metrics or Metrics()
        answers = GroupCommit[Submission, Outcome](
            store, lambda db, waiting: settle(db, waiting, retention), observer=metrics
        )
        metrics.queue("answers", lambda: answers.waiting)
        return cls(
            bank, store, clock, rng, settings, answers, Faces(), Decks(bank), Pools(bank), metrics=metrics
        )

    async def commit(self, submission: Submission) -> Outcome:
        """What came of an answer, once it is durable. Raises BusyError when that would take too long."""
        outcome = await self.answers.submit(submission)
        attempt = outcome.attempt
        self.metrics.answered(attempt.origin.value, outcome.fresh)
        log.debug("answer_committed", attempt=outcome.id, slot=attempt.slot, fresh=outcome.fresh)
        return outcome

    def beat(self) -> None:
        """The clock's work goes on."""
        self.alive_at = self.clock.now()

    def send(self, errand: Coroutine[Any, Any, None]) -> None:
        """Let something be done in the background that nobody waits for."""
        task = asyncio.get_running_loop().create_task(errand)
        self.errands.add(task)
        task.add_done_callback(self._returned)

    def _returned(self, task: asyncio.Task[None]) -> None:
        self.errands.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("errand_failed", error=type(error).__name__)

    async def recall(self) -> None:
        """Give up the errands that are still on their way."""
        for task in self.errands:
            task.cancel()
        await asyncio.gather(*self.errands, return_exceptions=True)

    def seed(self) -> int:
        """A fresh seed for an item."""
        return self.rng.randrange(1, 1_000_000)

    @property
    def retention(self) -> float:
        """The desired probability of remembering a fact when it comes back."""
        return self.settings.number("CLOUDLARK_RETENTION", 0.7, 0.97)

    @property
    def default_timezone(self) -> str:
        """The zone of communities and people whose platform names none."""
        return self.settings["CLOUDLARK_TIMEZONE"]
