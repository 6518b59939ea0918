"""Who wants to hear of the bank every week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection, delete, select

from bot.storage.tables import digests
from bot.storage.upsert import insert_new


def subscribe(db: Connection, community_id: int, learner_id: int, now: dt.datetime) -> None:
    """Let somebody hear of the bank in a community."""
    insert_new(db, digests, [{"community_id": community_id, "learner_id": learner_id, "since": now}])


def unsubscribe(db: Connection, community_id: int, learner_id: int) -> bool:
    """Let them hear no more; False when they did not."""
    d = digests.c
    own = (d.community_id == community_id, d.learner_id == learner_id)
    return db.execute(delete(digests).where(*own)).rowcount == 1


def subscribers(db: Connection, communities: Collection[int]) -> dict[int, list[int]]:
    """Who subscribed, by community; communities without anybody are left out."""
    d = digests.c
    found: dict[int, list[int]] = {}
    for row in db.execute(select(digests).where(d.community_id.in_(communities)).order_by(d.learner_id)):
        found.setdefault(row.community_id, []).append(row.learner_id)
    return found
