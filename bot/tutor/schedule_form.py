"""The forms of a schedule, and how what is filled in is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot import wording
from bot.bank.bank import Bank
from bot.messages import Choice, Form, QuestionCard, Switch, TextField
from bot.messages.acts import SubmitForm
from bot.model.study import WORKWEEK, RevealPolicy, Schedule
from bot.tutor.people import valid_zone
from bot.wording.speech import _, plural

WINDOWS = (60, 240, 480, 1380)
DEFAULT_MINUTE = 9 * 60
DEFAULT_WINDOW = 480


@dataclass(frozen=True, slots=True)
class Plan:
    """When a question is posted, from what, and for how long it stays open."""

    minute: int = DEFAULT_MINUTE
    timezone: str = "UTC"
    weekdays: int = WORKWEEK
    exam: str = ""
    topics: tuple[str, ...] = ()
    window_minutes: int = DEFAULT_WINDOW


def blank(timezone: str, channel: str) -> Form:
    """The form of a new schedule for a channel."""
    return _form(
        SubmitForm("schedule", channel), _("A question every day"), Plan(timezone=timezone), _("Start")
    )


def filled(schedule: Schedule) -> Form:
    """The form of a schedule as it is."""
    plan = Plan(
        schedule.minute, schedule.timezone, schedule.weekdays, schedule.exam, schedule.topics, schedule.window_minutes
    )  # fmt: skip
    return _form(
        SubmitForm("edit", str(schedule.id)), _("Schedule {id}").format(id=schedule.id), plan, _("Save")
    )


def setup(channel: str) -> Form:
    """Two questions; all else is taken for granted and can be changed later."""
    return Form(
        SubmitForm("setup", channel),
        _("A question every workday"),
        _fields(Plan())[:1] + _fields(Plan())[3:4],
        intro=_(
            "Two answers and we can begin. Time zone and workdays are yours; /schedule edit changes everything."
        ),
        submit_label=_("Start"),
    )


def _form(submit: SubmitForm, title: str, plan: Plan, label: str) -> Form:
    intro = _("I post one question at this time, and the key when the round closes.")
    return Form(submit, title, _fields(plan), intro=intro, submit_label=label)


def _fields(plan: Plan) -> tuple[TextField | Choice, ...]:
    days = tuple((str(bit), name) for bit, name in enumerate(wording.weekdays()))
    chosen = ",".join(str(bit) for bit in range(7) if plan.weekdays >> bit & 1)
    clock = f"{plan.minute // 60:02d}:{plan.minute % 60:02d}"
    windows = sorted({*WINDOWS, plan.window_minutes})
    return (
        TextField("time", _("Time of day"), clock, placeholder="09:30", required=True, limit=5),
        TextField("timezone", _("Time zone"), plan.timezone, placeholder="Europe/Berlin", required=True, limit=64),
        Choice("weekdays", _("Days"), days, chosen, many=True),
        TextField(
            "questions", _("Questions from"), plan.exam or ", ".join(plan.topics) or "all",
            hint=_("all, an exam (dva, saa), or topics with commas between"),
        ),
        Choice("window", _("Open for"), tuple((str(m), _span(m)) for m in windows), str(plan.window_minutes)),
    )  # fmt: skip


def _span(minutes: int) -> str:
    if minutes % 60:
        return plural("{n} minute", "{n} minutes", minutes)
    return plural("{n} hour", "{n} hours", minutes // 60)


def options(schedule: Schedule) -> Form:
    """The form of a schedule's options."""
    policies = (
        (RevealPolicy.AT_CLOSE.value, _("Show the key in the channel when the round closes")),
        (RevealPolicy.PRIVATE.value, _("Keep the key private to those who answer")),
    )
    return Form(
        SubmitForm("options", str(schedule.id)),
        _("Options of schedule {id}").format(id=schedule.id),
        (
            Choice("reveal", _("At close"), policies, schedule.reveal.value),
            Switch(
                "confidence",
                _("Ask how sure people are"),
                schedule.settings.get("confidence") == "on",
                _("Sure but wrong comes back sooner."),
            ),
            Switch(
                "second_vote",
                _("Vote twice when opinions are split"),
                schedule.settings.get("second_vote") == "on",
                _("The key waits until the close. When 35 to 70 % were right, people talk and vote again."),
            ),
        ),
        submit_label=_("Save"),
    )


def read(bank: Bank, values: Mapping[str, str]) -> tuple[Plan, dict[str, str]]:
    """The plan that a form describes, and a sentence for each field that cannot be used."""
    errors: dict[str, str] = {}
    minute = parse_time(values.get("time", ""))
    if minute is None:
        errors["time"] = wording.bad_time(values.get("time", ""))
    zone = valid_zone(values.get("timezone", "").strip())
    if zone is None:
        errors["timezone"] = wording.bad_zone(values.get("timezone", ""))
    weekdays = mask(values.get("weekdays", ""))
    if not weekdays:
        errors["weekdays"] = _("Choose at least one day.")
    exam, topics, problem = parse_scope(bank, values.get("questions", ""))
    if problem:
        errors["questions"] = problem
    window = values.get("window", str(DEFAULT_WINDOW))
    if not (window.isascii() and window.isdigit() and len(window) < 6) or not 1 <= int(window) <= 10_000:
        errors["window"] = wording.bad_number(_("the window in minutes"), window, 1, 10_000)
    if errors:
        return Plan(), errors
    return Plan(minute or 0, zone or "UTC", weekdays, exam, topics, int(window)), {}


def parse_time(text: str) -> int | None:
    """Minutes after midnight of `9:30`, `09:30` or `9`; None for anything else."""
    found = re.fullmatch(r"\s*(\d{1,2})(?:[:.](\d{2}))?\s*", text)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def mask(text: str) -> int:
    """A bit mask of the weekdays in `0,1,4`."""
    days = {int(part) for part in text.split(",") if part.strip() in set("0123456")}
    return sum(1 << day for day in days)


def parse_scope(bank: Bank, text: str) -> tuple[str, tuple[str, ...], str]:
    """Exam and topics that are named in a text, and a sentence when something in it is unknown."""
    words = [part.strip() for part in text.split(",") if part.strip()]
    if not words or [word.casefold() for word in words] == ["all"]:
        return "", (), ""
    if len(words) == 1 and (exam := find_exam(bank, words[0])):
        return exam, (), ""
    if any(word.casefold() == "all" or find_exam(bank, word) for word in words):
        return "", (), _("Name all, or one exam, or topics with commas between, but no mixture of them.")
    topics: list[str] = []
    for word in words:
        match = bank.find_topic(word)
        if match.topic is None:
            return "", (), wording.unknown_topic(word, [topic.name for topic in match.suggestions])
        topics.append(match.topic.slug)
    return "", tuple(dict.fromkeys(topics)), ""


def find_exam(bank: Bank, text: str) -> str:
    """The slug of the exam named by its slug or code, empty for none."""
    wanted = text.strip().casefold()
    return next((e.slug for e in bank.exams.values() if wanted in (e.slug, e.code.casefold())), "")


def with_settings(schedule: Schedule, settings: Mapping[str, str]) -> Schedule:
    """The schedule with other settings."""
    return replace(schedule, settings=settings)


def preview(card: QuestionCard) -> QuestionCard:
    """A card to look at, without answer controls."""
    return replace(card, open=False, notes=(_("This is a sample; nothing was posted."),), answered=None)
