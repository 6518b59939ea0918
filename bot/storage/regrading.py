"""A corrected key: the answers that it concerns, and what is counted from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select, text, update

from bot.model.study import Attempt
from bot.storage.attempts import attempt_of
from bot.storage.rounds import count_answers
from bot.storage.tables import attempts, days, encounters, standings


@dataclass(frozen=True, slots=True)
class Change:
    """An attempt as it is, and what it is worth with another key."""

    attempt: Attempt
    correct: bool
    points: int

    @property
    def gained(self) -> int:
        """The difference in points."""
        return self.points - self.attempt.points

    @property
    def righted(self) -> int:
        """1 when it becomes right, -1 when it becomes wrong."""
        return int(self.correct) - int(self.attempt.correct)


def hold_everybody(db: Connection) -> None:
    """Let nobody enter an answer until the transaction ends; those that are just being entered are waited for."""
    if db.dialect.name == "postgresql":
        # Whoever answers takes a row of this table first, so this one lock is enough.
        db.execute(text("LOCK TABLE learners IN EXCLUSIVE MODE"))


def answers_to(db: Connection, question_id: str, community_id: int | None) -> list[Attempt]:
    """All attempts at a question, in one community or in all, in the order of their commits."""
    a = attempts.c
    query = select(attempts).where(a.question_id == question_id)
    if community_id is not None:
        query = query.where(a.community_id == community_id)
    return [attempt_of(row) for row in db.execute(query.order_by(a.id))]


def last_number(db: Connection) -> int:
    """The number of the newest attempt, at least how many there are."""
    return int(db.execute(select(func.coalesce(func.max(attempts.c.id), 0))).scalar_one())


def trace_of(db: Connection, last: int) -> tuple[int, int]:
    """How many attempts there are up to a number, and the sum of their learners' numbers: both move when an
    answer comes late, is let go, or is given to somebody else."""
    a = attempts.c
    query = select(func.count(), func.coalesce(func.sum(a.learner_id), 0)).where(a.id <= last)
    count, learners = db.execute(query).one()
    return int(count), int(learners)


def apply_changes(
    db: Connection, changes: Sequence[Change], periods: Callable[[Attempt], Iterable[str]]
) -> None:
    """Change attempts, and by as much whatever was counted from them. `periods` are the boards that an attempt
    counts for, none for one that counts for no board."""
    a = attempts.c
    _update(db, attempts, {"month": a.month, "id": a.id}, {"correct": None, "points": None}, [
        {"month": c.attempt.month, "id": c.attempt.id, "correct": c.correct, "points": c.points} for c in changes
    ])  # fmt: skip
    _count_boards(db, changes, periods)
    _count_days(db, [change for change in changes if change.attempt.learner_id > 0])
    _count_rounds(db, changes)
    _remember_last(db, changes)


def _count_boards(
    db: Connection, changes: Sequence[Change], periods: Callable[[Attempt], Iterable[str]]
) -> None:
    sums: dict[tuple[int, str, int], list[int]] = defaultdict(lambda: [0, 0])
    for change in changes:
        for period in periods(change.attempt):
            both = sums[change.attempt.community_id, period, change.attempt.learner_id]
            both[0] += change.gained
            both[1] += change.righted
    rows = [
        {
            "community_id": key[0],
            "period": key[1],
            "learner_id": key[2],
            "points": both[0],
            "correct": both[1],
        }
        for key, both in sorted(sums.items())
    ]
    s = standings.c
    keys = {"community_id": s.community_id, "period": s.period, "learner_id": s.learner_id}
    _update(db, standings, keys, {"points": s.points, "correct": s.correct}, rows)


def _count_days(db: Connection, changes: Sequence[Change]) -> None:
    sums: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for change in changes:
        both = sums[change.attempt.learner_id, change.attempt.local_date.isoformat()]
        both[0] += change.righted
        both[1] += 0 if change.attempt.slot.startswith("r") else change.gained
    rows = [
        {"learner_id": key[0], "day": key[1], "correct": both[0], "practice_points": both[1]}
        for key, both in sorted(sums.items())
    ]
    d = days.c
    changed = {"correct": d.correct, "practice_points": d.practice_points}
    _update(db, days, {"learner_id": d.learner_id, "day": d.day}, changed, rows)


def _count_rounds(db: Connection, changes: Sequence[Change]) -> None:
    sums: dict[int, int] = defaultdict(int)
    for change in changes:
        if change.attempt.slot.startswith("r") and change.attempt.origin.value != "late":
            sums[int(change.attempt.slot[1:])] += change.righted
    count_answers(db, [(number, 0, right) for number, right in sums.items()])


def _remember_last(db: Connection, changes: Sequence[Change]) -> None:
    """Whether each learner's last answer to the question was right."""
    a, e = attempts.c, encounters.c
    learners = {change.attempt.learner_id for change in changes}
    question = changes[0].attempt.question_id if changes else ""
    query = select(func.max(a.id)).where(a.question_id == question, a.learner_id.in_(learners))
    last = set(db.execute(query.group_by(a.learner_id)).scalars())
    rows = [
        {"learner_id": c.attempt.learner_id, "question_id": question, "correct": c.correct}
        for c in changes
        if c.attempt.id in last
    ]
    keys = {"learner_id": e.learner_id, "question_id": e.question_id}
    _update(db, encounters, keys, {"correct": None}, rows)


def _update(
    db: Connection, table: Table, keys: dict[str, Any], changed: dict[str, Any], rows: list[dict[str, Any]]
) -> None:
    """Set columns of rows by their keys; one that `changed` gives is added to instead."""
    if not rows:
        return
    values = {
        name: bindparam(f"b_{name}", type_=table.c[name].type) if column is None else column + bindparam(f"b_{name}")
        for name, column in changed.items()
    }  # fmt: skip
    where = [column == bindparam(f"b_{name}") for name, column in keys.items()]
    given = [{f"b_{name}": value for name, value in row.items()} for row in rows]
    db.execute(update(table).where(*where).values(values), given)
