"""An answer becomes durable: the attempt and all that follows from it, in one transaction.

`settle` takes all answers that wait together. What they need is read with one query a table, the rest
is arithmetic on those values, and what changed is written with one statement a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.learning.streaks import Streak
from bot.model.study import Attempt
from bot.storage import progress
from bot.storage.attempts import Key, add_attempts, attempts_in, picks_text
from bot.storage.patience import RacedError
from bot.tutor.ledger import Ledger
from bot.tutor.submission import Submission


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a submission. With `fresh` false it changed nothing and `attempt` is the earlier one.

    `streak` is the learner's after the answer, None when nothing was looked up; `extended` says that this
    answer added a day to it. `due` counts the facts that wait for a review after an answer to a round. `id` is
    the row's number.
    """

    attempt: Attempt
    fresh: bool
    streak: Streak | None = None
    extended: bool = False
    due: int = 0
    id: int = 0


def settle(db: Connection, waiting: Sequence[Submission], retention: float) -> list[Outcome]:
    """Make answers durable and return what came of each, in order.

    A learner's second answer in a slot changes nothing, in this batch or since years.
    """
    first = {submission.key: submission for submission in reversed(waiting)}
    earlier = attempts_in(db, first)
    fresh = [first[key] for key in dict.fromkeys(s.key for s in waiting) if key not in earlier]
    settled = _settle_fresh(db, fresh, retention) if fresh else {}
    used: set[Key] = set()
    return [_outcome(submission.key, settled, earlier, used) for submission in waiting]


def _settle_fresh(db: Connection, fresh: Sequence[Submission], retention: float) -> dict[Key, Outcome]:
    ledger = Ledger.load(db, fresh, retention)
    entered = {submission.key: ledger.enter(submission) for submission in fresh}
    inserted = add_attempts(db, [_row(attempt) for attempt, _ in entered.values()])
    if len(inserted) != len(entered):
        raise RacedError
    ledger.save(db)
    due, streaks = _due(db, fresh), ledger.streaks
    return {
        key: Outcome(
            attempt,
            True,
            streaks[attempt.learner_id],
            extended,
            due.get(attempt.learner_id, 0),
            inserted[key],
        )
        for key, (attempt, extended) in entered.items()
    }


def _due(db: Connection, fresh: Sequence[Submission]) -> dict[int, int]:
    in_rounds = [submission for submission in fresh if submission.round_id is not None]
    if not in_rounds:
        return {}
    now = max(submission.answered_at for submission in in_rounds)
    return progress.counts_due(db, {submission.learner.id for submission in in_rounds}, now)


def _outcome(key: Key, settled: dict[Key, Outcome], earlier: dict[Key, Attempt], used: set[Key]) -> Outcome:
    if key in earlier:
        return Outcome(earlier[key], False, id=earlier[key].id)
    if key in used:
        return Outcome(settled[key].attempt, False, id=settled[key].id)
    used.add(key)
    return settled[key]


def _row(attempt: Attempt) -> dict[str, object]:
    return {
        "month": attempt.month,
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
