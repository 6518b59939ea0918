"""An answer becomes durable: the attempt and all that follows from it, in one transaction.

`settle` takes all answers that wait together. What they need is read with one query a table, the rest
is arithmetic on those values, and what changed is written with one statement a table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.learning.streaks import Streak
from bot.model.knowledge import Item
from bot.model.study import Attempt, Community, Learner, Origin
from bot.storage.attempts import add_attempts, attempts_in, picks_text
from bot.storage.store import RacedError
from bot.tutor.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Profile:
    """What an answer to a question speaks of: facts, exam domains (`dva/security`), level, chance of a guess."""

    facts: tuple[str, ...]
    domains: tuple[str, ...]
    level: int
    chance: float


@dataclass(frozen=True, slots=True)
class Submission:
    """An answer as it was given. `round_id` is None outside rounds."""

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

    @property
    def key(self) -> tuple[str, int]:
        """The slot and the learner: the identity of the attempt."""
        return (self.slot, self.learner.id)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a submission. With `fresh` false it changed nothing and `attempt` is the earlier one.

    `streak` is the learner's after the answer, None when nothing was looked up; `extended` says that this
    answer added a day to it.
    """

    attempt: Attempt
    fresh: bool
    streak: Streak | None = None
    extended: bool = False


def settle(db: Connection, waiting: Sequence[Submission], retention: float) -> list[Outcome]:
    """Make answers durable and return what came of each, in order.

    A learner's second answer in a slot changes nothing, in this batch or since years.
    """
    first = {submission.key: submission for submission in reversed(waiting)}
    earlier = attempts_in(db, first)
    fresh = [first[key] for key in dict.fromkeys(s.key for s in waiting) if key not in earlier]
    settled = _settle_fresh(db, fresh, retention) if fresh else {}
    used: set[tuple[str, int]] = set()
    return [_outcome(submission.key, settled, earlier, used) for submission in waiting]


def _settle_fresh(
    db: Connection, fresh: Sequence[Submission], retention: float
) -> dict[tuple[str, int], Outcome]:
    ledger = Ledger.load(db, fresh, retention)
    settled = {submission.key: _enter(ledger, submission) for submission in fresh}
    inserted = add_attempts(db, [_row(outcome.attempt) for outcome in settled.values()])
    if len(inserted) != len(settled):
        raise RacedError
    ledger.save(db)
    return settled


def _enter(ledger: Ledger, submission: Submission) -> Outcome:
    attempt, extended = ledger.enter(submission)
    return Outcome(attempt, True, ledger.streaks[attempt.learner_id], extended)


def _outcome(
    key: tuple[str, int],
    settled: dict[tuple[str, int], Outcome],
    earlier: dict[tuple[str, int], Attempt],
    used: set[tuple[str, int]],
) -> Outcome:
    if key in earlier:
        return Outcome(earlier[key], False)
    if key in used:
        return Outcome(settled[key].attempt, False)
    used.add(key)
    return settled[key]


def _row(attempt: Attempt) -> dict[str, object]:
    return {
        "slot": attempt.slot,
        "learner_id": attempt.learner_id,
        "community_id": attempt.community_id,
        "question_id": attempt.question_id,
        "question_version": attempt.question_version,
        "seed": attempt.seed,
        "origin": attempt.origin.value,
        "picks": picks_text(attempt.picks),
        "correct": attempt.correct,
        "first": attempt.first,
        "scored": attempt.scored,
        "confidence": attempt.confidence,
        "seconds": attempt.seconds,
        "points": attempt.points,
        "answered_at": attempt.answered_at,
        "local_date": attempt.local_date.isoformat(),
    }
