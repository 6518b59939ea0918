"""What admins do with schedules: make, pause, resume, skip, post, reveal, try, remove."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import wording
from bot.messages import Form, FormErrors, Notice, Reply, Tone
from bot.messages.codec import whole
from bot.model.people import Channel
from bot.model.study import (
    Community,
    RevealPolicy,
    Round,
    RoundState,
    Schedule,
    ScheduleKind,
    ScheduleState,
)
from bot.storage import people, posts, rounds, schedules
from bot.tutor import closing, schedule_form, schedule_words
from bot.tutor import rounds as cards
from bot.tutor.healing.holding import held_from
from bot.tutor.opening import following
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.timetable import period_of
from bot.tutor.tutor import Tutor
from bot.wording.speech import _

MONDAY = 0b0000001


def form(tutor: Tutor, who: Who, about: str) -> Form:
    """The form for a new schedule in the caller's channel."""
    if who.caller.channel is None:
        raise RefusalError(_("Use this in the channel where I should post."))
    zone = who.caller.person.timezone or who.community.timezone
    return schedule_form.blank(zone, about or who.caller.channel.id)


async def save(tutor: Tutor, who: Who, about: str, values: Mapping[str, str]) -> Reply:
    """Make the schedule that a form describes, or say what is wrong with it."""
    plan, errors = schedule_form.read(tutor.bank, values)
    if errors:
        return Reply(FormErrors(errors))
    channel = Channel(who.community.platform, who.community.external, about or here(who).id)
    number = await tutor.store.write(
        lambda db: create(db, who.community, channel, plan, who.learner.id, who.now)
    )
    made = await find(tutor, who, number)
    tutor.faces.forget()
    tutor.wake()
    return Reply(
        Notice(
            _("Schedule {number} is on. {describe}").format(
                number=number, describe=schedule_words.describe(tutor.bank, made)
            ),
            Tone.GOOD,
            schedule_words.buttons(number),
        )
    )


def create(
    db: Connection,
    community: Community,
    channel: Channel,
    plan: schedule_form.Plan,
    created_by: int | None,
    now: dt.datetime,
) -> int:
    """Insert a question schedule, and the community's weekly board when it has none; return its number."""
    existing = schedules.schedules_of(db, community.id)
    if not existing:
        people.set_community(db, community.id, {"timezone": plan.timezone})
    number = _insert(db, community, channel, plan, ScheduleKind.QUESTION, created_by, now)
    if not any(schedule.kind is ScheduleKind.BOARD for schedule in existing):
        _insert(db, community, channel, plan, ScheduleKind.BOARD, created_by, now)
    return number


def _insert(
    db: Connection,
    community: Community,
    channel: Channel,
    plan: schedule_form.Plan,
    kind: ScheduleKind,
    created_by: int | None,
    now: dt.datetime,
) -> int:
    values = {
        "community_id": community.id,
        "channel": channel.id,
        "kind": kind,
        "minute": plan.minute,
        "timezone": plan.timezone,
        "weekdays": MONDAY if kind is ScheduleKind.BOARD else plan.weekdays,
        "exam": plan.exam,
        "topics": plan.topics,
        "window_minutes": plan.window_minutes,
        "reveal": RevealPolicy.AT_CLOSE,
        "settings": {},
        "state": ScheduleState.ACTIVE,
        "reason": "",
        "created_by": created_by,
    }
    number = schedules.add_schedule(db, values)
    made = schedules.find_schedule(db, number)
    assert made is not None
    schedules.advance_schedules(db, {number: following(made, now)})
    return number


async def set_state(tutor: Tutor, who: Who, number: int, state: ScheduleState) -> Reply:
    """Pause, resume or remove a schedule."""
    schedule = await find(tutor, who, number)
    values: dict[str, object] = {"state": state, "reason": ""}
    if state is ScheduleState.ACTIVE:
        values["next_fire_at"] = following(schedule, who.now)
    await tutor.store.write(lambda db: schedules.set_schedule(db, number, values))
    tutor.wake()
    return Reply(Notice(wording.schedule_is_now(state, number), Tone.GOOD))


