"""Quiz nights: live rounds in a channel, one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from bot.model.people import Channel
from bot.model.study import Attempt, Round
from bot.storage.attempts import attempt_of
from bot.storage.rounds import rounds_by_id
from bot.storage.tables import attempts, communities, learners, nights, rounds

RUNNING, ENDED = "running", "ended"
PAUSE = dt.timedelta(seconds=15)
"""Time to read the key before the next question."""


@dataclass(frozen=True, slots=True)
class Night:
    """A quiz night: so many rounds of so many seconds; `asked` counts those that have been posted."""

    id: int
    community_id: int
    channel: Channel
    topic: str
    rounds: int
    seconds: int
    bonus: bool
    asked: int
    state: str
    created_at: dt.datetime


def add_night(db: Connection, night: dict[str, object]) -> int:
    """Insert a night from column values and return its number."""
    return int(db.execute(insert(nights).values(night).returning(nights.c.id)).scalar_one())


def due_nights(db: Connection, now: dt.datetime, limit: int) -> list[Night]:
    """Running nights whose next step is due; on PostgreSQL locked, others skipped."""
    n = nights.c
    query = _query().where(n.state == RUNNING, n.next_at <= now).order_by(n.next_at).limit(limit)
    return [_night(row) for row in db.execute(query.with_for_update(of=nights, skip_locked=True))]


def find_night(db: Connection, night_id: int) -> Night | None:
    """A night by its number."""
    row = db.execute(_query().where(nights.c.id == night_id)).first()
    return None if row is None else _night(row)


def running_in(db: Connection, community_id: int, channel: str) -> Night | None:
    """The night that runs in a channel."""
    n = nights.c
    row = db.execute(
        _query().where(n.community_id == community_id, n.channel == channel, n.state == RUNNING)
    ).first()
    return None if row is None else _night(row)


def step(db: Connection, night_id: int, next_at: dt.datetime) -> None:
    """Note that one more question has been asked, and when to go on at the latest."""
    values = {"asked": nights.c.asked + 1, "next_at": next_at}
    db.execute(update(nights).where(nights.c.id == night_id).values(values))


def go_on(db: Connection, night_ids: Collection[int], now: dt.datetime) -> None:
    """Go on with nights whose round has closed, after a pause."""
    if night_ids:
        where = (nights.c.id.in_(night_ids), nights.c.state == RUNNING)
        db.execute(update(nights).where(*where).values(next_at=now + PAUSE))


def end_night(db: Connection, night_id: int) -> bool:
    """End a night; False when it has ended before."""
    where = (nights.c.id == night_id, nights.c.state == RUNNING)
    return db.execute(update(nights).where(*where).values(state=ENDED)).rowcount == 1


def answers_of(db: Connection, night: Night) -> tuple[dict[int, Round], list[tuple[str, bool, Attempt]]]:
    """The rounds of a night, and the answers within their windows: name, whether it may be shown, attempt."""
    r, a = rounds.c, attempts.c
    mine = select(r.id, r.settings).where(
        r.community_id == night.community_id, r.channel == night.channel.id, r.created_at >= night.created_at
    )
    mark = f'"night": "{night.id}"'
    ids = [row.id for row in db.execute(mine) if mark in row.settings]
    found = rounds_by_id(db, ids)
    given: list[tuple[str, bool, Attempt]] = []
    for number, round_ in found.items():
        query = select(attempts, learners.c.name, learners.c.visible).join(
            learners, learners.c.id == a.learner_id
        )
        rows = db.execute(query.where(a.month == round_.month, a.slot == f"r{number}", a.origin == "round"))
        given += [(row.name, row.visible, attempt_of(row)) for row in rows]
    return found, given


def _query() -> Select[Any]:
    c = communities.c
    return select(nights, c.platform, c.external).join(communities, nights.c.community_id == c.id)


def _night(row: Row[Any]) -> Night:
    return Night(
        row.id, row.community_id, Channel(row.platform, row.external, row.channel), row.topic, row.rounds,
        row.seconds, row.bonus, row.asked, row.state, row.created_at,
    )  # fmt: skip
