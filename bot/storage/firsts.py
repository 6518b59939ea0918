"""First answers, on which the statistics of questions rest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select

from bot.storage.attempts import picks_of
from bot.storage.tables import attempts, question_versions
from bot.storage.versions import Wording, unpacked

FEW = 1_000
"""Learners who are looked up one by one; of more, all answers of the time in question are read."""


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """Somebody's first answer to a question, given before the key was known, and the month of its slot."""

    learner_id: int
    question_id: str
    version: str
    picks: frozenset[int]
    correct: bool
    month: int


def first_answers(
    db: Connection, community_id: int | None, questions: Collection[str] | None, limit: int
) -> list[FirstAnswer]:
    """The newest first answers, the newest first, of a community or of all, to some questions or to all."""
    a = attempts.c
    query = select(a.learner_id, a.question_id, a.question_version, a.picks, a.correct, a.month)
    query = query.where(*_counted(community_id))
    if questions is not None:
        query = query.where(a.question_id.in_(questions))
    rows = db.execute(query.order_by(a.id.desc()).limit(limit))
    return [FirstAnswer(*row[:3], picks_of(row.picks), row.correct, row.month) for row in rows]


def scores(
    db: Connection, community_id: int | None, among: Sequence[FirstAnswer]
) -> dict[int, tuple[int, int]]:
    """Right first answers and all first answers of those who gave some, by learner, from the month of the oldest
    of these on; of those who are forgotten nothing is known."""
    learners = {answer.learner_id for answer in among if answer.learner_id > 0}
    if not learners:
        return {}
    a = attempts.c
    right = func.sum(case((a.correct, 1), else_=0)).label("right")
    query = select(a.learner_id, right, func.count().label("answered"))
    query = query.where(*_counted(community_id), a.month >= min(answer.month for answer in among))
    query = query.where(a.learner_id.in_(learners) if len(learners) <= FEW else a.learner_id > 0)
    query = query.group_by(a.learner_id)
    return {row.learner_id: (int(row.right), row.answered) for row in db.execute(query)}


def wordings(db: Connection, questions: Collection[str]) -> dict[tuple[str, str], Wording]:
    """What some questions offered, by question and version."""
    q = question_versions.c
    rows = db.execute(select(question_versions).where(q.question_id.in_(questions)))
    return {(row.question_id, row.version): unpacked(row.options) for row in rows}


def _counted(community_id: int | None) -> tuple[ColumnElement[Any], ...]:
    a = attempts.c
    counted: tuple[ColumnElement[Any], ...] = (a.first, a.scored)
    return counted if community_id is None else (*counted, a.community_id == community_id)
