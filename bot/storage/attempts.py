"""Attempts: one answer a learner and slot, for ever.

On PostgreSQL they lie in a partition a month. The month is the slot's own, so a learner has one attempt in a
slot whenever they answer, and whoever knows the slot knows the partition.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from bot.model.study import Attempt, Origin
from bot.storage.lookup import rows_by_key
from bot.storage.tables import attempts
from bot.storage.upsert import insert_new

Key = tuple[int, str, int]
"""A slot's month, the slot, and the learner: the identity of an attempt."""


def add_attempts(db: Connection, rows: Sequence[Mapping[str, Any]]) -> dict[Key, int]:
    """Insert attempts that are the first in their slot and return the ids of those by their keys."""
    inserted = insert_new(db, attempts, rows, "id", "month", "slot", "learner_id")
    return {(row.month, row.slot, row.learner_id): row.id for row in inserted}


def attempts_in(db: Connection, keys: Collection[Key]) -> dict[Key, Attempt]:
    """The attempts with these keys; one query a month, each of which reads one partition."""
    months: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for month, slot, learner_id in keys:
        months[month].append((slot, learner_id))
    return {
        (month, row.slot, row.learner_id): attempt_of(row)
        for month, pairs in months.items()
        for row in rows_by_key(db, attempts, "slot", "learner_id", pairs, within=("month", month))
    }


def distribution(db: Connection, month: int, slot: str) -> Counter[frozenset[int]]:
    """How often each set of picks was given in a slot, late answers excepted."""
    a = attempts.c
    query = select(a.picks, func.count())
    query = query.where(a.month == month, a.slot == slot, a.origin != Origin.LATE.value)
    return Counter({picks_of(picks): count for picks, count in db.execute(query.group_by(a.picks))})


def attempts_of(db: Connection, learner_id: int, limit: int) -> list[Attempt]:
    """A learner's newest attempts, newest first."""
    a = attempts.c
    query = select(attempts).where(a.learner_id == learner_id).order_by(a.id.desc()).limit(limit)
    return [attempt_of(row) for row in db.execute(query)]


def picks_text(picks: Collection[int]) -> str:
    """Picks as they are stored: `0,2`."""
    return ",".join(map(str, sorted(picks)))


def picks_of(text: str) -> frozenset[int]:
    """Stored picks as a set of authored positions."""
    return frozenset(map(int, text.split(","))) if text else frozenset()


def attempt_of(row: Row[Any]) -> Attempt:
    """The attempt in a row of its table."""
    return Attempt(
        slot=row.slot,
        learner_id=row.learner_id,
        community_id=row.community_id,
        question_id=row.question_id,
        question_version=row.question_version,
        seed=row.seed,
        origin=Origin(row.origin),
        picks=picks_of(row.picks),
        correct=row.correct,
        first=row.first,
        scored=row.scored,
        confidence=row.confidence,
        seconds=row.seconds,
        points=row.points,
        answered_at=row.answered_at,
        local_date=dt.date.fromisoformat(row.local_date),
        month=row.month,
        id=row.id,
    )
