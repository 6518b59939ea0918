"""What people say about questions."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text

from bot.storage.columns import Code, Id, Instant, metadata

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("question_id", Code, nullable=False),
    Column("question_version", String(40), nullable=False),
    Column("learner_id", Id, nullable=False),
    Column("community_id", Id, nullable=False),
    Column("reason", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_reports_question", "question_id", "state"),
)
