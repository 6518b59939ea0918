"""What is believed about learners and questions."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, String, Table, Text

from bot.storage.columns import Code, Id, Instant, metadata

memories = Table(
    "memories",
    metadata,
    Column("learner_id", Id, primary_key=True),
    Column("fact_id", Code, primary_key=True),
    Column("stability", Float, nullable=False),
    Column("difficulty", Float, nullable=False),
    Column("due", Instant, nullable=False),
    Column("last_review", Instant, nullable=False),
    Column("reps", Integer, nullable=False),
    Column("lapses", Integer, nullable=False),
    Index("ix_memories_due", "learner_id", "due"),
    sqlite_with_rowid=False,
)

abilities = Table(
    "abilities",
    metadata,
    Column("learner_id", Id, primary_key=True),
    Column("domain", String(60), primary_key=True),
    Column("mean", Float, nullable=False),
    Column("variance", Float, nullable=False),
    Column("answers", Integer, nullable=False),
    sqlite_with_rowid=False,
)

items = Table(
    "items",
    metadata,
    Column("question_id", Code, primary_key=True),
    Column("mean", Float, nullable=False),
    Column("variance", Float, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("correct", Integer, nullable=False),
)

memory_parameters = Table(
    "memory_parameters",
    metadata,
    Column("learner_id", Id, primary_key=True),
    Column("effective_at", Instant, primary_key=True),
    Column("parameters", Text, nullable=False),
    Column("reviews", Integer, nullable=False),
    sqlite_with_rowid=False,
)
