"""Reminders of due reviews, by direct message at the hour that a learner chose, on their workdays."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import wording
from bot.model.study import Learner
from bot.storage import people, posts, progress
from bot.storage.posts import PostKind
from bot.tutor.timetable import next_fire
from bot.tutor.tutor import Tutor
from bot.wording.speech import DEFAULT, speaking

CHUNK = 500


async def remind_due(tutor: Tutor) -> int:
    """Plan the reminders whose hour has come; return how many learners were looked at."""
    looked = 0
    while True:
        some = await tutor.store.write(lambda db: _remind(db, tutor.clock.now()))
        looked += some
        if some < CHUNK:
            return looked


def _remind(db: Connection, now: dt.datetime) -> int:
    due = people.learners_to_remind(db, now, CHUNK)
    rows = [row for learner in due if (row := _row(db, learner, now))]
    posts.add_posts(db, rows)
    for learner in due:
        hour = int(learner.settings.get("remind") or 0)
        following = next_fire(now, hour * 60, ZoneInfo(learner.timezone), learner.workdays)
        people.set_learner(db, learner.id, {"remind_at": following})
    return len(due)


def _text(db: Connection, learner: Learner, facts: int) -> str:
    home = people.community_by_id(db, learner.home_id or 0)
    with speaking(learner.settings.get("language") or (home.language if home else DEFAULT)):
        return wording.reminder(facts)


def _row(db: Connection, learner: Learner, now: dt.datetime) -> dict[str, Any] | None:
    facts = progress.count_due(db, learner.id, now)
    if not facts or learner.home_id is None:
        return None
    return {
        "key": f"remind:{learner.id}:{now.astimezone(ZoneInfo(learner.timezone)):%Y-%m-%d}",
        "kind": PostKind.REMINDER.value,
        "community_id": learner.home_id,
        "channel": "",
        "learner_id": learner.id,
        "data": {"text": _text(db, learner, facts)},
        "created_at": now,
        "ready_at": now,
    }
