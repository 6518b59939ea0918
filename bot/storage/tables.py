"""All tables. Times are kept as milliseconds since 1970 (UTC), local dates as ISO texts.

Everything that an answer touches is reached by primary key or a unique index, so that its cost does
not grow with what is stored.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

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

attempts = Table(
    "attempts",
    metadata,
    Column("id", Id, primary_key=True),
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
    UniqueConstraint("slot", "learner_id"),
    Index("ix_attempts_learner", "learner_id", "id"),
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

shelf = Table(
    "shelf",
    metadata,
    Column("namespace", String(60), primary_key=True),
    Column("key", Code, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("expires_at", Instant),
)
