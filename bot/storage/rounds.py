"""Rounds: opened, answered, closed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from bot.model.people import Channel, MessageRef
from bot.model.study import RevealPolicy, Round, RoundState
from bot.storage.lookup import rows_by_key
from bot.storage.tables import communities, rounds

OPEN = RoundState.OPEN.value
CLOSED = RoundState.CLOSED.value


def _query() -> Select[Any]:
    c = communities.c
    return select(rounds, c.platform, c.external).join(communities, rounds.c.community_id == c.id)


def add_rounds(db: Connection, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rounds from column values and return their numbers, in order."""
    if not rows:
        return []
    statement = insert(rounds).returning(rounds.c.id, sort_by_parameter_order=True)
    return [row.id for row in db.execute(statement, rows)]


def find_round(db: Connection, round_id: int) -> Round | None:
    """A round by its number."""
    return rounds_by_id(db, [round_id]).get(round_id)


def rounds_by_id(db: Connection, ids: Collection[int]) -> dict[int, Round]:
    """The rounds with these numbers."""
    return {row.id: round_of(row) for row in db.execute(_query().where(rounds.c.id.in_(ids)))}


def open_round(db: Connection, round_id: int, ref: MessageRef, now: dt.datetime) -> None:
    """Note that a round's post is confirmed; its window starts now. Repeating it changes nothing."""
    r = rounds.c
    window = db.execute(select(r.window_minutes).where(r.id == round_id)).scalar_one()
    values = {
        "state": OPEN,
        "opened_at": now,
        "closes_at": now + dt.timedelta(minutes=window),
        "message": ref.id,
        "thread": ref.thread,
    }
    claimed = RoundState.CLAIMED.value
    db.execute(update(rounds).where(r.id == round_id, r.state == claimed).values(values))


def close_due_rounds(db: Connection, now: dt.datetime, limit: int) -> list[Round]:
    """Close the rounds whose window is over and return them."""
    r = rounds.c
    due = select(r.id).where(r.state == OPEN, r.closes_at <= now).limit(limit)
    ids = [row.id for row in db.execute(due.with_for_update(skip_locked=True))]
    if ids:
        db.execute(update(rounds).where(r.id.in_(ids)).values(state=CLOSED))
    return list(rounds_by_id(db, ids).values())


def close_round(db: Connection, round_id: int) -> None:
    """Close a round before its time."""
    db.execute(update(rounds).where(rounds.c.id == round_id).values(state=CLOSED))


def count_answers(db: Connection, counts: Sequence[tuple[int, int, int]]) -> None:
    """Add (round, answers, right answers) to the rounds' counts."""
    if counts:
        r = rounds.c
        statement = update(rounds).where(r.id == bindparam("b_id"))
        added = {"answered": r.answered + bindparam("b_all"), "correct": r.correct + bindparam("b_right")}
        rows = [{"b_id": number, "b_all": all_, "b_right": right} for number, all_, right in sorted(counts)]
        db.execute(statement.values(added), rows)


def stale_tallies(db: Connection, limit: int) -> list[Round]:
    """Open rounds whose post shows an older count than there is."""
    r = rounds.c
    query = _query().where(r.state == OPEN, r.answered != r.tallied, r.message.is_not(None)).limit(limit)
    return [round_of(row) for row in db.execute(query)]


def mark_tallied(db: Connection, shown: Mapping[int, int]) -> None:
    """Note the counts that the posts now show, by round."""
    if shown:
        statement = update(rounds).where(rounds.c.id == bindparam("b_id")).values(tallied=bindparam("b_n"))
        db.execute(statement, [{"b_id": number, "b_n": count} for number, count in shown.items()])


def history_of(
    db: Connection, channels: Collection[tuple[int, str]]
) -> dict[tuple[int, str], list[tuple[int, str, str]]]:
    """What channels, given as (community, channel), were asked: (round, question, topic), oldest first."""
    history: dict[tuple[int, str], list[tuple[int, str, str]]] = {}
    for row in rows_by_key(db, rounds, "community_id", "channel", channels, order="id"):
        history.setdefault((row.community_id, row.channel), []).append((row.id, row.question_id, row.topic))
    return history


def latest_rounds(db: Connection, community_id: int, limit: int) -> list[Round]:
    """A community's newest posted rounds, newest first."""
    r = rounds.c
    query = _query().where(r.community_id == community_id, r.message.is_not(None))
    return [round_of(row) for row in db.execute(query.order_by(r.id.desc()).limit(limit))]


def round_of(row: Row[Any]) -> Round:
    """The round in a row of `rounds` joined with its community."""
    channel = Channel(row.platform, row.external, row.channel)
    return Round(
        id=row.id,
        schedule_id=row.schedule_id,
        community_id=row.community_id,
        channel=channel,
        question_id=row.question_id,
        question_version=row.question_version,
        seed=row.seed,
        reveal=RevealPolicy(row.reveal),
        state=RoundState(row.state),
        window_minutes=row.window_minutes,
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        message=MessageRef(channel, row.message, row.thread) if row.message else None,
        answered=row.answered,
        correct=row.correct,
        settings=json.loads(row.settings) if row.settings != "{}" else {},
    )