async def skip(tutor: Tutor, who: Who, number: int) -> Reply:
    """Leave out the next day on which a schedule would fire."""
    schedule = await find(tutor, who, number)
    if schedule.next_fire_at is None:
        raise RefusalError(_("Schedule {number} has nothing to skip.").format(number=number))
    day = schedule.next_fire_at.astimezone(ZoneInfo(schedule.timezone)).date()
    kept = [old for old in schedule.settings.get("skip", "").split() if old >= who.now.date().isoformat()]
    settings = {**schedule.settings, "skip": " ".join([*kept, day.isoformat()])}
    moment = following(schedule_form.with_settings(schedule, settings), schedule.next_fire_at)
    values = {"settings": settings, "next_fire_at": moment}
    await tutor.store.write(lambda db: schedules.set_schedule(db, number, values))
    return Reply(Notice(wording.day_skipped(number, day), Tone.GOOD))


async def post_now(tutor: Tutor, who: Who, number: int) -> Reply:
    """Post today's question at once, unless it has been posted already."""
    schedule = await find(tutor, who, number)
    if schedule.state is not ScheduleState.ACTIVE:
        raise RefusalError(
            _("Schedule {number} is paused; use /schedule resume {number} first.").format(number=number)
        )
    day = period_of(who.now, ZoneInfo(schedule.timezone))
    key = f"{schedule.kind}:{number}:{day}"
    if await tutor.store.write(lambda db: posts.revive_post(db, key, who.now)):
        tutor.wake()
        return Reply(Notice(_("Today's post is on its way again."), Tone.GOOD))
    if await tutor.store.read(lambda db: posts.state_of(db, key)) is not None:
        raise RefusalError(_("Today's post is there already; there is one a day."))
    await tutor.store.write(lambda db: schedules.set_schedule(db, number, {"next_fire_at": who.now}))
    tutor.wake()
    return Reply(Notice(wording.on_its_way(schedule.kind is ScheduleKind.BOARD), Tone.GOOD))


async def reveal_now(tutor: Tutor, who: Who, number: int) -> Reply:
    """Close the open question of a schedule before its time."""
    await find(tutor, who, number)
    latest = await tutor.store.read(lambda db: rounds.latest_rounds(db, who.community.id, 50))
    open_ = [r for r in latest if r.schedule_id == number and r.state is RoundState.OPEN]
    if not open_:
        raise RefusalError(_("Schedule {number} has no open question.").format(number=number))
    for round_ in open_:
        await closing.close_now(tutor, round_.id)
    follows = any(round_.reveal is RevealPolicy.AT_CLOSE for round_ in open_)
    return Reply(
        Notice(
            _("The round is closed; the key follows.") if follows else _("The round is closed."), Tone.GOOD
        )
    )


async def sample(tutor: Tutor, who: Who, number: int) -> Reply:
    """A question as the schedule would post it, for the caller's eyes only."""
    from bot.learning import rotation

    schedule = await question_schedule(tutor, who, number)
    held = await held_from(tutor, who)
    chosen = rotation.choose(tutor.decks.of(schedule.exam, schedule.topics), {}, "", tutor.rng, held)
    if chosen is None:
        raise RefusalError(wording.empty_bank())
    round_ = Round(
        0, number, who.community.id, schedule.channel, chosen.question_id, "", tutor.seed(),
        schedule.reveal, RoundState.CLAIMED, schedule.window_minutes,
    )  # fmt: skip
    return Reply(schedule_form.preview(cards.card(tutor.bank, round_)))


def number_of(about: str) -> int:
    """The number of a schedule in a button or form, 0 for none."""
    return whole(about) or 0


async def find(tutor: Tutor, who: Who, number: int) -> Schedule:
    """A schedule of the caller's community, or a refusal."""
    found = await tutor.store.read(lambda db: schedules.find_schedule(db, number))
    if found is None or found.community.id != who.community.id or found.state is ScheduleState.REMOVED:
        raise RefusalError(wording.no_schedule(number))
    return found


async def question_schedule(tutor: Tutor, who: Who, number: int) -> Schedule:
    """A schedule of questions, or a refusal."""
    schedule = await find(tutor, who, number)
    if schedule.kind is ScheduleKind.BOARD:
        raise RefusalError(
            _("Schedule {number} posts the leaderboard; this is for schedules of questions.").format(
                number=number
            )
        )
    return schedule


def here(who: Who) -> Channel:
    """The caller's channel, or a refusal."""
    if who.caller.channel is None:
        raise RefusalError(_("Use this in the channel where I should post."))
    return who.caller.channel
