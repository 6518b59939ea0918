"""Practice sessions: which questions were drawn for whom."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from bot.model.study import month_of
from bot.storage.tables import practices


@dataclass(frozen=True, slots=True)
class Practice:
    """A session: (question, seed) pairs in order. `shown_at` is when the latest item was shown.

    `month` is that of its making.
    """

    id: int
    learner_id: int
    community_id: int
    kind: str
    title: str
    items: tuple[tuple[str, int], ...]
    shown_at: dt.datetime | None
    month: int


def add_practice(
    db: Connection, learner_id: int, community_id: int, kind: str, title: str,
    items: Sequence[tuple[str, int]], now: dt.datetime,
) -> Practice:  # fmt: skip
    """Insert a session."""
    values = {
        "learner_id": learner_id,
        "community_id": community_id,
        "kind": kind,
        "title": title,
        "items": json.dumps(items),
        "created_at": now,
        "shown_at": now,
    }
    number = db.execute(insert(practices).values(values).returning(practices.c.id)).scalar_one()
    return Practice(number, learner_id, community_id, kind, title, tuple(items), now, month_of(now))


def find_practice(db: Connection, practice_id: int) -> Practice | None:
    """A session by its number."""
    row = db.execute(select(practices).where(practices.c.id == practice_id)).first()
    if row is None:
        return None
    items = tuple((question_id, seed) for question_id, seed in json.loads(row.items))
    month = month_of(row.created_at)
    return Practice(row.id, row.learner_id, row.community_id, row.kind, row.title, items, row.shown_at, month)


def touch_practice(db: Connection, practice_id: int, now: dt.datetime) -> None:
    """Note that an item was shown just now."""
    db.execute(update(practices).where(practices.c.id == practice_id).values(shown_at=now))
