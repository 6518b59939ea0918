"""Forms that make and change schedules."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from bot import wording
from bot.messages import Form, FormErrors, Notice, Reply, Tone
from bot.model.study import RevealPolicy
from bot.storage import schedules
from bot.tutor import schedule_form, schedule_words, scheduling
from bot.tutor.opening import following
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor
from bot.wording.speech import _


def setup(tutor: Tutor, who: Who, about: str) -> Form:
    """The two questions of a first schedule in the caller's channel."""
    return schedule_form.setup(about or scheduling.here(who).id)


async def save_setup(tutor: Tutor, who: Who, about: str, values: Mapping[str, str]) -> Reply:
    """Make the first schedule from two answers and the caller's own time zone and workdays."""
    days = ",".join(str(bit) for bit in range(7) if who.learner.workdays >> bit & 1)
    return await scheduling.save(
        tutor, who, about, {"timezone": who.learner.timezone, "weekdays": days, **values}
    )


async def edit(tutor: Tutor, who: Who, about: str) -> Form:
    """The form of a schedule as it is."""
    return schedule_form.filled(await scheduling.question_schedule(tutor, who, scheduling.number_of(about)))


async def save_edit(tutor: Tutor, who: Who, about: str, values: Mapping[str, str]) -> Reply:
    """Change a schedule as its form says."""
    schedule = await scheduling.question_schedule(tutor, who, scheduling.number_of(about))
    plan, errors = schedule_form.read(tutor.bank, values)
    if errors:
        return Reply(FormErrors(errors))
    changed: dict[str, Any] = {
        "minute": plan.minute, "timezone": plan.timezone, "weekdays": plan.weekdays, "exam": plan.exam,
        "topics": plan.topics, "window_minutes": plan.window_minutes,
    }  # fmt: skip
    moment = following(dataclasses.replace(schedule, **changed), who.now)
    await tutor.store.write(
        lambda db: schedules.set_schedule(db, schedule.id, {**changed, "next_fire_at": moment})
    )
    made = await scheduling.find(tutor, who, schedule.id)
    text = _("Schedule {id} is changed. {describe}").format(
        id=schedule.id, describe=schedule_words.describe(tutor.bank, made)
    )
    return Reply(Notice(text, Tone.GOOD, schedule_words.buttons(schedule.id)))


async def options(tutor: Tutor, who: Who, about: str) -> Form:
    """The form for what a new schedule takes for granted."""
    return schedule_form.options(await scheduling.question_schedule(tutor, who, scheduling.number_of(about)))


async def save_options(tutor: Tutor, who: Who, about: str, values: Mapping[str, str]) -> Reply:
    """Save the reveal policy, and whether confidence is asked and a second vote held."""
    schedule = await scheduling.find(tutor, who, scheduling.number_of(about))
    switches = {name: "on" if values.get(name) == "on" else "" for name in ("confidence", "second_vote")}
    settings = {**schedule.settings, **switches}
    reveal = RevealPolicy(values["reveal"]) if values.get("reveal") in set(RevealPolicy) else schedule.reveal
    changed = {"reveal": reveal, "settings": settings}
    await tutor.store.write(lambda db: schedules.set_schedule(db, schedule.id, changed))
    return Reply(Notice(wording.saved(), Tone.GOOD))
