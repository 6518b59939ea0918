"""The audit log: what admins did, and what the program did of its own accord."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from bot.storage.tables import audits, learners

LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the log. Without an actor the program acted by itself.

    `action` is a command or what it did, at most 40 characters; `subject` what it was done to. `name` is the
    actor's where the deed was read, empty for somebody who has been forgotten.
    """

    community_id: int
    actor_id: int | None
    action: str
    subject: str
    at: dt.datetime
    detail: str = ""
    name: str = ""
    id: int = 0


def add_deed(db: Connection, deed: Deed) -> int:
    """Keep a deed; return its number."""
    row = {
        "community_id": deed.community_id, "actor_id": deed.actor_id, "action": deed.action,
        "subject": deed.subject[:LONGEST_SUBJECT], "detail": deed.detail, "at": deed.at,
    }  # fmt: skip
    return int(db.execute(insert(audits).values(row).returning(audits.c.id)).scalar_one())


def deeds_of(db: Connection, community_id: int, limit: int) -> list[Deed]:
    """The last deeds in a community, the newest first."""
    a = audits.c
    query = select(audits, learners.c.name).outerjoin(learners, learners.c.id == a.actor_id)
    rows = db.execute(query.where(a.community_id == community_id).order_by(a.id.desc()).limit(limit))
    return [
        Deed(
            row.community_id,
            row.actor_id,
            row.action,
            row.subject,
            row.at,
            row.detail,
            row.name or "",
            row.id,
        )
        for row in rows
    ]


def subjects_of(db: Connection, community_id: int, action: str) -> set[str]:
    """What an action was done to in a community."""
    a = audits.c
    query = select(a.subject).where(a.community_id == community_id, a.action == action)
    return set(db.execute(query).scalars())
