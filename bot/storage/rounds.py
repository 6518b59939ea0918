"""Rounds: opened, answered, closed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, insert, or_, select, update

from bot.model.people import Channel, MessageRef
from bot.model.study import RevealPolicy, Round, RoundState, month_of, window_of
from bot.storage.lookup import rows_by_key
from bot.storage.tables import communities, rounds

OPEN = RoundState.OPEN.value
CLOSED = RoundState.CLOSED.value


def _query() -> Select[Any]:
    c = communities.c
    return select(rounds, c.platform, c.external, c.language).join(communities, rounds.c.community_id == c.id)


def add_rounds(db: Connection, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rounds from column values and return their numbers, in order."""
    if not rows:
        return []
    statement = insert(rounds).returning(rounds.c.id, sort_by_parameter_order=True)
    return [row.id for row in db.execute(statement, rows)]


def add_second(
    db: Connection, round_id: int, settings: Mapping[str, str], window_minutes: int, now: dt.datetime
) -> int:
    """Insert a round that asks what another one asked, and return its number."""
    first = db.execute(select(rounds).where(rounds.c.id == round_id)).one()
    fresh = {"settings": json.dumps(settings), "window_minutes": window_minutes, "created_at": now,
             "state": RoundState.CLAIMED.value, "answered": 0, "correct": 0, "tallied": 0,
             "opened_at": None, "closes_at": None, "message": None, "thread": None}  # fmt: skip
    row = {name: value for name, value in first._mapping.items() if name != "id"}
    (number,) = add_rounds(db, [row | fresh])
    return number


def set_settings(db: Connection, round_id: int, settings: Mapping[str, str]) -> None:
    """Change what a round was told."""
    db.execute(update(rounds).where(rounds.c.id == round_id).values(settings=json.dumps(settings)))


def find_round(db: Connection, round_id: int) -> Round | None:
    """A round by its number."""
    return rounds_by_id(db, [round_id]).get(round_id)


def rounds_by_id(db: Connection, ids: Collection[int], *, hold: bool = False) -> dict[int, Round]:
    """The rounds with these numbers. With `hold` none of them is closed before the transaction ends."""
    query = _query().where(rounds.c.id.in_(ids))
    if hold:
        query = query.with_for_update(of=rounds, read=True, key_share=True)
    return {row.id: round_of(row) for row in db.execute(query)}


def open_round(db: Connection, round_id: int, ref: MessageRef, now: dt.datetime) -> None:
    """Note that a round's post is confirmed; its window starts now. Repeating it changes nothing."""
    r = rounds.c
    row = db.execute(select(r.window_minutes, r.settings).where(r.id == round_id)).one()
    window = window_of(row.window_minutes, json.loads(row.settings))
    values = {
        "state": OPEN,
        "opened_at": now,
        "closes_at": now + window,
        "message": ref.id,
        "thread": ref.thread,
    }
    claimed = RoundState.CLAIMED.value
    db.execute(update(rounds).where(r.id == round_id, r.state == claimed).values(values))


def close_due_rounds(db: Connection, now: dt.datetime, limit: int) -> list[Round]:
    """Close the rounds whose window is over and return them.

    On PostgreSQL rounds are left for later to which answers are just being entered, or whose post somebody is
    changing: nothing may be counted or shown as open after the close.
    """
    r = rounds.c
    due = select(r.id).where(r.state == OPEN, r.closes_at <= now, _untouched(now)).limit(limit)
    ids = [row.id for row in db.execute(due.with_for_update(skip_locked=True))]
    if ids:
        db.execute(update(rounds).where(r.id.in_(ids)).values(state=CLOSED))
    return list(rounds_by_id(db, ids).values())


def end_round(db: Connection, round_id: int, now: dt.datetime) -> None:
    """Let the window of an open round end now; it closes as others do."""
    r = rounds.c
    db.execute(
        update(rounds).where(r.id == round_id, r.state == OPEN, r.closes_at > now).values(closes_at=now)
    )


def count_answers(db: Connection, counts: Sequence[tuple[int, int, int]]) -> None:
    """Add (round, answers, right answers) to the rounds' counts."""
    if counts:
        r = rounds.c
        statement = update(rounds).where(r.id == bindparam("b_id"))
        added = {"answered": r.answered + bindparam("b_all"), "correct": r.correct + bindparam("b_right")}
        rows = [{"b_id": number, "b_all": all_, "b_right": right} for number, all_, right in sorted(counts)]
        db.execute(statement.values(added), rows)


def claim_tallies(
    db: Connection, now: dt.datetime, lease: dt.timedelta, limit: int, platforms: Collection[str]
) -> list[Round]:
    """Take open rounds of these platforms whose post shows an older count than there is; nobody else has them
    until the lease ends."""
    r = rounds.c
    places = select(communities.c.id).where(communities.c.platform.in_(platforms))
    stale = select(r.id).where(
        r.state == OPEN, r.answered != r.tallied, r.message.is_not(None), _untouched(now)
    )
    stale = stale.where(r.community_id.in_(places))
    # The weaker lock, for which no answer that is being entered has to wait.
    locked = stale.limit(limit).with_for_update(key_share=True, skip_locked=True)
    ids = [row.id for row in db.execute(locked)]
    if ids:
        db.execute(update(rounds).where(r.id.in_(ids)).values(tally_ends=now + lease))
    return list(rounds_by_id(db, ids).values())


def free_tallies(db: Connection, shown: Mapping[int, int | None]) -> None:
    """Give claimed rounds back, with the counts that their posts now show; None where the post is as it was."""
    statement = update(rounds).where(rounds.c.id == bindparam("b_id"))
    count = func.coalesce(bindparam("b_count", type_=rounds.c.tallied.type), rounds.c.tallied)
    rows = [{"b_id": number, "b_count": count} for number, count in sorted(shown.items())]
    if rows:
        db.execute(statement.values(tallied=count, tally_ends=None), rows)


def _untouched(now: dt.datetime) -> ColumnElement[bool]:
    return or_(rounds.c.tally_ends.is_(None), rounds.c.tally_ends <= now)


def history_of(
    db: Connection, channels: Collection[tuple[int, str]]
) -> dict[tuple[int, str], list[tuple[int, str, str]]]:
    """What channels, given as (community, channel), were asked: (round, question, topic), oldest first."""
    history: dict[tuple[int, str], list[tuple[int, str, str]]] = {}
    needed = ("id", "community_id", "channel", "question_id", "topic")
    for row in rows_by_key(db, rounds, "community_id", "channel", channels, order="id", only=needed):
        history.setdefault((row.community_id, row.channel), []).append((row.id, row.question_id, row.topic))
    return history


def closed_between(db: Connection, community_id: int, begins: dt.datetime, ends: dt.datetime) -> list[Round]:
    """A community's rounds that were made in a stretch of time and have closed."""
    r = rounds.c
    query = _query().where(r.community_id == community_id, r.state == CLOSED)
    return [round_of(row) for row in db.execute(query.where(r.created_at >= begins, r.created_at < ends))]


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
        month=month_of(row.created_at),
        language=row.language,
    )
