"""Personal memory parameters: every fit that was ever in force, so that a replay can follow."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from bot.storage.tables import attempts, memories, memory_parameters

Parameters = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class KnownFit:
    """Parameters that hold for answers from `effective_at` on, fitted to so many reviews."""

    effective_at: dt.datetime
    parameters: Parameters
    reviews: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What grading needs of an attempt."""

    question_id: str
    correct: bool
    confidence: str
    seconds: float | None
    answered_at: dt.datetime


def fits_in(db: Connection, learner_ids: Collection[int]) -> dict[int, list[KnownFit]]:
    """The fits of learners who have any, the newest first."""
    m = memory_parameters.c
    query = select(memory_parameters).where(m.learner_id.in_(learner_ids)).order_by(m.effective_at.desc())
    found: dict[int, list[KnownFit]] = {}
    for row in db.execute(query):
        fit = KnownFit(row.effective_at, tuple(json.loads(row.parameters)), row.reviews)
        found.setdefault(row.learner_id, []).append(fit)
    return found


def in_force(fits: Sequence[KnownFit], at: dt.datetime) -> Parameters | None:
    """The parameters for an answer given at `at`, of fits with the newest first; None for the defaults."""
    return next((fit.parameters for fit in fits if fit.effective_at <= at), None)


def add_fit(db: Connection, learner_id: int, fit: KnownFit) -> None:
    """Keep a fit."""
    row = {"learner_id": learner_id, "effective_at": fit.effective_at, "reviews": fit.reviews,
           "parameters": json.dumps(fit.parameters)}  # fmt: skip
    db.execute(insert(memory_parameters).values(row))


def count_reviews(db: Connection, learner_id: int) -> int:
    """How many reviews of facts a learner has made."""
    total = select(func.coalesce(func.sum(memories.c.reps), 0)).where(memories.c.learner_id == learner_id)
    return int(db.execute(total).scalar_one())


def answers_of(db: Connection, learner_id: int) -> list[Answer]:
    """All answers of a learner in the order in which they were committed."""
    a = attempts.c
    query = select(a.question_id, a.correct, a.confidence, a.seconds, a.answered_at)
    rows = db.execute(query.where(a.learner_id == learner_id).order_by(a.id))
    return [Answer(*row) for row in rows]
