"""Words for settings, schedules and exams."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.model.knowledge import Exam
from bot.model.study import ScheduleState
from bot.wording.speech import _, both, date, plural


def paused_for(numbers: Sequence[int], reason: str) -> str:
    """To whoever made schedules that cannot go on."""
    return plural(
        "I paused schedule {numbers}: {reason} Put it right and use /schedule resume {first}.",
        "I paused schedules {numbers}: {reason} Put it right and use /schedule resume {first}.",
        len(numbers),
        numbers=both([str(number) for number in numbers]),
        reason=_(reason),
        first=numbers[0],
    )


def unsure_of_post(number: int) -> str:
    """To whoever made a schedule whose post may be missing."""
    return _(
        "I could not tell whether the post of schedule {id} arrived, so I did not repeat it. If "
        "it is missing today, /schedule now {id} posts it again."
    ).format(id=number)


def weekdays(form: str = "EEEE") -> tuple[str, ...]:
    """The names of the days, Monday first; `EEE` for short ones."""
    monday = dt.date(2024, 1, 1)
    return tuple(date(monday + dt.timedelta(days=n), form) for n in range(7))


def schedule_is_now(state: ScheduleState, number: int) -> str:
    """After pausing, resuming or removing a schedule."""
    texts = {
        ScheduleState.ACTIVE: _("Schedule {number} runs again."),
        ScheduleState.PAUSED: _("Schedule {number} is paused."),
        ScheduleState.REMOVED: _("Schedule {number} is removed."),
    }
    return texts[state].format(number=number)


def on_its_way(board: bool) -> str:
    """After asking for today's post at once."""
    if board:
        return _("Today's post is on its way. A week without answers posts nothing.")
    return _("Today's post is on its way.")


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


def exam_noted(exam: Exam, days: int | None) -> str:
    """After saying which exam it is to be, and in how many days if that is known."""
    if days is None:
        return _("Noted: {name} ({code}).").format(name=exam.name, code=exam.code)
    return plural(
        "Noted: {name} ({code}) in {n} day.",
        "Noted: {name} ({code}) in {n} days.",
        days,
        name=exam.name,
        code=exam.code,
    )


def calendar_title(number: int) -> str:
    """Above the form of a schedule's calendar."""
    return _("Calendar of schedule {number}").format(number=number)


def calendar_button() -> str:
    """Opens the form of a schedule's calendar."""
    return _("Holidays and quiet hours")


def holidays_label() -> str:
    """Above the field for holidays."""
    return _("Public holidays of")


def holidays_hint() -> str:
    """Below it."""
    return _("A country, or a part of one: DE, DE-BY, US-CA. Nothing is posted on its holidays.")


def quiet_label() -> str:
    """Above the field for quiet hours."""
    return _("Quiet hours")


def quiet_hint() -> str:
    """Below it."""
    return _("What comes late waits until they are over.")


def catch_up_label() -> str:
    """Above the choice of how late a post may come."""
    return _("After an outage")


def catch_up_choices() -> tuple[tuple[str, str], ...]:
    """How late a post may come, in hours; empty for the program's own setting."""
    return (
        ("", _("As usual here")),
        ("1", _("Post when at most 1 hour late")),
        ("6", _("Post when at most 6 hours late")),
        ("23", _("Post on the same day, however late")),
        ("0", _("Leave out what is late")),
    )


def bad_holidays(text: str) -> str:
    """A country that nobody knows."""
    return _("I know no holidays for “{text}”. Write a country as DE, or a part of one as DE-BY.").format(
        text=text[:20]
    )


def bad_quiet(text: str) -> str:
    """Hours that cannot be read."""
    return _("“{text}” are no hours. Write them as 20:00-07:00.").format(text=text[:20])


def choose_one() -> str:
    """A choice that is not on offer."""
    return _("Choose one of these.")


def nothing_coming(number: int) -> str:
    """A schedule without a future."""
    return _("Schedule {number} has nothing ahead.").format(number=number)


def preview_title(number: int) -> str:
    """Above the posts that are to come."""
    return _("What schedule {number} will post").format(number=number)


def next_posts(boards: bool) -> str:
    """Above their table, of questions or of weekly boards."""
    return _("The next posts") if boards else _("The next posts; their questions stay a surprise")


def while_paused(number: int) -> str:
    """Above the posts of a schedule that would come if it were not paused."""
    return _("It is paused: nothing is posted until /schedule resume {number}.").format(number=number)


def times_in(zone: str) -> str:
    """Which clock a schedule goes by."""
    return _("Times are those of {zone}.").format(zone=zone)


def when() -> str:
    """A column."""
    return _("When")


def what() -> str:
    """A column."""
    return _("What")


def left_out() -> str:
    """Above the days on which nothing is posted."""
    return _("Left out")


def day_and_time(moment: dt.datetime) -> str:
    """A moment of a schedule, in its own zone."""
    return f"{date(moment.date(), 'EEE d MMM')}, {moment:%H:%M}"


def day_left_out(day: dt.date, name: str) -> str:
    """A day on which nothing is posted, with the holiday's name if it is one."""
    return f"{date(day, 'EEE d MMM')}: {name or _('skipped')}"


def day_skipped(number: int, day: dt.date) -> str:
    """After leaving out the next day."""
    return _("Schedule {number} leaves out {day}.").format(number=number, day=date(day, "EEE d MMM"))
