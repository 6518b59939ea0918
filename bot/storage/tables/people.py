"""Places, learners, who is who where, and who may manage."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, SmallInteger, String, Table, Text, UniqueConstraint

from bot.storage.columns import Code, Id, Instant, metadata

communities = Table(
    "communities",
    metadata,
    Column("id", Id, primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("external", Code, nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("settings", Text, nullable=False, default="{}"),
    Column("language", String(12), nullable=False, default="en", server_default="en"),
    UniqueConstraint("platform", "external"),
)

learners = Table(
    "learners",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("workdays", SmallInteger, nullable=False, default=31),
    Column("visible", Boolean, nullable=False, default=True),
    Column("home_id", Id),
    Column("remind_at", Instant, index=True),
    Column("settings", Text, nullable=False, default="{}"),
    Column("created_at", Instant, nullable=False),
)

link_codes = Table(
    "link_codes",
    metadata,
    Column("code", String(20), primary_key=True),
    Column("learner_id", Id, nullable=False),
    Column("account", Code, nullable=False),
    Column("expires_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

identities = Table(
    "identities",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("community", Code, primary_key=True),
    Column("external", Code, primary_key=True),
    Column("learner_id", ForeignKey("learners.id"), nullable=False, index=True),
)

admins = Table(
    "admins",
    metadata,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    Column("external", Code, primary_key=True),
    Column("named_by", Id, nullable=False),
    Column("named_at", Instant, nullable=False),
)
