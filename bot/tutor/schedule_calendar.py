"""A schedule's calendar: holidays, quiet hours, catching up, and the posts that are to come."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot import wording
from bot.messages import (
    Button,
    Choice,
    Form,
    FormErrors,
    Notice,
    Reply,
    Section,
    Sheet,
    Table,
    TextField,
    Tone,
)
from bot.messages.acts import OpenForm, SubmitForm
from bot.model.study import Schedule, ScheduleKind, ScheduleState
from bot.storage import schedules
from bot.tutor import calendar, schedule_words, scheduling
from bot.tutor.opening import following
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor
from bot.wording.speech import _

AHEAD = 10
LONGEST = dt.timedelta(days=120)


async def form(tutor: Tutor, who: Who, about: str) -> Form:
    """The form of a schedule's calendar."""
    schedule = await scheduling.find(tutor, who, scheduling.number_of(about))
    settings = schedule.settings
    return Form(
        SubmitForm("calendar", str(schedule.id)),
        wording.calendar_title(schedule.id),
        (
            TextField(
                "holidays", wording.holidays_label(), settings.get("holidays", ""),
                placeholder="DE-BY", hint=wording.holidays_hint(), limit=8,
            ),
            TextField(
                "quiet", wording.quiet_label(), settings.get("quiet", ""),
                placeholder="20:00-07:00", hint=wording.quiet_hint(), limit=16,
            ),
            Choice("catch_up", wording.catch_up_label(), wording.catch_up_choices(), settings.get("catch_up", ""),
                   required=False),
        ),
        submit_label=_("Save"),
    )  # fmt: skip


async def save(tutor: Tutor, who: Who, about: str, values: Mapping[str, str]) -> Reply:
    """Save it, or say what is wrong."""
    schedule = await scheduling.find(tutor, who, scheduling.number_of(about))
    place, quiet = calendar.place_of(values.get("holidays", "")), calendar.hours_of(values.get("quiet", ""))
    errors: dict[str, str] = {}
    if place is None:
        errors["holidays"] = wording.bad_holidays(values["holidays"])
    if quiet is None:
        errors["quiet"] = wording.bad_quiet(values["quiet"])
    if values.get("catch_up", "") not in dict(wording.catch_up_choices()):
        errors["catch_up"] = wording.choose_one()
    if errors:
        return Reply(FormErrors(errors))
    chosen = {"holidays": place or "", "quiet": quiet or "", "catch_up": values.get("catch_up", "")}
    settings = {**schedule.settings, **chosen}
    changed = {"settings": settings, "next_fire_at": _next(schedule, settings, who.now)}
    await tutor.store.write(lambda db: schedules.set_schedule(db, schedule.id, changed))
    return await preview(tutor, who, schedule.id)


async def preview(tutor: Tutor, who: Who, number: int) -> Reply:
    """The next posts of a schedule: when, and of what; the questions stay hidden."""
    schedule = await scheduling.find(tutor, who, number)
    zone = ZoneInfo(schedule.timezone)
    fires = coming(schedule, who.now)
    if not fires:
        return Reply(Notice(wording.nothing_coming(number), Tone.WARN))
    what = schedule_words.what(tutor.bank, schedule)
    rows = tuple((wording.day_and_time(fire.astimezone(zone)), what) for fire in fires)
    left = _left_out(schedule, who.now.astimezone(zone).date(), fires[-1].astimezone(zone).date())
    title = wording.next_posts(schedule.kind is ScheduleKind.BOARD)
    table = Table((wording.when(), wording.what()), rows)
    sections = [Section(title, (wording.times_in(schedule.timezone),), table=table)]
    if left:
        sections.append(Section(wording.left_out(), lines=left))
    button = Button(wording.calendar_button(), OpenForm("calendar", str(number)))
    lead = wording.while_paused(number) if schedule.state is ScheduleState.PAUSED else ""
    return Reply(Sheet(wording.preview_title(number), lead, tuple(sections), buttons=(button,)))


def coming(schedule: Schedule, now: dt.datetime) -> list[dt.datetime]:
    """The next ten fires of a schedule."""
    fires: list[dt.datetime] = []
    after = now
    while len(fires) < AHEAD and (fire := following(schedule, after)) is not None:
        fires.append(fire)
        after = fire
    return fires


def _left_out(schedule: Schedule, first: dt.date, last: dt.date) -> tuple[str, ...]:
    """The days up to the last preview that would be posts but for holidays and skips."""
    lines = []
    day = first
    while day <= min(last, first + LONGEST):
        if schedule.weekdays >> day.weekday() & 1 and calendar.left_out(schedule.settings)(day):
            place = schedule.settings.get("holidays", "")
            lines.append(wording.day_left_out(day, calendar.holiday(place, day) if place else ""))
        day += dt.timedelta(days=1)
    return tuple(lines)


def _next(schedule: Schedule, settings: Mapping[str, str], now: dt.datetime) -> dt.datetime | None:
    return following(dataclasses.replace(schedule, settings=settings), now)
