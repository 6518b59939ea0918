"""What adapters keep for themselves, the program's own chores, and what it has let go."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from bot.storage.columns import Code, Instant, metadata

shelf = Table(
    "shelf",
    metadata,
    Column("namespace", String(60), primary_key=True),
    Column("key", Code, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("expires_at", Instant, index=True),
)

chores = Table(
    "chores",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("due_at", Instant, nullable=False),
)

# The months whose attempts were dropped: what followed from them cannot be computed anew.
forgotten_months = Table(
    "forgotten_months",
    metadata,
    Column("month", Integer, primary_key=True, autoincrement=False),
    Column("forgotten_at", Instant, nullable=False),
)
