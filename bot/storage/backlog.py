"""What is due and not done, for operators: each number from the index by which the jobs find their work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from bot.model.study import RoundState, ScheduleState
from bot.storage.posts import PostState
from bot.storage.tables import posts, rounds, schedules


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many posts are ready, and since when the oldest schedule, round and post are due; None for none."""

    posts_ready: int
    schedule: dt.datetime | None
    round: dt.datetime | None
    post: dt.datetime | None


def backlog(db: Connection, now: dt.datetime) -> Backlog:
    """The backlog at a moment."""
    s, r, p = schedules.c, rounds.c, posts.c
    due = select(func.min(s.next_fire_at)).where(s.state == ScheduleState.ACTIVE.value, s.next_fire_at <= now)
    over = select(func.min(r.closes_at)).where(r.state == RoundState.OPEN.value, r.closes_at <= now)
    ready = select(func.count(), func.min(p.ready_at)).where(
        p.state == PostState.PENDING.value, p.ready_at <= now
    )
    number, oldest = db.execute(ready).one()
    return Backlog(number, db.execute(due).scalar(), db.execute(over).scalar(), oldest)
