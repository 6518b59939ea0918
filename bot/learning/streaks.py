"""Streaks of workdays, by the learner's own calendar.

A streak counts the scheduled days on which a person answered, one after another. Days off neither add
to it nor break it. A missed workday is forgiven while there are freezes: one is earned with every fifth
day of a streak, and at most two are kept. A day that the learner's calendar has already passed (travel
westward) changes nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

DAYS_PER_FREEZE = 5
FREEZES_KEPT = 2
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Streak:
    """A streak up to `last_day`, the last day on which the learner answered."""

    current: int = 0
    longest: int = 0
    freezes: int = 0
    last_day: dt.date = dt.date.min


def is_workday(day: dt.date, workdays: int) -> bool:
    """Whether a day is scheduled. `workdays` is a bit mask, Monday the lowest bit."""
    return bool(workdays >> day.weekday() & 1)


def missed(streak: Streak, day: dt.date, workdays: int) -> int:
    """How many workdays lie between the streak's last day and `day`, both excluded; at most 400 are counted."""
    if streak.last_day == dt.date.min:
        return 0
    gap = min((day - streak.last_day).days, 400)
    return sum(is_workday(day - _DAY * back, workdays) for back in range(1, gap))


def advance(streak: Streak, day: dt.date, workdays: int) -> Streak:
    """The streak after an answer on the learner's local date `day`."""
    if day <= streak.last_day:
        return streak
    if not is_workday(day, workdays):
        return streak
    gone = missed(streak, day, workdays)
    kept = gone <= streak.freezes
    current = streak.current + 1 if kept else 1
    freezes = streak.freezes - gone if kept else 0
    if current % DAYS_PER_FREEZE == 0:
        freezes = min(freezes + 1, FREEZES_KEPT)
    return Streak(current, max(streak.longest, current), freezes, day)


def as_of(streak: Streak, today: dt.date, workdays: int) -> Streak:
    """The streak as it stands today: broken when more workdays were missed than there are freezes."""
    if missed(streak, today, workdays) > streak.freezes:
        return replace(streak, current=0, freezes=0)
    return streak
