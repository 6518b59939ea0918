"""Words for settings, schedules and exams."""

from __future__ import annotations

import datetime as dt

from bot.model.knowledge import Exam
from bot.wording.speech import _, date


def weekdays() -> tuple[str, ...]:
    """The names of the days, Monday first."""
    monday = dt.date(2024, 1, 1)
    return tuple(date(monday + dt.timedelta(days=n), "EEEE") for n in range(7))


def bad_zone(text: str) -> str:
    """A time zone that does not exist."""
    return _(
        "“{text}” is not a time zone I know. Use a name such as Europe/Berlin, America/New_York or UTC."
    ).format(text=text)


def bad_time(text: str) -> str:
    """A time of day that cannot be read."""
    return _("“{text}” is not a time of day. Write it as 09:30.").format(text=text)


def no_schedule(number: object) -> str:
    """A schedule that is not there."""
    return _("There is no schedule {number} here. /schedule list shows the ones there are.").format(
        number=number
    )


def exam_line(exam: Exam) -> str:
    """An exam in a list."""
    return f"{exam.code} ({exam.slug}): {exam.name}"
