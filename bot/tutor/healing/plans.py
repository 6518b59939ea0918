"""What a regrade would change: the answers to older versions of a question, under its present key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot import wording
from bot.bank.bank import Bank
from bot.learning import points
from bot.model.knowledge import Kind, Question
from bot.model.study import Attempt
from bot.storage import progress, regrading, versions
from bot.storage.regrading import Change
from bot.storage.versions import Wording
from bot.tutor.healing.versions import Kinship, compare, wording_of
from bot.tutor.ledger import ROUNDS, UNSCORED
from bot.tutor.refusal import RefusalError


@dataclass(frozen=True, slots=True)
class Plan:
    """A question, all answers to it that were looked at, and those that change.

    `everywhere` means all communities, `older` are the answers to older versions. `reworded` are (position, old
    text, new text) of options whose texts differ, and `unknown` the versions of which nothing is kept: a person
    has to say that they mean the same.
    """

    question: Question
    everywhere: bool
    answers: tuple[Attempt, ...]
    older: tuple[Attempt, ...]
    changes: tuple[Change, ...]
    keys: tuple[frozenset[int], ...]
    reworded: tuple[tuple[int, str, str], ...]
    unknown: int

    @property
    def in_doubt(self) -> bool:
        """Whether a person has to judge first."""
        return bool(self.reworded or self.unknown)

    @property
    def corrected(self) -> dict[int, bool]:
        """Which attempts, by number, become right or wrong."""
        return {change.attempt.id: change.correct for change in self.changes}

    @property
    def credits(self) -> dict[int, int]:
        """By how much whose points change, by learner."""
        sums: dict[int, int] = defaultdict(int)
        for change in self.changes:
            sums[change.attempt.learner_id] += change.gained
        return {learner: sum_ for learner, sum_ in sums.items() if sum_ and learner > 0}


def plan(db: Connection, bank: Bank, question_id: str, community_id: int | None) -> Plan:
    """What the present key changes, in one community or in all. Raises RefusalError when nobody could tell."""
    question = bank.questions.get(question_id)
    if question is None:
        raise RefusalError(wording.case_unknown(question_id))
    if question.kind is Kind.NUMERIC:
        raise RefusalError(wording.regrade_numeric())
    answers = regrading.answers_to(db, question_id, community_id)
    older = [attempt for attempt in answers if attempt.question_version != question.version]
    known = versions.wordings_of(db, question_id)
    then = {each: known.get(each) for each in sorted({attempt.question_version for attempt in older})}
    reworded = _compared(then, wording_of(question))
    changes = _changes(db, wording_of(question).key, older)
    keys = tuple(dict.fromkeys(old.key for old in then.values() if old is not None))
    unknown = sum(old is None for old in then.values())
    everywhere = community_id is None
    return Plan(question, everywhere, tuple(answers), tuple(older), tuple(changes), keys, reworded, unknown)


def _compared(then: dict[str, Wording | None], now: Wording) -> tuple[tuple[int, str, str], ...]:
    found: dict[tuple[int, str, str], None] = {}
    for old in filter(None, then.values()):
        compared = compare(old, now)
        if compared.kinship is Kinship.APART:
            raise RefusalError(wording.regrade_apart())
        for place in compared.changed:
            found[place, old.texts[place], now.texts[place]] = None
    return tuple(found)


def _changes(db: Connection, key: frozenset[int], older: Sequence[Attempt]) -> list[Change]:
    for attempt in older:
        if len(attempt.picks) != len(key):
            raise RefusalError(wording.regrade_picks(len(attempt.picks), len(key)))
    flipped = [attempt for attempt in older if attempt.correct != (attempt.picks == key)]
    earned = _earned(db, flipped)
    return [Change(each, not each.correct, _points(each, not each.correct, earned)) for each in flipped]


def _points(attempt: Attempt, right: bool, earned: dict[tuple[int, str], int]) -> int:
    if attempt.origin in UNSCORED:
        return 0
    if attempt.origin in ROUNDS:
        return points.for_round(right, in_window=True)
    others = earned.get((attempt.learner_id, attempt.local_date.isoformat()), 0) - attempt.points
    return points.for_practice(right, attempt.first, others)


def _earned(db: Connection, flipped: Sequence[Attempt]) -> dict[tuple[int, str], int]:
    """What people earned by practice on the days concerned."""
    dates = {(attempt.learner_id, attempt.local_date.isoformat()) for attempt in flipped}
    return {key: row.practice_points for key, row in progress.days_in(db, dates).items()}
