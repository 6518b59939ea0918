"""Which questions are kept from being asked, in one community or everywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from bot.storage.tables import question_states
from bot.storage.upsert import put

EVERYWHERE = 0
"""The number that stands for all communities; no community has it."""


class QuestionState(StrEnum):
    """What was decided about a question. One that nobody decided about is asked."""

    QUARANTINED = "quarantined"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Decision:
    """A question's state, and since when it holds."""

    state: QuestionState
    since: dt.datetime


def decision_on(db: Connection, community_id: int, question_id: str) -> Decision | None:
    """What was decided in a community, or with EVERYWHERE for all of them."""
    q = question_states.c
    query = select(q.state, q.since).where(q.community_id == community_id, q.question_id == question_id)
    row = db.execute(query).first()
    return None if row is None else Decision(QuestionState(row.state), row.since)


def decide(
    db: Connection, community_id: int, question_id: str, state: QuestionState, now: dt.datetime
) -> bool:
    """Put a question into a state; False when it is in that state already."""
    before = decision_on(db, community_id, question_id)
    if before is not None and before.state is state:
        return False
    row = {"community_id": community_id, "question_id": question_id, "state": state.value, "since": now}
    put(db, question_states, [row])
    return True


def quarantined(db: Connection, communities: Collection[int]) -> dict[int, frozenset[str]]:
    """The questions that may not be asked, by community; those that may be asked nowhere are in each."""
    q = question_states.c
    where = (q.community_id.in_([EVERYWHERE, *communities]), q.state == QuestionState.QUARANTINED.value)
    found: dict[int, set[str]] = {number: set() for number in (EVERYWHERE, *communities)}
    for row in db.execute(select(q.community_id, q.question_id).where(*where)):
        found[row.community_id].add(row.question_id)
    return {number: frozenset(found[number] | found[EVERYWHERE]) for number in communities}
