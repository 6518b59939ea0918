"""Schedules: what is due, and what admins change."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from bot.model.people import Channel
from bot.model.study import Community, RevealPolicy, Schedule, ScheduleKind, ScheduleState
from bot.storage.tables import communities, schedules

ACTIVE = ScheduleState.ACTIVE.value
REMOVED = ScheduleState.REMOVED.value


def _query() -> Select[Any]:
    c = communities.c
    columns = (c.platform, c.external, c.language, c.timezone.label("community_timezone"))
    return select(schedules, *columns).join(communities, schedules.c.community_id == c.id)


def due_schedules(db: Connection, now: dt.datetime, limit: int) -> list[Schedule]:
    """Active schedules whose time has come, the longest due first; on PostgreSQL locked, others skipped."""
    s = schedules.c
    query = _query().where(s.state == ACTIVE, s.next_fire_at <= now).order_by(s.next_fire_at).limit(limit)
    return [_schedule(row) for row in db.execute(query.with_for_update(of=schedules, skip_locked=True))]


def schedules_of(db: Connection, community_id: int) -> list[Schedule]:
    """The schedules of a community that are not removed, in the order in which they were made."""
    s = schedules.c
    query = _query().where(s.community_id == community_id, s.state != REMOVED).order_by(s.id)
    return [_schedule(row) for row in db.execute(query)]


def find_schedule(db: Connection, schedule_id: int) -> Schedule | None:
    """A schedule by its number, also when it is removed."""
    row = db.execute(_query().where(schedules.c.id == schedule_id)).first()
    return None if row is None else _schedule(row)


def add_schedule(db: Connection, values: Mapping[str, Any]) -> int:
    """Insert a schedule from column values and return its number."""
    return int(db.execute(insert(schedules).values(_plain(values)).returning(schedules.c.id)).scalar_one())


def set_schedule(db: Connection, schedule_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of a schedule."""
    db.execute(update(schedules).where(schedules.c.id == schedule_id).values(_plain(values)))


def advance_schedules(db: Connection, next_fires: Mapping[int, dt.datetime | None]) -> None:
    """Set when schedules fire next, by their numbers."""
    if next_fires:
        rows = [{"b_id": number, "b_fire": moment} for number, moment in next_fires.items()]
        statement = update(schedules).where(schedules.c.id == bindparam("b_id"))
        db.execute(statement.values(next_fire_at=bindparam("b_fire")), rows)


def pause_channel(db: Connection, community_id: int, channel: str, reason: str) -> list[int]:
    """Pause a channel's active schedules and return their numbers."""
    s = schedules.c
    where = (s.community_id == community_id, s.channel == channel, s.state == ACTIVE)
    statement = update(schedules).where(*where).values(state=ScheduleState.PAUSED.value, reason=reason)
    return [row.id for row in db.execute(statement.returning(s.id))]


def pause_community(db: Connection, community_id: int, reason: str) -> list[int]:
    """Pause all of a community's active schedules and return their numbers."""
    s = schedules.c
    statement = update(schedules).where(s.community_id == community_id, s.state == ACTIVE)
    paused = statement.values(state=ScheduleState.PAUSED.value, reason=reason)
    return [row.id for row in db.execute(paused.returning(s.id))]


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    plain = dict(values)
    if "topics" in plain:
        plain["topics"] = ",".join(plain["topics"])
    if "settings" in plain:
        plain["settings"] = json.dumps(plain["settings"], sort_keys=True)
    return {name: str(value) if isinstance(value, ScheduleKind | ScheduleState | RevealPolicy) else value
            for name, value in plain.items()}  # fmt: skip


def _schedule(row: Row[Any]) -> Schedule:
    community = Community(row.community_id, row.platform, row.external, row.community_timezone, row.language)
    return Schedule(
        id=row.id,
        community=community,
        channel=Channel(community.platform, community.external, row.channel),
        kind=ScheduleKind(row.kind),
        minute=row.minute,
        timezone=row.timezone,
        weekdays=row.weekdays,
        window_minutes=row.window_minutes,
        reveal=RevealPolicy(row.reveal),
        state=ScheduleState(row.state),
        exam=row.exam,
        topics=tuple(row.topics.split(",")) if row.topics else (),
        settings=json.loads(row.settings) if row.settings != "{}" else {},
        reason=row.reason,
        next_fire_at=row.next_fire_at,
        created_by=row.created_by,
    )
