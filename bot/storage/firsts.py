"""First answers, on which the statistics of questions rest."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select

from bot.storage.attempts import picks_of
from bot.storage.tables import attempts, question_versions
from bot.storage.versions import Wording, unpacked


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """Somebody's first answer to a question, given before the key was known."""

    learner_id: int
    question_id: str
    version: str
    picks: frozenset[int]
    correct: bool


def first_answers(
    db: Connection, community_id: int | None, questions: Collection[str] | None, limit: int
) -> list[FirstAnswer]:
    """The newest first answers, the newest first, of a community or of all, to some questions or to all."""
    a = attempts.c
    query = select(a.learner_id, a.question_id, a.question_version, a.picks, a.correct)
    query = query.where(*_counted(community_id))
    if questions is not None:
        query = query.where(a.question_id.in_(questions))
    rows = db.execute(query.order_by(a.id.desc()).limit(limit))
    return [FirstAnswer(*row[:3], picks_of(row.picks), row.correct) for row in rows]


def scores(db: Connection, community_id: int | None) -> dict[int, tuple[int, int]]:
    """Right first answers and all first answers, by learner; of those who are forgotten nothing is known."""
    a = attempts.c
    right = func.sum(case((a.correct, 1), else_=0)).label("right")
    query = select(a.learner_id, right, func.count().label("answered"))
    query = query.where(*_counted(community_id), a.learner_id > 0).group_by(a.learner_id)
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
