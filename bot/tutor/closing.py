"""Rounds whose window is over: closed in one transaction, which also plans the reveal and its reasons."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection

from bot.model.study import RevealPolicy, Round
from bot.storage import posts, rounds
from bot.storage.posts import PostKind
from bot.tutor.tutor import Tutor

CHUNK = 500


async def close_due(tutor: Tutor) -> int:
    """Close all rounds that are over; return how many."""
    closed = 0
    while True:
        some = await tutor.store.write(lambda db: _close(db, tutor.clock.now()))
        closed += some
        if some < CHUNK:
            return closed


async def close_now(tutor: Tutor, round_id: int) -> None:
    """Close one round before its time."""

    def work(db: Connection) -> None:
        round_ = rounds.find_round(db, round_id)
        if round_ is not None and round_.message is not None:
            rounds.close_round(db, round_id)
            plan_reveal(db, [round_], tutor.clock.now())

    await tutor.store.write(work)
    tutor.wake()


def _close(db: Connection, now: dt.datetime) -> int:
    due = rounds.close_due_rounds(db, now, CHUNK)
    plan_reveal(db, due, now)
    return len(due)


def plan_reveal(db: Connection, closed: list[Round], now: dt.datetime) -> None:
    """Put the reveals of closed rounds into the outbox; planning twice changes nothing."""
    rows = [_row(round_, kind, now) for round_ in closed for kind in _kinds(round_)]
    posts.add_posts(db, rows)


def _kinds(round_: Round) -> tuple[PostKind, ...]:
    if round_.reveal is RevealPolicy.PRIVATE:
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
        "ready_at": now,
    }
