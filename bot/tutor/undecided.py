"""Picks of which nobody has said how sure they are: kept until the round closes, when they count as they are.

Each is a chore that is due at the close. Its name holds all that the answer needs, so it survives a restart.
Every replica enters the picks of a round before closing it; an answer counts once however often it is entered.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection

from bot.model.study import Community, Learner, Origin, Round
from bot.storage import chores, people, rounds
from bot.storage.group import BusyError
from bot.storage.patience import AwayError
from bot.tutor import showing
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.submission import Submission
from bot.tutor.tutor import Tutor

PREFIX = "pick:"
CHUNK = 500
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pick:
    """What somebody chose in a round, and when."""

    round_id: int
    learner_id: int
    community_id: int
    position: int
    at: dt.datetime

    @property
    def name(self) -> str:
        """The name of its chore."""
        return f"{self._begin}{self.community_id}:{self.position}:{int(self.at.timestamp())}"

    @property
    def _begin(self) -> str:
        return f"{PREFIX}{self.round_id}:{self.learner_id}:"

    def keep(self, db: Connection, round_: Round) -> None:
        """Remember it until the close in place of what the learner chose before."""
        chores.drop_chores(db, self._begin)
        chores.plan_chore(db, self.name, round_.closes_at or self.at + round_.window)


def pick_of(name: str) -> Pick:
    """The pick that a chore keeps."""
    round_id, learner_id, community_id, position, at = map(int, name.removeprefix(PREFIX).split(":"))
    return Pick(round_id, learner_id, community_id, position, dt.datetime.fromtimestamp(at, dt.UTC))


async def keep(tutor: Tutor, who: Who, round_id: int, position: int) -> bool:
    """Keep a pick until its round closes; False when the round has closed."""
    pick = Pick(round_id, who.learner.id, who.community.id, position, who.now)

    def work(db: Connection) -> bool:
        round_ = rounds.rounds_by_id(db, [round_id], hold=True).get(round_id)
        if round_ is None or not round_.takes_points(who.now):
            return False
        pick.keep(db, round_)
        return True

    return await tutor.store.write(work)


def hasten(db: Connection, round_id: int, now: dt.datetime) -> None:
    """Let what was picked in a round count now, because it closes before its time."""
    chores.hasten_chores(db, f"{PREFIX}{round_id}:", now)


async def enter_due(tutor: Tutor) -> None:
    """Enter the picks of rounds that are about to close as answers without sureness."""
    while names := await tutor.store.read(lambda db: chores.due_chores(db, PREFIX, tutor.clock.now(), CHUNK)):
        picks = [pick_of(name) for name in names]
        await asyncio.gather(*(_enter_or_leave_out(tutor, pick) for pick in picks))
        await tutor.store.write(lambda db, names=names: _drop(db, names))  # type: ignore[misc]


def _drop(db: Connection, names: list[str]) -> None:
    for name in names:
        chores.drop_chore(db, name)


async def _enter_or_leave_out(tutor: Tutor, pick: Pick) -> None:
    try:
        await _enter(tutor, pick)
    except (BusyError, AwayError):
        raise
    except Exception:  # a pick that cannot be entered must not keep every round from closing
        log.exception("pick_left_out", round=pick.round_id)


async def _enter(tutor: Tutor, pick: Pick) -> None:
    found = await tutor.store.read(lambda db: _known(db, pick))
    if found is None:
        return
    round_, learner, community = found
    bank = (await tutor.at(community.id)).bank
    try:
        item = showing.item_of(bank, round_.question_id, round_.seed)
    except RefusalError:
        return
    day = pick.at.astimezone(ZoneInfo(learner.timezone)).date()
    await tutor.commit(
        Submission(
            round_.slot, learner, community, item, showing.profile_of(bank, item), frozenset({pick.position}),
            Origin.ROUND, pick.at, day, round_id=round_.id, month=round_.month,
        )
    )  # fmt: skip


def _known(db: Connection, pick: Pick) -> tuple[Round, Learner, Community] | None:
    """The round, who picked and where; None when any of them is gone."""
    round_ = rounds.find_round(db, pick.round_id)
    learner = people.learners_by_id(db, [pick.learner_id]).get(pick.learner_id)
    community = people.community_by_id(db, pick.community_id)
    return (round_, learner, community) if round_ and learner and community else None
