"""An answer as it was given."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from bot.model.knowledge import Item
from bot.model.study import Community, Learner, Origin
from bot.storage.attempts import Key


@dataclass(frozen=True, slots=True)
class Profile:
    """What an answer to a question speaks of: facts, exam domains (`dva/security`), level, chance of a guess."""

    facts: tuple[str, ...]
    domains: tuple[str, ...]
    level: int
    chance: float


@dataclass(frozen=True, slots=True)
class Submission:
    """An answer as it was given. `round_id` is None outside rounds, `month` that of the slot's making."""

    slot: str
    learner: Learner
    community: Community
    item: Item
    profile: Profile
    picks: frozenset[int]
    origin: Origin
    answered_at: dt.datetime
    local_date: dt.date
    confidence: str = ""
    seconds: float | None = None
    round_id: int | None = None
    month: int = field(kw_only=True)

    @property
    def key(self) -> Key:
        """The slot with its month, and the learner: the identity of the attempt."""
        return (self.month, self.slot, self.learner.id)
