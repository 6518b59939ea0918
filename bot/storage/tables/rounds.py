"""Schedules, rounds, and the posts that wait to go out."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, SmallInteger, String, Table, Text

from bot.storage.columns import Code, Id, Instant, metadata

schedules = Table(
    "schedules",
    metadata,
    Column("id", Id, primary_key=True),
    Column("community_id", ForeignKey("communities.id"), nullable=False),
    Column("channel", Code, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("minute", Integer, nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("weekdays", SmallInteger, nullable=False),
    Column("exam", String(40), nullable=False, default=""),
    Column("topics", Text, nullable=False, default=""),
    Column("window_minutes", Integer, nullable=False),
    Column("reveal", String(20), nullable=False),
    Column("settings", Text, nullable=False, default="{}"),
    Column("state", String(20), nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("next_fire_at", Instant),
    Column("created_by", Id),
    Index("ix_schedules_due", "state", "next_fire_at"),
    Index("ix_schedules_community_id", "community_id"),
)

rounds = Table(
    "rounds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("schedule_id", Id),
    Column("community_id", ForeignKey("communities.id"), nullable=False),
    Column("channel", Code, nullable=False),
    Column("question_id", Code, nullable=False),
    Column("question_version", String(40), nullable=False),
    Column("topic", String(80), nullable=False),
    Column("seed", Integer, nullable=False),
    Column("reveal", String(20), nullable=False),
    Column("settings", Text, nullable=False, default="{}"),
    Column("window_minutes", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("opened_at", Instant),
    Column("closes_at", Instant),
    Column("message", Code),
    Column("thread", Code),
    Column("answered", Integer, nullable=False, default=0),
    Column("correct", Integer, nullable=False, default=0),
    Column("tallied", Integer, nullable=False, default=0),
    Column("tally_ends", Instant),
    Index("ix_rounds_closing", "state", "closes_at"),
    Index("ix_rounds_channel", "community_id", "channel", "id"),
)

posts = Table(
    "posts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Code, nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("community_id", ForeignKey("communities.id"), nullable=False),
    Column("channel", Code, nullable=False),
    Column("schedule_id", Id),
    Column("round_id", Id),
    Column("learner_id", Id),
    Column("data", Text, nullable=False, default="{}"),
    Column("state", String(20), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ready_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("repeatable", Boolean, nullable=False, default=True),
    Column("message", Code),
    Index("ix_posts_ready", "state", "ready_at"),
)

nights = Table(
    "nights",
    metadata,
    Column("id", Id, primary_key=True),
    Column("community_id", ForeignKey("communities.id"), nullable=False),
    Column("channel", Code, nullable=False),
    Column("topic", String(80), nullable=False),
    Column("rounds", Integer, nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("bonus", Boolean, nullable=False),
    Column("asked", Integer, nullable=False, default=0),
    Column("state", String(20), nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_nights_due", "state", "next_at"),
    Index("ix_nights_channel", "community_id", "channel"),
)
