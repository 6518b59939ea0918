"""What a start makes sure of: the local chat has its daily question, and today's is posted."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.model.people import Channel
from bot.model.study import ScheduleKind, ScheduleState
from bot.storage import people, schedules
from bot.tutor.schedule_form import Plan
from bot.tutor.scheduling import create
from bot.tutor.tutor import Tutor

HOME = Channel("local", "local", "aws-daily")


async def ensure_local_schedule(tutor: Tutor) -> None:
    """Give a new local chat a schedule, and let its question of today be posted at once.

    A question that was already posted today is not posted again: its period is taken.
    """
    await tutor.store.write(lambda db: _ensure(db, tutor))


def _ensure(db: Connection, tutor: Tutor) -> None:
    now, zone = tutor.clock.now(), tutor.default_timezone
    community = people.ensure_community(db, HOME.platform, HOME.community, zone)
    found = schedules.schedules_of(db, community.id)
    if not found:
        create(db, community, HOME, Plan(timezone=zone), None, now)
        found = schedules.schedules_of(db, community.id)
    today = [s for s in found if s.kind is ScheduleKind.QUESTION and s.state is ScheduleState.ACTIVE]
    for schedule in today:
        if schedule.next_fire_at is None or schedule.next_fire_at > now:
            schedules.set_schedule(db, schedule.id, {"next_fire_at": now})
