"""The outbox: everything that the tutor wants to say first, once each, by a key that names it for ever.

A post is pending until it is sent, or gone (nobody can receive it), or unknown (its fate cannot be told
and the platform cannot be asked). Claiming a post hides it from others until its lease ends; only a
claimer that died leaves a lease to end, and then the post may have been sent, which `repeatable` says.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select, update

from bot.model.people import Channel
from bot.storage.tables import communities, posts
from bot.storage.upsert import insert_new


class PostKind(StrEnum):
    """What a post says."""

    QUESTION = "question"
    REVEAL = "reveal"
    EXPLANATION = "explanation"
    BOARD = "board"
    NOTICE = "notice"
    REMINDER = "reminder"
    NIGHT = "night"


class PostState(StrEnum):
    """What has become of a post."""

    PENDING = "pending"
    SENT = "sent"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Post:
    """A message to be. `tries` counts claims, this one included."""

    id: int
    key: str
    kind: PostKind
    community_id: int
    channel: Channel
    schedule_id: int | None
    round_id: int | None
    learner_id: int | None
    data: Mapping[str, Any]
    created_at: dt.datetime
    tries: int
    repeatable: bool
    lease_ends: dt.datetime
    language: str = "en"

    @property
    def nonce(self) -> str:
        """The name of this message on its platform, at most 25 characters, and never that of another one."""
        return nonce_of(self.id, self.key, self.created_at)


def nonce_of(number: int, key: str, created_at: dt.datetime) -> str:
    """The name that a post has on its platform."""
    # SQLite gives the number of a post that was deleted to the next one; platforms remember names for ever.
    named = f"{number} {key} {created_at.timestamp()}".encode()
    return f"cloudlark-{hashlib.blake2b(named).hexdigest()[:15]}"


def add_posts(db: Connection, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Insert posts from column values; return key and number of those whose key was new."""
    plain = [
        {"schedule_id": None, "round_id": None, "learner_id": None, "state": PostState.PENDING.value,
         "tries": 0, "repeatable": True, "message": None, **row, "data": json.dumps(row.get("data", {}))}
        for row in rows
    ]  # fmt: skip
    return {row.key: row.id for row in insert_new(db, posts, plain, "key", "id")}


def state_of(db: Connection, key: str) -> PostState | None:
    """What has become of the post with this key, None when it was never made."""
    state = db.execute(select(posts.c.state).where(posts.c.key == key)).scalar()
    return None if state is None else PostState(state)


def attach_rounds(db: Connection, round_ids: Mapping[int, int]) -> None:
    """Say which round each post asks, by post."""
    if round_ids:
        statement = update(posts).where(posts.c.id == bindparam("b_id")).values(round_id=bindparam("b_round"))
        db.execute(
            statement, [{"b_id": number, "b_round": round_id} for number, round_id in round_ids.items()]
        )


def claim_posts(
    db: Connection,
    now: dt.datetime,
    lease: dt.timedelta,
    limit: int,
    platforms: Collection[str] | None = None,
    *,
    each: int | None = None,
    busy: Mapping[int, int] | None = None,
) -> list[Post]:
    """Take pending posts of these platforms, or of all, that are ready, the oldest first, for the length of the
    lease.

    With `each`, a community that has so many gets no more, and those of others come in their place; `busy` says
    how many it has already.
    """
    held, claimed = Counter(busy or {}), list[Post]()
    while len(claimed) < limit:
        asked = limit - len(claimed)
        found = _ready(db, now, asked, platforms, [c for c, n in held.items() if each and n >= each])
        fair = [row for row in found if not each or _within(each, held, row.community_id)]
        _lease(db, [row.id for row in fair], now + lease)
        claimed += [_post(row, now + lease) for row in fair]
        if len(found) < asked or len(fair) == len(found):
            break
    return claimed


