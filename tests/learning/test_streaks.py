"""Streaks of workdays."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bot.learning.streaks import FREEZES_KEPT, Streak, advance, as_of, is_workday, missed
from bot.model.study import WORKWEEK

FRIDAY = dt.date(2026, 11, 20)
DAY = dt.timedelta(days=1)


def after(*days: dt.date, workdays: int = WORKWEEK) -> Streak:
    streak = Streak()
    for day in days:
        streak = advance(streak, day, workdays)
    return streak


def test_a_weekend_does_not_break_a_workday_streak() -> None:
    assert after(FRIDAY, FRIDAY + 3 * DAY).current == 2


def test_a_day_off_adds_nothing() -> None:
    assert after(FRIDAY, FRIDAY + DAY).current == 1


def test_a_missed_workday_breaks_a_streak_without_freezes() -> None:
    assert after(FRIDAY, FRIDAY + 4 * DAY).current == 1


def test_every_fifth_day_earns_a_freeze_that_forgives_one_missed_day() -> None:
    monday = dt.date(2026, 11, 16)
    week = after(*(monday + n * DAY for n in range(5)))
    assert (week.current, week.freezes) == (5, 1)
    forgiven = advance(week, monday + 8 * DAY, WORKWEEK)
    assert (forgiven.current, forgiven.freezes) == (6, 0)


def test_travelling_westward_repeats_a_date_and_changes_nothing() -> None:
    streak = after(FRIDAY)
    assert advance(streak, FRIDAY - DAY, WORKWEEK) == streak
    assert advance(streak, FRIDAY, WORKWEEK) == streak


def test_a_streak_is_shown_as_broken_once_too_much_was_missed() -> None:
    assert as_of(after(FRIDAY), FRIDAY + 3 * DAY, WORKWEEK).current == 1
    assert as_of(after(FRIDAY), FRIDAY + 4 * DAY, WORKWEEK).current == 0


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40), st.integers(1, 127))
def test_a_streak_never_exceeds_the_workdays_that_were_answered(days: list[int], workdays: int) -> None:
    dates = [FRIDAY + n * DAY for n in days]
    streak = after(*sorted(dates), workdays=workdays)
    answered = {date for date in dates if is_workday(date, workdays)}
    assert 0 <= streak.current <= streak.longest <= len(answered)
    assert 0 <= streak.freezes <= FREEZES_KEPT
    assert missed(streak, streak.last_day, workdays) == 0
