"""When a schedule fires: local times on chosen weekdays, through every change of the clocks.

A local time that does not exist fires at the next one that does; one that happens twice fires once,
the first time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from bot.learning.streaks import is_workday
from bot.model.study import Community

_DAY = dt.timedelta(days=1)
_HORIZON = 800


def instant_of(day: dt.date, minute: int, zone: ZoneInfo) -> dt.datetime:
    """The UTC time at which the local clock of `zone` first shows `minute` of `day` or something later."""
    wall = dt.datetime.combine(day, dt.time(minute // 60, minute % 60))
    moment = wall.replace(tzinfo=zone).astimezone(dt.UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    return _end_of_gap(wall, zone)


def _end_of_gap(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    # In a gap, fold 1 reads the wall time with the later offset: an instant before the change.
    low = wall.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)
    high = wall.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)
    before = low.astimezone(zone).utcoffset()
    while high - low > dt.timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def next_fire(
    after: dt.datetime,
    minute: int,
    zone: ZoneInfo,
    weekdays: int,
    skipped: Callable[[dt.date], bool] = lambda day: False,
) -> dt.datetime | None:
    """The first fire strictly after `after`; None when no day within two years is scheduled."""
    day = after.astimezone(zone).date() - _DAY
    for _ in range(_HORIZON):
        if is_workday(day, weekdays) and not skipped(day):
            moment = instant_of(day, minute, zone)
            # A date that the zone left out (Samoa, 30 December 2011) has no fire.
            if moment > after and moment.astimezone(zone).date() == day:
                return moment
        day += _DAY
    return None


def period_of(fire: dt.datetime, zone: ZoneInfo) -> str:
    """The period that a fire serves: its local date as an ISO text."""
    return fire.astimezone(zone).date().isoformat()


def week_of(day: dt.date) -> str:
    """The ISO week of a date, `2026-W47`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def boards_at(community: Community, moment: dt.datetime) -> tuple[str, ...]:
    """The periods of a community's boards for which an answer at this moment counts."""
    day = moment.astimezone(ZoneInfo(community.timezone)).date()
    seasons = (season.period for season in community.seasons if season.covers(moment))
    return ("all", f"{day:%Y-%m}", week_of(day), *seasons)
