"""The partitions of the attempts on PostgreSQL, one a month; SQLite has a table in one piece and needs none.

Partitions are made ahead. Rows of a month that has none go into the default partition and are moved out of it
when the month gets its own, so an answer never fails for want of a partition.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Connection, text

from bot.model.study import month_of

AHEAD = 3
PATIENCE = "1s"
_LOCK = 7253005


def months_with_partitions(db: Connection) -> list[int]:
    """The months that have a partition of their own, in order; none on SQLite."""
    if db.dialect.name == "sqlite":
        return []
    query = "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'attempts'::regclass"
    suffixes = [row.name.rpartition("_")[2] for row in db.execute(text(query))]
    return sorted(int(suffix) for suffix in suffixes if suffix.isdigit())


def ensure_partitions(db: Connection, now: dt.datetime, ahead: int = AHEAD) -> list[int]:
    """Make the partitions of this month, of the months ahead, and of all that lie in the default partition.

    Returns the months that got one. Waits a second at most for the locks, then raises.
    """
    if db.dialect.name == "sqlite":
        return []
    _take_turn(db)
    wanted = {months_after(month_of(now), n) for n in range(ahead + 1)} | _strayed(db)
    missing = sorted(wanted - set(months_with_partitions(db)))
    for month in missing:
        _add(db, month)
    return missing


def prepare_months(db: Connection, months: Iterable[int]) -> None:
    """Make the partitions of months whose attempts are about to be brought in, where they have none."""
    if db.dialect.name == "sqlite":
        return
    for month in sorted(set(months) - set(months_with_partitions(db))):
        _add(db, month)


def drop_partition(db: Connection, month: int) -> None:
    """Remove a month's attempts by removing its partition."""
    _take_turn(db)
    db.execute(text(f"DROP TABLE {_name(month)}"))


def months_after(month: int, number: int) -> int:
    """The month a number of months later, or with a negative number earlier: 202611 and 2 make 202701."""
    years, rest = divmod(month // 100 * 12 + month % 100 - 1 + number, 12)
    return years * 100 + rest + 1


def _take_turn(db: Connection) -> None:
    # Whoever waits for the table's lock makes all answers wait behind them: give up soon, the job comes again.
    db.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
    db.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))


def _strayed(db: Connection) -> set[int]:
    return {row.month for row in db.execute(text("SELECT DISTINCT month FROM attempts_default"))}


def _add(db: Connection, month: int) -> None:
    name = _name(month)
    db.execute(text(f"CREATE TABLE {name} (LIKE attempts INCLUDING DEFAULTS INCLUDING INDEXES)"))
    # Attached afterwards, because CREATE ... PARTITION OF would lock out readers of all months.
    db.execute(text("LOCK TABLE attempts_default IN ACCESS EXCLUSIVE MODE"))
    moved = "WITH moved AS (DELETE FROM attempts_default WHERE month = :month RETURNING *)"
    db.execute(text(f"{moved} INSERT INTO {name} SELECT * FROM moved"), {"month": month})
    db.execute(text(f"ALTER TABLE attempts ATTACH PARTITION {name} FOR VALUES IN ({month:d})"))


def _name(month: int) -> str:
    return f"attempts_{month:d}"
