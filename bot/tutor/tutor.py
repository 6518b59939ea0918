"""The tutor: all that a verb needs, handed to it as one value."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.bank.bank import Bank
from bot.messages import Messenger
from bot.model.study import Round
from bot.ports import Clock
from bot.settings import Settings
from bot.storage.group import GroupCommit
from bot.storage.store import Store
from bot.tutor.answering import Outcome, Submission, settle
from bot.tutor.decks import Decks
from bot.tutor.people import Faces
from bot.tutor.pools import Pools


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

    @classmethod
    def of(cls, bank: Bank, store: Store, clock: Clock, rng: random.Random, settings: Settings) -> Tutor:
        """A tutor that speaks on no platform yet."""
        retention = settings.number("CLOUDLARK_RETENTION", 0.7, 0.97)
        answers = GroupCommit[Submission, Outcome](store, lambda db, waiting: settle(db, waiting, retention))
        return cls(bank, store, clock, rng, settings, answers, Faces(), Decks(bank), Pools(bank))

    def seed(self) -> int:
        """A fresh seed for an item."""
        return self.rng.randrange(1, 1_000_000)

    @property
    def default_timezone(self) -> str:
        """The zone of communities and people whose platform names none."""
        return self.settings["CLOUDLARK_TIMEZONE"]
