"""A long history in PostgreSQL, made up for measuring: attempts over two years of months, boards, learners."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, text

from bench.synthetic import NOW
from bot.storage.partitions import ensure_partitions, months_after

MONTHS = 24
FIRST = 202412

_LEARNERS = """
INSERT INTO learners(id, name, timezone, workdays, visible, settings, created_at)
SELECT n, 'learner ' || n, 'UTC', 31, true, '{}', 0 FROM generate_series(1, :learners) n"""
_ATTEMPTS = """
INSERT INTO attempts(month, slot, learner_id, community_id, question_id, question_version, seed, origin, picks,
    correct, first, scored, confidence, points, answered_at, local_date)
SELECT :month, 'h' || (n / 1000), 1 + n % :learners, 1, 't' || (n % 50) || '.q' || (n / :learners % 100), 'v1', 5, 'round',
    (n % 4)::text, n % 3 > 0, true, true, '', 10, :at, :day FROM generate_series(CAST(:low AS bigint), :high) n"""
_STANDINGS = """
INSERT INTO standings(community_id, period, learner_id, points, correct, answered)
SELECT 1, p.period, n, n * 7919 % 2003, n % 97, n % 131 FROM generate_series(1, :learners) n,
    (VALUES ('all'), ('2026-11'), ('2026-W47')) p(period)"""


def seed_postgres(db: Connection, attempts: int, learners: int) -> None:
    """Learners who have answered this many questions between them; a thousand people answer each."""
    ensure_partitions(db, dt.datetime(FIRST // 100, FIRST % 100, 1, tzinfo=dt.UTC), MONTHS)
    db.execute(text("INSERT INTO communities(id, platform, external, timezone, active, settings) "
                    "VALUES (1, 'test', 'team', 'UTC', true, '{}')"))  # fmt: skip
    db.execute(text("SELECT setval('communities_id_seq', 1)"))
    db.execute(text(_LEARNERS), {"learners": learners})
    each = attempts // MONTHS
    for number in range(MONTHS):
        month = months_after(FIRST, number)
        moment = dt.datetime(month // 100, month % 100, 15, tzinfo=dt.UTC)
        values = {"month": month, "learners": learners, "low": number * each, "high": (number + 1) * each - 1,
                  "at": int(moment.timestamp() * 1000), "day": moment.date().isoformat()}  # fmt: skip
        db.execute(text(_ATTEMPTS), values)
    db.execute(text(_STANDINGS), {"learners": learners})
    assert months_after(FIRST, MONTHS - 1) == NOW.year * 100 + NOW.month
