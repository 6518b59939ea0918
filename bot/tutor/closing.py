"""Rounds whose window is over: closed in one transaction, which also plans the reveal and its reasons."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.model.study import RevealPolicy, Round
from bot.storage import nights, posts, rounds
from bot.storage.posts import PostKind
from bot.tutor import calendar, undecided, voting
from bot.tutor.tutor import Tutor

CHUNK = 500


async def close_due(tutor: Tutor) -> int:
    """Close all rounds that are over; return how many."""
    await undecided.enter_due(tutor)
    closed = 0
    while True:
        lags = await tutor.store.write(lambda db: _close(db, tutor.clock.now()))
        closed += len(lags)
        for lag in lags:
            tutor.metrics.late("round", lag)
        if len(lags) < CHUNK:
            return closed


async def close_now(tutor: Tutor, round_id: int) -> None:
    """Let one round close before its time, as soon as no answer to it is on its way."""

    def work(db: Connection) -> None:
        now = tutor.clock.now()
        rounds.end_round(db, round_id, now)
        undecided.hasten(db, round_id, now)

    await tutor.store.write(work)
    tutor.wake()


def _close(db: Connection, now: dt.datetime) -> list[float]:
    due = rounds.close_due_rounds(db, now, CHUNK)
    due = [*voting.open_second(db, due, now)]
    plan_reveal(db, due, now)
    nights.go_on(db, [int(round_.settings["night"]) for round_ in due if "night" in round_.settings], now)
    return [(now - round_.closes_at).total_seconds() for round_ in due if round_.closes_at]


def plan_reveal(db: Connection, closed: list[Round], now: dt.datetime) -> None:
    """Put the reveals of closed rounds into the outbox; planning twice changes nothing."""
    rows = [_row(round_, kind, now) for round_ in closed for kind in _kinds(round_)]
    posts.add_posts(db, rows)


def _kinds(round_: Round) -> tuple[PostKind, ...]:
    if round_.reveal is RevealPolicy.PRIVATE or voting.SECOND in round_.settings:
        return (PostKind.REVEAL,)
    return (PostKind.REVEAL, PostKind.EXPLANATION)


def _row(round_: Round, kind: PostKind, now: dt.datetime) -> dict[str, Any]:
    return {
        "key": f"{kind}:{round_.id}",
        "kind": kind.value,
        "community_id": round_.community_id,
        "channel": round_.channel.id,
        "schedule_id": round_.schedule_id,
        "round_id": round_.id,
        "created_at": now,
        "ready_at": calendar.loud_again(round_.settings, ZoneInfo(round_.settings.get("zone", "UTC")), now),
    }
