"""The tutor: all that a verb needs, handed to it as one value."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from collections.abc import Callable, Collection, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from sqlalchemy import Connection

from bot.bank.bank import Bank
from bot.messages import Messenger
from bot.metrics import Metrics
from bot.model.study import Round
from bot.ports import Clock
from bot.settings import Settings
from bot.storage.group import GroupCommit
from bot.storage.rebuilding import communities_of
from bot.storage.store import Store
from bot.tutor.answering import Outcome, settle
from bot.tutor.decks import Decks
from bot.tutor.faces import Faces
from bot.tutor.packs.holdings import Holding, Holdings
from bot.tutor.pools import Pools
from bot.tutor.submission import Submission

log = structlog.get_logger(__name__)


@dataclass
class Tutor:
    """The core's own things. Build with `Tutor.of`; verbs are functions that take it first.

    A verb that asks or explains is handed the tutor `at` its community, who knows that community's packs too.
    """

    bank: Bank
    store: Store
    clock: Clock
    rng: random.Random
    settings: Settings
    answers: GroupCommit[Submission, Outcome]
    faces: Faces
    decks: Decks
    pools: Pools
    holdings: Holdings
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
        main = Holding.of(bank)
        return cls(
            bank, store, clock, rng, settings, answers, Faces(), main.decks, main.pools, Holdings(main), metrics=metrics
        )  # fmt: skip

    async def at(self, community_id: int) -> Tutor:
        """The tutor as a community knows it, with the packs that are live there."""
        return self._with(await self.holdings.at(self.store, community_id, self.clock.now()))

    def within(self, db: Connection, community_id: int) -> Tutor:
        """The tutor as a community knows it, for those who are in a transaction already."""
        return self._with(self.holdings.within(db, community_id, self.clock.now()))

    def bank_of(self, db: Connection, learner_ids: Collection[int]) -> Bank:
        """A bank that finds everything that these learners have answered, wherever it was asked."""
        return self.holdings.over(db, communities_of(db, learner_ids), self.clock.now())

    def _with(self, found: Holding) -> Tutor:
        if found.bank is self.bank:
            return self
        return replace(self, bank=found.bank, decks=found.decks, pools=found.pools)

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
