"""What adapters keep for themselves."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, String, Table

from bot.storage.columns import Code, Instant, metadata

shelf = Table(
    "shelf",
    metadata,
    Column("namespace", String(60), primary_key=True),
    Column("key", Code, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("expires_at", Instant),
)
