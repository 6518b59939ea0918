"""Answers, and what is counted from them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, String, Table, UniqueConstraint

from bot.storage.columns import Code, Id, Instant, metadata

# On PostgreSQL a partition a month (migration 0003, `bot.storage.partitions`), with (id, month) as the key.
attempts = Table(
    "attempts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("month", Integer, nullable=False),
    Column("slot", String(60), nullable=False),
    Column("learner_id", Id, nullable=False),
    Column("community_id", Id, nullable=False),
    Column("question_id", Code, nullable=False),
    Column("question_version", String(40), nullable=False),
    Column("seed", Integer, nullable=False),
    Column("origin", String(10), nullable=False),
    Column("picks", String(40), nullable=False),
    Column("correct", Boolean, nullable=False),
    Column("first", Boolean, nullable=False),
    Column("scored", Boolean, nullable=False),
    Column("confidence", String(10), nullable=False, default=""),
    Column("seconds", Float),
    Column("points", Integer, nullable=False),
    Column("answered_at", Instant, nullable=False),
    Column("local_date", String(10), nullable=False),
    UniqueConstraint("month", "slot", "learner_id"),
    Index("ix_attempts_learner", "learner_id", "id"),
    Index("ix_attempts_question", "question_id", "id"),
)

encounters = Table(
    "encounters",
    metadata,
    Column("learner_id", Id, primary_key=True),
    Column("question_id", Code, primary_key=True),
    Column("times", Integer, nullable=False),
    Column("correct", Boolean, nullable=False),
    Column("last_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

standings = Table(
    "standings",
    metadata,
    Column("community_id", Id, primary_key=True),
    Column("period", String(20), primary_key=True),
    Column("learner_id", Id, primary_key=True),
    Column("points", Integer, nullable=False),
    Column("correct", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Index("ix_standings_rank", "community_id", "period", "points"),
    sqlite_with_rowid=False,
)

days = Table(
    "days",
    metadata,
    Column("learner_id", Id, primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("answered", Integer, nullable=False),
    Column("correct", Integer, nullable=False),
    Column("practice_points", Integer, nullable=False),
    sqlite_with_rowid=False,
)

streaks = Table(
    "streaks",
    metadata,
    Column("learner_id", Id, primary_key=True),
    Column("current", Integer, nullable=False),
    Column("longest", Integer, nullable=False),
    Column("freezes", Integer, nullable=False),
    Column("last_day", String(10), nullable=False),
)
