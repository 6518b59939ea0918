"""Everything that follows from the attempts, computed anew from them alone.

The attempts are entered in the order in which they were committed, by the same ledger that entered them
the first time. Facts that were made due by hand lose that mark; nothing else is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.bank.bank import Bank
from bot.model.study import Attempt, Community, Learner
from bot.storage import people, rebuilding
from bot.storage.store import Store
from bot.tutor import showing
from bot.tutor.ledger import Ledger
from bot.tutor.submission import Submission

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many attempts were entered, and how many ask for questions that the bank no longer has."""

    attempts: int
    unknown: int


async def replay(store: Store, bank: Bank, retention: float, progress: Callable[[int], None]) -> Replayed:
    """Recompute all derived tables in one transaction. `progress` hears how many attempts are done."""
    return await store.write(lambda db: _replay(db, bank, retention, progress))


def _replay(db: Connection, bank: Bank, retention: float, progress: Callable[[int], None]) -> Replayed:
    rebuilding.clear_derived(db)
    done, unknown, last = 0, 0, 0
    while chunk := rebuilding.attempts_after(db, last, CHUNK):
        last = chunk[-1][0]
        known = [attempt for _, attempt in chunk if attempt.question_id in bank.questions]
        _enter(db, bank, known, retention)
        done += len(known)
        unknown += len(chunk) - len(known)
        progress(done)
    return Replayed(done, unknown)


def recount(db: Connection, bank: Bank, learner_ids: Collection[int], retention: float) -> None:
    """Compute anew what follows from the attempts of some learners, as for a change in whose they are.

    Difficulties of questions and counts of rounds, which all share, stay as they are.
    """
    rebuilding.clear_learners(db, learner_ids)
    last = 0
    while chunk := rebuilding.attempts_by(db, learner_ids, last, CHUNK):
        last = chunk[-1][0]
        known = [attempt for _, attempt in chunk if attempt.question_id in bank.questions]
        _entered(db, bank, known, retention).save_own(db)


def _enter(db: Connection, bank: Bank, attempts: Sequence[Attempt], retention: float) -> None:
    _entered(db, bank, attempts, retention).save(db)


def _entered(db: Connection, bank: Bank, attempts: Sequence[Attempt], retention: float) -> Ledger:
    learners = people.learners_by_id(db, {attempt.learner_id for attempt in attempts})
    places = people.communities_by_id(db, {attempt.community_id for attempt in attempts})
    pairs = [(submission_of(bank, a, learners, places), a) for a in attempts if a.learner_id in learners]
    ledger = Ledger.load(db, [submission for submission, _ in pairs], retention)
    for submission, attempt in pairs:
        ledger.apply(submission, attempt)
    return ledger


def submission_of(
    bank: Bank, attempt: Attempt, learners: Mapping[int, Learner], places: Mapping[int, Community]
) -> Submission:
    """An attempt as it was handed in."""
    item = bank.item(attempt.question_id, attempt.seed)
    number = attempt.slot[1:]
    return Submission(
        attempt.slot, learners[attempt.learner_id], places[attempt.community_id], item,
        showing.profile_of(bank, item), attempt.picks, attempt.origin, attempt.answered_at,
        attempt.local_date, attempt.confidence, attempt.seconds,
        int(number) if attempt.slot.startswith("r") else None, month=attempt.month,
    )  # fmt: skip
