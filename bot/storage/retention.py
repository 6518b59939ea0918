"""What is old goes: attempts a month at a time, everything else in batches that hold nobody up.

Each function does a bounded piece of work in the caller's transaction and returns how much it did.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Connection, Select, Table, delete, select

from bot.model.study import RoundState
from bot.storage.mocks import MockState
from bot.storage.partitions import drop_partition, months_with_partitions
from bot.storage.posts import PostState
from bot.storage.tables import (
    attempts,
    forgotten_months,
    mock_answers,
    mocks,
    posts,
    practices,
    rounds,
    shelf,
)
from bot.storage.upsert import insert_new


def forgotten(db: Connection) -> list[int]:
    """The months whose attempts were dropped, in order."""
    query = select(forgotten_months.c.month).order_by(forgotten_months.c.month)
    return list(db.execute(query).scalars())


def drop_attempts(db: Connection, before: int, now: dt.datetime, limit: int) -> int:
    """Drop the partition of the oldest month before `before`, or on SQLite at most `limit` attempts of it.

    Returns how many months or attempts went.
    """
    partitioned = [month for month in months_with_partitions(db) if month < before]
    if partitioned:
        _note(db, partitioned[:1], now)
        drop_partition(db, partitioned[0])
        return 1
    a = attempts.c
    # By the key's first column; PostgreSQL finds only what has no partition of its own.
    old = db.execute(select(a.month, a.id).where(a.month < before).order_by(a.month).limit(limit)).all()
    _note(db, {row.month for row in old}, now)
    for month in {row.month for row in old}:
        ids = [row.id for row in old if row.month == month]
        db.execute(delete(attempts).where(a.month == month, a.id.in_(ids)))
    return len(old)


def drop_posts(db: Connection, before: dt.datetime, limit: int) -> int:
    """Delete old posts that are said or given up; of those that wait none is old."""
    p = posts.c
    done = [state.value for state in PostState if state is not PostState.PENDING]
    return _drop(db, posts, select(p.id).where(p.state.in_(done), p.ready_at < before).limit(limit))


def drop_rounds(db: Connection, before: dt.datetime, limit: int) -> int:
    """Delete old rounds that are over."""
    r = rounds.c
    closed = select(r.id).where(r.state == RoundState.CLOSED.value, r.closes_at < before)
    return _drop(db, rounds, closed.limit(limit))


def drop_practices(db: Connection, before: dt.datetime, limit: int) -> int:
    """Delete old practice sessions."""
    p = practices.c
    # Numbers rise with time: the lowest are the oldest, and no more is read than may be deleted.
    lowest = select(p.id, p.created_at).order_by(p.id).limit(limit).subquery()
    return _drop(db, practices, select(lowest.c.id).where(lowest.c.created_at < before))


def drop_mocks(db: Connection, before: dt.datetime, limit: int) -> int:
    """Delete old mock exams that are over, with what was picked in them."""
    m = mocks.c
    over = select(m.id).where(m.state == MockState.FINISHED.value, m.started_at < before).limit(limit)
    ids = list(db.execute(over).scalars())
    db.execute(delete(mock_answers).where(mock_answers.c.mock_id.in_(ids)))
    return db.execute(delete(mocks).where(m.id.in_(ids))).rowcount


def drop_expired(db: Connection, now: dt.datetime, limit: int) -> int:
    """Delete from the adapters' shelf what has expired."""
    s = shelf.c
    old = db.execute(select(s.namespace, s.key).where(s.expires_at <= now).limit(limit)).all()
    for row in old:
        where = (s.namespace == row.namespace, s.key == row.key, s.expires_at <= now)
        db.execute(delete(shelf).where(*where))
    return len(old)


def _drop(db: Connection, table: Table, which: Select[tuple[int]]) -> int:
    ids = list(db.execute(which).scalars())
    return db.execute(delete(table).where(table.c.id.in_(ids))).rowcount if ids else 0


def _note(db: Connection, months: Iterable[int], now: dt.datetime) -> None:
    insert_new(db, forgotten_months, [{"month": month, "forgotten_at": now} for month in sorted(months)])
