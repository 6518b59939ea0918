"""What learners set for themselves."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot import wording
from bot.messages import Choice, Form, FormErrors, Notice, Reply, Switch, TextField, Tone
from bot.messages.acts import SubmitForm
from bot.storage import people
from bot.tutor.people import Who, valid_zone
from bot.tutor.schedule_form import mask
from bot.tutor.timetable import next_fire
from bot.tutor.tutor import Tutor
from bot.wording.speech import LANGUAGES, _, speak

HOURS = range(6, 23)


def form(who: Who) -> Form:
    """The caller's settings."""
    learner = who.learner
    days = tuple((str(bit), name) for bit, name in enumerate(wording.weekdays()))
    chosen = ",".join(str(bit) for bit in range(7) if learner.workdays >> bit & 1)
    return Form(
        SubmitForm("settings"),
        _("Your settings"),
        (
            TextField("timezone", _("Time zone"), learner.timezone, placeholder="Europe/Berlin", required=True, limit=64),
            Choice("workdays", _("Days that count for your streak"), days, chosen, many=True),
            Choice("remind", _("Remind me of due reviews"), _hours(), learner.settings.get("remind", ""), required=False),
            Choice("language", _("Language"), _languages(), learner.settings.get("language", ""), required=False),
            Switch("visible", _("Show me on leaderboards"), learner.visible),
        ),
        submit_label=_("Save"),
    )  # fmt: skip


def _hours() -> tuple[tuple[str, str], ...]:
    at = _("At {hour}:00 by a direct message")
    return (("", _("No reminder")), *((str(hour), at.format(hour=f"{hour:02d}")) for hour in HOURS))


def _languages() -> tuple[tuple[str, str], ...]:
    return (("", _("As this place")), *LANGUAGES.items())


async def set_language(tutor: Tutor, who: Who, language: str) -> Reply:
    """Speak another language to a community."""
    await tutor.store.write(lambda db: people.set_community(db, who.community.id, {"language": language}))
    tutor.faces.forget()
    speak(who.learner.settings.get("language") or language)
    return Reply(Notice(wording.saved(), Tone.GOOD))


async def save(tutor: Tutor, who: Who, values: Mapping[str, str]) -> Reply:
    """Save them, or say what is wrong."""
    errors: dict[str, str] = {}
    zone = valid_zone(values.get("timezone", "").strip())
    if zone is None:
        errors["timezone"] = wording.bad_zone(values.get("timezone", ""))
    workdays = mask(values.get("workdays", ""))
    if not workdays:
        errors["workdays"] = _("Choose at least one day.")
    hour = values.get("remind", "")
    if hour not in dict(_hours()):
        errors["remind"] = _("Choose an hour, or no reminder.")
    language = values.get("language", "")
    if language not in dict(_languages()):
        errors["language"] = _("Choose one of the languages.")
    if errors:
        return Reply(FormErrors(errors))
    chosen = {**who.learner.settings, "remind": hour, "language": language}
    speak(language or who.community.language)
    if zone != who.learner.timezone:
        chosen["zone"] = "chosen"
    changed = {
        "remind_at": next_fire(who.now, int(hour) * 60, ZoneInfo(zone or "UTC"), workdays) if hour else None,
        "settings": chosen,
        "timezone": zone,
        "workdays": workdays,
        "visible": values.get("visible") == "on",
    }
    await tutor.store.write(lambda db: people.set_learner(db, who.learner.id, changed))
    tutor.faces.forget()
    return Reply(Notice(wording.saved(), Tone.GOOD))
