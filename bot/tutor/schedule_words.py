"""Schedules as people read them: in a sentence, in a list, with what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot import wording
from bot.bank.bank import Bank
from bot.messages import Button, Reply, Section, Sheet, Table
from bot.messages.acts import OpenForm, RunCommand
from bot.model.people import Channel
from bot.model.study import WORKWEEK, Schedule, ScheduleKind, ScheduleState
from bot.storage import schedules
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor
from bot.wording.speech import _, date


async def listing(tutor: Tutor, who: Who) -> Reply:
    """All schedules of the caller's community."""
    found = await tutor.store.read(lambda db: schedules.schedules_of(db, who.community.id))
    if not found:
        button = Button(
            _("Add a schedule"), OpenForm("schedule", who.caller.channel.id if who.caller.channel else "")
        )
        return Reply(Sheet(_("Schedules"), _("There are none yet."), buttons=(button,)))
    table = _table(tutor.bank, found, who.caller.channel)
    reasons = tuple(f"{s.id}: {_(s.reason)}" for s in found if s.reason and s.state is ScheduleState.PAUSED)
    return Reply(Sheet(_("Schedules"), sections=(Section(table=table, lines=reasons),)))


def _table(bank: Bank, found: Sequence[Schedule], here: Channel | None) -> Table:
    """A row for each schedule; where they post is said when that is not the same for all."""
    columns = (_("No."), _("What"), _("When"), _("State"), _("Next post"))
    rows = tuple((str(s.id), what(bank, s), _when(s), _state(s), _next_text(s)) for s in found)
    if len({schedule.channel.id for schedule in found}) == 1:
        return Table(columns, rows)
    places = [_("here") if schedule.channel == here else schedule.channel.id for schedule in found]
    return Table(
        (*columns, _("Where")), tuple((*row, place) for row, place in zip(rows, places, strict=True))
    )


def describe(bank: Bank, schedule: Schedule) -> str:
    """A schedule in a sentence."""
    return _("{what}, {when}; next: {next}.").format(
        what=what(bank, schedule), when=_when(schedule), next=_next_text(schedule)
    )


def what(bank: Bank, schedule: Schedule) -> str:
    """What a schedule posts."""
    if schedule.kind is ScheduleKind.BOARD:
        return _("Weekly leaderboard")
    if schedule.topics:
        return ", ".join(bank.topics[slug].name for slug in schedule.topics if slug in bank.topics)
    return bank.exams[schedule.exam].code if schedule.exam in bank.exams else _("All topics")


def _when(schedule: Schedule) -> str:
    clock = f"{schedule.minute // 60:02d}:{schedule.minute % 60:02d}"
    days = [name for bit, name in enumerate(wording.weekdays("EEE")) if schedule.weekdays >> bit & 1]
    if schedule.weekdays == WORKWEEK:
        return _("{clock} workdays ({zone})").format(clock=clock, zone=schedule.timezone)
    if len(days) == 7:
        return _("{clock} daily ({zone})").format(clock=clock, zone=schedule.timezone)
    return f"{clock} {' '.join(days)} ({schedule.timezone})"


def _state(schedule: Schedule) -> str:
    return _("active") if schedule.state is ScheduleState.ACTIVE else _("paused")


def _next_text(schedule: Schedule) -> str:
    if schedule.next_fire_at is None or schedule.state is not ScheduleState.ACTIVE:
        return "–"
    moment = schedule.next_fire_at.astimezone(ZoneInfo(schedule.timezone))
    return f"{date(moment.date(), 'EEE dd MMM')} {moment:%H:%M}"


def buttons(number: int) -> tuple[Button, ...]:
    """What can be done with a schedule next."""
    return (
        Button(_("Post today's now"), RunCommand(f"schedule now {number}")),
        Button(_("Options"), OpenForm("options", str(number))),
        Button(wording.calendar_button(), OpenForm("calendar", str(number))),
        Button(_("All schedules"), RunCommand("schedule list")),
    )
