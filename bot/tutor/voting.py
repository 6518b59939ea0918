"""Peer instruction: when opinions are split, the key waits, people talk, and everybody votes again.

Source of the bounds: Crouch and Mazur, "Peer Instruction: Ten years of experience and results", American
Journal of Physics 69 (2001): discussion brings most when some 35 to 70 % were right at first.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from sqlalchemy import Connection

from bot import wording
from bot.messages import Notice, Reply, Tone
from bot.model.knowledge import Item
from bot.model.study import Origin, RevealPolicy, Round, RoundState, Schedule
from bot.storage import posts, rounds
from bot.storage.posts import PostKind
from bot.tutor import showing
from bot.tutor.answering import Outcome
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor

SPLIT = (0.35, 0.70)
LEAST_VOTES = 4
TALK_MINUTES = 60
TWICE = "vote"
FIRST, SECOND = "first", "second"


def settings_of(schedule: Schedule) -> dict[str, str]:
    """What a round of this schedule is told about votes."""
    votes = schedule.settings.get("second_vote") == "on" and schedule.reveal is RevealPolicy.AT_CLOSE
    return {TWICE: "on"} if votes else {}


def open_second(db: Connection, closed: list[Round], now: dt.datetime) -> list[Round]:
    """Plan a second vote for each of the closed rounds whose votes were split; return all as they are now."""
    return [_with_second(db, round_, now) if _is_split(round_) else round_ for round_ in closed]


def _with_second(db: Connection, round_: Round, now: dt.datetime) -> Round:
    minutes = min(TALK_MINUTES, round_.window_minutes)
    second = rounds.add_second(db, round_.id, {FIRST: str(round_.id)}, minutes, now)
    settings = {**round_.settings, SECOND: str(second)}
    rounds.set_settings(db, round_.id, settings)
    posts.add_posts(db, [_row(round_, second, now)])
    return dataclasses.replace(round_, settings=settings)


async def current(tutor: Tutor, round_: Round) -> Round:
    """The round that a press on this one means: the second vote once there is one."""
    if TWICE not in round_.settings:
        return round_
    fresh = await _find(tutor, round_.id)
    return await _find(tutor, int(fresh.settings[SECOND])) if SECOND in fresh.settings else fresh


async def _find(tutor: Tutor, number: int) -> Round:
    found = await tutor.store.read(lambda db: rounds.find_round(db, number))
    if found is None:
        raise RefusalError(wording.unknown_round())
    return found


async def before(tutor: Tutor, round_: Round) -> Round | None:
    """The first vote of a second one, None for a round of any other kind."""
    return await _find(tutor, int(round_.settings[FIRST])) if is_second(round_) else None


def is_second(round_: Round) -> bool:
    """Whether a round is a second vote."""
    return FIRST in round_.settings


def is_withheld(round_: Round) -> bool:
    """Whether nobody may learn the key of a round yet, not even who answered it."""
    return TWICE in round_.settings and round_.state is not RoundState.CLOSED


def taken(item: Item, outcome: Outcome, *, replace: bool = False) -> Reply:
    """The answer to a vote whose key is withheld."""
    letters = showing.letters_of(item, outcome.attempt.picks)
    if outcome.attempt.origin is Origin.LATE:
        return Reply(Notice(wording.vote_over(), Tone.WARN), replace=replace)
    say = wording.vote_taken if outcome.fresh else wording.voted
    return Reply(Notice(say(letters), Tone.GOOD if outcome.fresh else Tone.INFO), replace=replace)


def _is_split(round_: Round) -> bool:
    if TWICE not in round_.settings or round_.answered < LEAST_VOTES:
        return False
    low, high = SPLIT
    return low <= round_.correct / round_.answered <= high


def _row(round_: Round, second: int, now: dt.datetime) -> dict[str, object]:
    return {
        "key": f"vote:{round_.id}",
        "kind": PostKind.QUESTION.value,
        "community_id": round_.community_id,
        "channel": round_.channel.id,
        "schedule_id": round_.schedule_id,
        "round_id": second,
        "created_at": now,
        "ready_at": now,
    }
