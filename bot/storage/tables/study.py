"""Private practice and mock exams."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text

from bot.storage.columns import Id, Instant, metadata

practices = Table(
    "practices",
    metadata,
    Column("id", Id, primary_key=True),
    Column("learner_id", Id, nullable=False),
    Column("community_id", Id, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("title", String(200), nullable=False),
    Column("items", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("shown_at", Instant),
    Index("ix_practices_learner", "learner_id", "id"),
)

mocks = Table(
    "mocks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("learner_id", Id, nullable=False),
    Column("community_id", Id, nullable=False),
    Column("exam", String(40), nullable=False),
    Column("length", String(10), nullable=False),
    Column("items", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("deadline_at", Instant, nullable=False),
    Column("paused_at", Instant),
    Column("finished_at", Instant),
    Index("ix_mocks_learner", "learner_id", "id"),
)

mock_answers = Table(
    "mock_answers",
    metadata,
    Column("mock_id", Id, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("picks", String(40), nullable=False),
    Column("flagged", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
