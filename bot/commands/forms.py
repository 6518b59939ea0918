"""Forms by name: how each is opened and what takes it in."""

from __future__ import annotations

from collections.abc import Mapping

from bot import wording
from bot.messages import Form, FormErrors, Reply, Upload
from bot.messages.acts import OpenForm, SubmitForm
from bot.tutor import reporting, schedule_calendar, schedule_changes, scheduling, settings
from bot.tutor.healing import auditing
from bot.tutor.packs import adding
from bot.tutor.people import Who, is_admin
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor

FOR_ADMINS = frozenset({"schedule", "setup", "edit", "options", "calendar", "pack"})


async def open_form(tutor: Tutor, who: Who, act: OpenForm) -> Form:
    """The form that a button opens."""
    await _admit(tutor, who, act.form)
    match act.form:
        case "settings":
            return settings.form(who)
        case "report":
            return await reporting.form(tutor, act.about)
        case "schedule":
            return scheduling.form(tutor, who, act.about)
        case "setup":
            return schedule_changes.setup(tutor, who, act.about)
        case "edit":
            return await schedule_changes.edit(tutor, who, act.about)
        case "options":
            return await schedule_changes.options(tutor, who, act.about)
        case "calendar":
            return await schedule_calendar.form(tutor, who, act.about)
        case "pack":
            return adding.form()
    raise RefusalError(wording.stale_button())


async def submit_form(
    tutor: Tutor, who: Who, act: SubmitForm, values: Mapping[str, str], files: Mapping[str, Upload]
) -> Reply:
    """Take a form in, and keep in the log what an admin did with it."""
    await _admit(tutor, who, act.form)
    if act.form == "pack":
        return await adding.save(tutor, who, values, files)
    reply = await _taken_in(tutor, who, act, values)
    if act.form in FOR_ADMINS and not isinstance(reply.message, FormErrors):
        await auditing.keep(tutor, who, f"form {act.form}", act.about)
    return reply


async def _taken_in(tutor: Tutor, who: Who, act: SubmitForm, values: Mapping[str, str]) -> Reply:
    match act.form:
        case "settings":
            return await settings.save(tutor, who, values)
        case "report":
            return await reporting.save(tutor, who, act.about, values)
        case "schedule":
            return await scheduling.save(tutor, who, act.about, values)
        case "setup":
            return await schedule_changes.save_setup(tutor, who, act.about, values)
        case "edit":
            return await schedule_changes.save_edit(tutor, who, act.about, values)
        case "options":
            return await schedule_changes.save_options(tutor, who, act.about, values)
        case "calendar":
            return await schedule_calendar.save(tutor, who, act.about, values)
    raise RefusalError(wording.stale_button())


async def _admit(tutor: Tutor, who: Who, form: str) -> None:
    if form in FOR_ADMINS and not await is_admin(tutor, who):
        raise RefusalError(wording.admins_only())
