"""What each post of the outbox says, built at the moment of saying it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from bot import wording
from bot.messages import Button, Message, Notice, QuestionCard, Tone
from bot.messages.acts import RunCommand
from bot.model.people import MessageRef, Person
from bot.model.study import Round, Schedule
from bot.storage import attempts, people, posts, rounds, schedules
from bot.storage.posts import Post, PostKind
from bot.tutor import nights, voting, weekly
from bot.tutor import rounds as cards
from bot.tutor.tutor import Tutor
from bot.wording.speech import _, speaking


async def message(tutor: Tutor, post: Post) -> tuple[Message | None, MessageRef | None]:
    """What a post says and the thread it belongs to; None when there is nothing to say any more."""
    tutor = await tutor.at(post.community_id)
    if post.kind is PostKind.BOARD:
        return await weekly.announcement(tutor, post.community_id, str(post.data["week"])), None
    if post.kind is PostKind.NIGHT:
        return await nights.results(tutor, int(post.data["night"])), None
    round_ = await _round(tutor, post)
    if round_ is None:
        return None, None
    if post.kind is PostKind.QUESTION:
        # The window begins when the post is confirmed, a moment from now.
        closes_at = tutor.clock.now() + round_.window
        return open_card(tutor, replace(round_, closes_at=closes_at)), None
    month, slot = round_.month, round_.slot
    given = await tutor.store.read(lambda db: attempts.distribution(db, month, slot))
    return cards.explanation(tutor.bank, round_, given), round_.message


async def reveal(tutor: Tutor, post: Post) -> tuple[MessageRef | None, Message | None]:
    """The closed round's post and what it becomes."""
    tutor = await tutor.at(post.community_id)
    round_ = await _round(tutor, post)
    if round_ is None:
        return None, None
    month, slot = round_.month, round_.slot
    given = await tutor.store.read(lambda db: attempts.distribution(db, month, slot))
    first = await voting.before(tutor, round_)
    return round_.message, cards.reveal(tutor.bank, round_, given, first)


def open_card(tutor: Tutor, round_: Round) -> QuestionCard:
    """The post of an open round with its present count."""
    return cards.card(tutor.bank, round_)


async def note_to(tutor: Tutor, post: Post) -> tuple[Person | None, Message]:
    """A note for one learner and their account on the post's platform, None when they have none there."""
    if post.learner_id is None:
        return None, _note_of(post)
    learner_id, platform = post.learner_id, post.channel.platform
    known = await tutor.store.read(lambda db: people.learners_by_id(db, [learner_id]))
    chosen = known[learner_id].settings.get("language") if learner_id in known else None
    with speaking(chosen or post.language):
        note = _note_of(post)
    accounts = await tutor.store.read(lambda db: people.accounts_of(db, learner_id, platform))
    own = [account for account in accounts if account.community == post.channel.community]
    return next(iter(own + accounts), None), note


def _note_of(post: Post) -> Notice:
    if post.kind is PostKind.REMINDER:
        return Notice(str(post.data["text"]), Tone.INFO, (Button(_("Review"), RunCommand("review")),))
    return Notice(str(post.data["text"]), Tone(post.data.get("tone", Tone.WARN)))


def tell_admin(db: Connection, paused: Sequence[int], reason: str, now: dt.datetime) -> None:
    """Tell whoever made the paused schedules of a channel, once a day at most, in one note."""
    made = [schedule for number in paused if (schedule := schedules.find_schedule(db, number))]
    told = next((schedule for schedule in made if schedule.created_by is not None), None)
    if told is None:
        return
    with speaking(_language(db, told)):
        text = wording.paused_for(paused, reason)
    _note(db, told, f"paused:{told.community.id}:{told.channel.id}:{now:%Y-%m-%d}", text, now)


def offer_again(db: Connection, post: Post, now: dt.datetime) -> None:
    """Tell whoever made a post's schedule that nobody knows whether it arrived, and how to post it again."""
    schedule = schedules.find_schedule(db, post.schedule_id or 0)
    if schedule is None or schedule.created_by is None:
        return
    with speaking(_language(db, schedule)):
        text = wording.unsure_of_post(schedule.id)
    _note(db, schedule, f"unknown:{post.id}", text, now)


def _language(db: Connection, schedule: Schedule) -> str:
    """What is spoken to whoever made a schedule."""
    made = people.learners_by_id(db, [schedule.created_by or 0]).values()
    return next((learner.settings.get("language", "") for learner in made), "") or schedule.community.language


def _note(db: Connection, schedule: Schedule, key: str, text: str, now: dt.datetime) -> None:
    row = {
        "key": key,
        "kind": PostKind.NOTICE.value,
        "community_id": schedule.community.id,
        "channel": schedule.channel.id,
        "schedule_id": schedule.id,
        "learner_id": schedule.created_by,
        "data": {"text": text},
        "created_at": now,
        "ready_at": now,
    }
    posts.add_posts(db, [row])


async def _round(tutor: Tutor, post: Post) -> Round | None:
    number = post.round_id
    if number is None:
        return None
    return await tutor.store.read(lambda db: rounds.find_round(db, number))
