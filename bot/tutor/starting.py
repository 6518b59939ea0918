"""What a start makes sure of: the local chat has its daily question, and today's is posted."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.model.people import Channel
from bot.model.study import Schedule, ScheduleKind, ScheduleState
from bot.storage import people, schedules
from bot.tutor.opening import following
from bot.tutor.schedule_form import Plan
from bot.tutor.scheduling import create
from bot.tutor.timetable import period_of
from bot.tutor.tutor import Tutor

HOME = Channel("local", "local", "aws-daily")


async def ensure_local_schedule(tutor: Tutor) -> None:
    """Give a new local chat a schedule and post its first question at once, whatever the day.

    On later starts the question of today is posted at once if today is one of its days; one that was
    posted already is not posted again, because its period is taken. Schedules that people made are left
    to their times.
    """
    await tutor.store.write(lambda db: _ensure(db, tutor))


def _ensure(db: Connection, tutor: Tutor) -> None:
    now, zone = tutor.clock.now(), tutor.default_timezone
    community = people.ensure_community(db, HOME.platform, HOME.community, zone)
    found = schedules.schedules_of(db, community.id)
    if not found:
        number = create(db, community, HOME, Plan(timezone=zone), None, now)
        schedules.set_schedule(db, number, {"next_fire_at": now})
    for schedule in found:
        if _is_own(schedule) and _is_today(schedule, now):
            schedules.set_schedule(db, schedule.id, {"next_fire_at": now})


def _is_own(schedule: Schedule) -> bool:
    made_here = schedule.created_by is None and schedule.channel == HOME
    return made_here and schedule.kind is ScheduleKind.QUESTION and schedule.state is ScheduleState.ACTIVE


def _is_today(schedule: Schedule, now: dt.datetime) -> bool:
    """Whether the schedule has a fire on the local date of now."""
    local = now.astimezone(ZoneInfo(schedule.timezone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    fire = following(schedule, midnight - dt.timedelta(seconds=1))
    return fire is not None and period_of(fire, ZoneInfo(schedule.timezone)) == local.date().isoformat()
