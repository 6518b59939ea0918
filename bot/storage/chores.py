"""Chores: work that is due once in a while, done by one replica."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, delete, select, update

from bot.storage.tables import chores
from bot.storage.upsert import insert_new


def claim_chore(db: Connection, name: str, now: dt.datetime, lease: dt.timedelta) -> bool:
    """Take a chore that is due; of any number of claimers one gets it.

    It is due again when the lease ends, unless `finish_chore` says when.
    """
    insert_new(db, chores, [{"name": name, "due_at": now}])
    due = (chores.c.name == name, chores.c.due_at <= now)
    return db.execute(update(chores).where(*due).values(due_at=now + lease)).rowcount == 1


def finish_chore(db: Connection, name: str, due_at: dt.datetime) -> None:
    """Note that a chore is done until a later time."""
    db.execute(update(chores).where(chores.c.name == name).values(due_at=due_at))


def plan_chore(db: Connection, name: str, due_at: dt.datetime) -> None:
    """Let a chore be due at a time; one that is planned already stays as it is."""
    insert_new(db, chores, [{"name": name, "due_at": due_at}])


def due_chores(db: Connection, prefix: str, now: dt.datetime, limit: int) -> list[str]:
    """The names of chores that are due and begin with a prefix, the longest due first."""
    c = chores.c
    query = select(c.name).where(c.name.startswith(prefix, autoescape=True), c.due_at <= now)
    return list(db.execute(query.order_by(c.due_at, c.name).limit(limit)).scalars())


def hasten_chores(db: Connection, prefix: str, now: dt.datetime) -> None:
    """Let all chores whose names begin with a prefix be due now."""
    name = chores.c.name.startswith(prefix, autoescape=True)
    db.execute(update(chores).where(name, chores.c.due_at > now).values(due_at=now))


def drop_chores(db: Connection, prefix: str) -> None:
    """Let no chore whose name begins with a prefix be due again."""
    db.execute(delete(chores).where(chores.c.name.startswith(prefix, autoescape=True)))


def drop_chore(db: Connection, name: str) -> None:
    """Let a chore never be due again."""
    db.execute(delete(chores).where(chores.c.name == name))
