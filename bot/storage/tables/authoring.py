"""What people say about questions, what became of it, and what admins did."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

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
    Column("closed_at", Instant),
    Index("ix_reports_question", "question_id", "state"),
    Index("ix_reports_community", "community_id", "state"),
)

# Community 0 stands for all of them. A question without a row is asked.
question_states = Table(
    "question_states",
    metadata,
    Column("community_id", Id, primary_key=True),
    Column("question_id", Code, primary_key=True),
    Column("state", String(20), nullable=False),
    Column("since", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# What answers were given to, so that they can be understood after the question has changed.
question_versions = Table(
    "question_versions",
    metadata,
    Column("question_id", Code, primary_key=True),
    Column("version", String(40), primary_key=True),
    Column("options", Text, nullable=False),
    Column("seen_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# Without an actor the program acted by itself; actor 0 has been forgotten.
audits = Table(
    "audits",
    metadata,
    Column("id", Id, primary_key=True),
    Column("community_id", Id, nullable=False),
    Column("actor_id", Id),
    Column("action", String(40), nullable=False),
    Column("subject", Code, nullable=False),
    Column("detail", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_audits_community", "community_id", "id"),
)

digests = Table(
    "digests",
    metadata,
    Column("community_id", Id, primary_key=True),
    Column("learner_id", Id, primary_key=True),
    Column("since", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# A community's own content. `bank` is what the program made of `source` when it was added.
packs = Table(
    "packs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("community_id", Id, nullable=False),
    Column("name", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("questions", Integer, nullable=False),
    Column("topics", Integer, nullable=False),
    Column("source", LargeBinary, nullable=False),
    Column("bank", LargeBinary, nullable=False),
    Column("added_by", Id),
    Column("added_at", Instant, nullable=False),
    Column("live_at", Instant),
    UniqueConstraint("community_id", "name", "version"),
    Index("ix_packs_state", "state", "community_id"),
)

# One row: how often any pack went live or was retired.
pack_changes = Table(
    "pack_changes",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("number", Id, nullable=False),
)