def _ready(
    db: Connection, now: dt.datetime, limit: int, platforms: Collection[str] | None, without: Collection[int]
) -> Sequence[Row[Any]]:
    p, c = posts.c, communities.c
    query = select(posts, c.platform, c.external, c.language).join(communities, p.community_id == c.id)
    query = query.where(p.state == PostState.PENDING.value, p.ready_at <= now)
    if platforms is not None:
        query = query.where(c.platform.in_(platforms))
    if without:
        query = query.where(p.community_id.not_in(without))
    query = query.order_by(p.ready_at, p.id).limit(limit)
    return db.execute(query.with_for_update(of=posts, skip_locked=True)).all()


def _within(each: int, held: Counter[int], community_id: int) -> bool:
    held[community_id] += 1
    return held[community_id] <= each


def _lease(db: Connection, ids: Sequence[int], ends: dt.datetime) -> None:
    if ids:
        values: dict[str, Any] = {"ready_at": ends, "tries": posts.c.tries + 1, "repeatable": False}
        statement = update(posts).where(posts.c.id == bindparam("b_id")).values(values)
        db.execute(statement, [{"b_id": number} for number in ids])


def finish_posts(db: Connection, ends: Sequence[tuple[int, PostState, str | None]]) -> None:
    """Note what became of posts: (post, state, id of the message).

    The first word stands: whoever slept through their lease finds that another has finished the post.
    """
    if ends:
        unfinished = posts.c.state == PostState.PENDING.value
        statement = update(posts).where(posts.c.id == bindparam("b_id"), unfinished)
        values: dict[str, Any] = {"state": bindparam("b_state"), "message": bindparam("b_message")}
        rows = [
            {"b_id": number, "b_state": state.value, "b_message": message} for number, state, message in ends
        ]
        db.execute(statement.values(values), rows)


def postpone_post(db: Connection, post: Post, ready_at: dt.datetime, *, repeatable: bool) -> None:
    """Give a post back, to be tried again from `ready_at` on, unless somebody else has claimed it since."""
    values: dict[str, Any] = {"ready_at": ready_at, "repeatable": repeatable}
    db.execute(update(posts).where(*_still_claimed(post)).values(values))


def return_post(db: Connection, post: Post, ready_at: dt.datetime) -> None:
    """Give a post back as it was before it was claimed, to be claimed again from `ready_at` on."""
    values: dict[str, Any] = {"ready_at": ready_at, "repeatable": post.repeatable, "tries": post.tries - 1}
    db.execute(update(posts).where(*_still_claimed(post)).values(values))


def _still_claimed(post: Post) -> tuple[ColumnElement[bool], ...]:
    # Each claim counts, so the number of tries names it.
    return posts.c.id == post.id, posts.c.state == PostState.PENDING.value, posts.c.tries == post.tries


def revive_post(db: Connection, key: str, now: dt.datetime) -> bool:
    """Send a post again whose fate was unknown or which was gone. False when it is neither."""
    ends = (PostState.UNKNOWN.value, PostState.GONE.value)
    values: dict[str, Any] = {
        "state": PostState.PENDING.value,
        "created_at": now,
        "ready_at": now,
        "tries": 0,
        "repeatable": True,
    }
    where = (posts.c.key == key, posts.c.state.in_(ends))
    return db.execute(update(posts).where(*where).values(values)).rowcount == 1


def _post(row: Row[Any], lease_ends: dt.datetime) -> Post:
    return Post(
        id=row.id,
        key=row.key,
        kind=PostKind(row.kind),
        community_id=row.community_id,
        channel=Channel(row.platform, row.external, row.channel),
        schedule_id=row.schedule_id,
        round_id=row.round_id,
        learner_id=row.learner_id,
        data=json.loads(row.data) if row.data != "{}" else {},
        created_at=row.created_at,
        tries=row.tries + 1,
        repeatable=row.repeatable,
        lease_ends=lease_ends,
        language=row.language,
    )
