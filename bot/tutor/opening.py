"""Schedules that are due: each claims its period once, and the outbox gets the post.

A period is a local date. The key of the post is unique, so of any number of replicas, and after any
crash or jump of the clock, one post is made for a schedule and period.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection

from bot.learning import rotation
from bot.model.study import Schedule, ScheduleKind
from bot.storage import posts, quarantine, rounds, schedules
from bot.storage.posts import PostKind
from bot.tutor import calendar, voting
from bot.tutor.claiming import round_row
from bot.tutor.timetable import next_fire, period_of, week_of
from bot.tutor.tutor import Tutor

CHUNK = 500
# What comes within this time counts as posted when it should be.
PUNCTUAL = dt.timedelta(minutes=10)
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Firing:
    """A schedule that fires now, for a period."""

    schedule: Schedule
    period: str
    late: bool
    ready_at: dt.datetime


async def open_due(tutor: Tutor) -> int:
    """Fire all schedules that are due; return how many posts were made."""
    made = 0
    while True:
        lags, posted = await tutor.store.write(lambda db: _fire(db, tutor))
        made += posted
        for lag in lags:
            tutor.metrics.late("schedule", lag)
        if len(lags) < CHUNK:
            return made


def _fire(db: Connection, tutor: Tutor) -> tuple[list[float], int]:
    now = tutor.clock.now()
    due = schedules.due_schedules(db, now, CHUNK)
    if not due:
        return [], 0
    usual = tutor.settings.number("CLOUDLARK_LATE_HOURS", 0.1, 168)
    firings = [_firing(schedule, now, _allowed(schedule, usual)) for schedule in due]
    for firing in firings:
        if firing.late:
            log.warning("post_skipped_as_too_late", schedule=firing.schedule.id, period=firing.period)
    posted = _post(db, tutor, [firing for firing in firings if not firing.late], now)
    schedules.advance_schedules(db, {schedule.id: following(schedule, now) for schedule in due})
    return [
        (now - schedule.next_fire_at).total_seconds() for schedule in due if schedule.next_fire_at
    ], posted


def _allowed(schedule: Schedule, usual: float) -> dt.timedelta:
    hours = float(schedule.settings.get("catch_up") or usual)
    return max(dt.timedelta(hours=hours), PUNCTUAL)


def _firing(schedule: Schedule, now: dt.datetime, allowed: dt.timedelta) -> Firing:
    """The latest fire that is due; earlier ones that were missed are gone."""
    zone = ZoneInfo(schedule.timezone)
    fire = schedule.next_fire_at
    assert fire is not None
    while (later := _next(schedule, fire)) is not None and later <= now:
        fire = later
    ready_at = calendar.loud_again(schedule.settings, zone, now) if now - fire > PUNCTUAL else now
    return Firing(schedule, period_of(fire, zone), now - fire > allowed, ready_at)


def following(schedule: Schedule, now: dt.datetime) -> dt.datetime | None:
    """When a schedule fires next after now."""
    return _next(schedule, now)


def _next(schedule: Schedule, after: dt.datetime) -> dt.datetime | None:
    zone, left_out = ZoneInfo(schedule.timezone), calendar.left_out(schedule.settings)
    return next_fire(after, schedule.minute, zone, schedule.weekdays, left_out)


def _post(db: Connection, tutor: Tutor, firings: Sequence[Firing], now: dt.datetime) -> int:
    claimed = posts.add_posts(db, [_post_row(firing, now) for firing in firings])
    winners = [firing for firing in firings if _key(firing) in claimed]
    questions = [firing for firing in winners if firing.schedule.kind is ScheduleKind.QUESTION]
    rows = _round_rows(db, tutor, questions, now)
    ids = rounds.add_rounds(db, rows)
    posts.attach_rounds(
        db, {claimed[_key(firing)]: number for firing, number in zip(questions, ids, strict=True)}
    )
    return len(winners)


def _key(firing: Firing) -> str:
    return f"{firing.schedule.kind}:{firing.schedule.id}:{firing.period}"


def _post_row(firing: Firing, now: dt.datetime) -> dict[str, Any]:
    schedule = firing.schedule
    question = schedule.kind is ScheduleKind.QUESTION
    last_week = week_of(dt.date.fromisoformat(firing.period) - dt.timedelta(days=7))
    return {
        "key": _key(firing),
        "kind": (PostKind.QUESTION if question else PostKind.BOARD).value,
        "community_id": schedule.community.id,
        "channel": schedule.channel.id,
        "schedule_id": schedule.id,
        "data": {} if question else {"week": last_week},
        "created_at": now,
        "ready_at": firing.ready_at,
    }


def _round_rows(
    db: Connection, tutor: Tutor, firings: Sequence[Firing], now: dt.datetime
) -> list[dict[str, Any]]:
    channels = {(f.schedule.community.id, f.schedule.channel.id) for f in firings}
    history = rounds.history_of(db, channels) if channels else {}
    held = quarantine.quarantined(db, {community for community, _ in channels})
    return [
        _round_row(
            tutor.within(db, f.schedule.community.id),
            f.schedule,
            history.get((f.schedule.community.id, f.schedule.channel.id), []),
            held[f.schedule.community.id],
            now,
        )
        for f in firings
    ]


def _settings(schedule: Schedule) -> dict[str, str]:
    confidence = {"confidence": "on"} if schedule.settings.get("confidence") == "on" else {}
    quiet = schedule.settings.get("quiet", "")
    silence = {"quiet": quiet, "zone": schedule.timezone} if quiet else {}
    return confidence | silence | voting.settings_of(schedule)


def _round_row(
    tutor: Tutor,
    schedule: Schedule,
    seen: Sequence[tuple[int, str, str]],
    held: frozenset[str],
    now: dt.datetime,
) -> dict[str, Any]:
    deck = tutor.decks.of(schedule.exam, schedule.topics)
    last_seen: Mapping[str, int] = {question_id: number for number, question_id, _ in seen}
    chosen = rotation.choose(deck, last_seen, seen[-1][2] if seen else "", tutor.rng, held)
    if chosen is None:
        # A day without a question would be worse than a doubtful one, where nothing else is left at all.
        everything = tutor.decks.of()
        chosen = rotation.choose(everything, last_seen, "", tutor.rng, held)
        chosen = chosen or rotation.choose(everything, last_seen, "", tutor.rng)
    assert chosen is not None, "an empty bank is refused at start"
    return round_row(
        tutor, schedule.community.id, schedule.channel.id, chosen, _settings(schedule), now,
        schedule_id=schedule.id, reveal=schedule.reveal, window_minutes=schedule.window_minutes,
    )  # fmt: skip
