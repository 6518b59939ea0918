"""Accounts of one human: brought together under one learner, and parted again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, insert, select, update
from sqlalchemy.orm import aliased

from bot.model.people import Person
from bot.storage.tables import (
    abilities,
    admins,
    attempts,
    audits,
    communities,
    days,
    digests,
    encounters,
    identities,
    learners,
    link_codes,
    memories,
    memory_parameters,
    mocks,
    posts,
    practices,
    reports,
    schedules,
    standings,
    streaks,
)

# What a learner has, told from what follows from their answers and is counted anew.
OWNED: tuple[Table, ...] = (digests, mocks, practices, reports)
COUNTED: tuple[Table, ...] = (abilities, days, encounters, memories, standings, streaks)
LEFT: tuple[Table, ...] = (link_codes, memory_parameters)


@dataclass(frozen=True, slots=True)
class Code:
    """A link code: whose it is, and on which account they asked for it."""

    learner_id: int
    account: str


def add_code(db: Connection, code: str, owner: Code, now: dt.datetime, expires_at: dt.datetime) -> None:
    """Keep a code; earlier ones of the learner, and all that have expired, are gone."""
    c = link_codes.c
    db.execute(delete(link_codes).where((c.learner_id == owner.learner_id) | (c.expires_at < now)))
    row = {"code": code, "learner_id": owner.learner_id, "account": owner.account, "expires_at": expires_at}
    db.execute(insert(link_codes).values(row))


def take_code(db: Connection, code: str, learner: int, now: dt.datetime) -> Code | None:
    """Use a code up unless it is the learner's own, and return it unless it is unknown or has expired."""
    c = link_codes.c
    own = db.execute(select(link_codes).where(c.code == code, c.learner_id == learner)).first()
    row = own or db.execute(delete(link_codes).where(c.code == code).returning(link_codes)).first()
    return Code(row.learner_id, row.account) if row is not None and row.expires_at > now else None


def merge(db: Connection, kept: int, gone: int) -> None:
    """Give all that a learner has to another one, who stays alone.

    Where both have answered in one slot, the kept one's answer is theirs and the other belongs to nobody. What
    follows from the answers has to be counted anew afterwards.
    """
    _give(db, kept, gone, attempts.c.learner_id == gone)
    # Whoever subscribed on both accounts is written to once.
    both = select(digests.c.community_id).where(digests.c.learner_id == kept)
    db.execute(delete(digests).where(digests.c.learner_id == gone, digests.c.community_id.in_(both)))
    for table in (*OWNED, identities, posts):
        db.execute(update(table).where(table.c.learner_id == gone).values(learner_id=kept))
    for table in (*COUNTED, *LEFT):
        db.execute(delete(table).where(table.c.learner_id == gone))
    db.execute(update(schedules).where(schedules.c.created_by == gone).values(created_by=kept))
    db.execute(update(admins).where(admins.c.named_by == gone).values(named_by=kept))
    db.execute(update(audits).where(audits.c.actor_id == gone).values(actor_id=kept))
    db.execute(delete(learners).where(learners.c.id == gone))


def part(db: Connection, learner_id: int, person: Person, fresh: int) -> None:
    """Give an account, and all that was done in its community, to a fresh learner."""
    i, c = identities.c, communities.c
    place = select(c.id).where(c.platform == person.platform, c.external == person.community)
    _give(
        db, fresh, learner_id, and_(attempts.c.learner_id == learner_id, attempts.c.community_id.in_(place))
    )
    for table in OWNED:
        here = and_(table.c.learner_id == learner_id, table.c.community_id.in_(place))
        db.execute(update(table).where(here).values(learner_id=fresh))
    own = and_(i.platform == person.platform, i.community == person.community, i.external == person.id)
    db.execute(update(identities).where(own).values(learner_id=fresh))


def count_accounts(db: Connection, learner_id: int) -> int:
    """How many accounts a learner has."""
    query = select(func.count()).where(identities.c.learner_id == learner_id)
    return int(db.execute(query).scalar_one())


def copy_learner(db: Connection, learner_id: int, changed: dict[str, Any]) -> int:
    """A new learner with the settings of another; return its number."""
    row = db.execute(select(learners).where(learners.c.id == learner_id)).one()
    values = {name: value for name, value in row._mapping.items() if name != "id"} | changed
    return int(db.execute(insert(learners).values(values).returning(learners.c.id)).scalar_one())


def _give(db: Connection, to: int, of: int, which: ColumnElement[bool]) -> None:
    theirs = aliased(attempts)
    both = select(theirs.c.id).where(
        theirs.c.learner_id == to, theirs.c.month == attempts.c.month, theirs.c.slot == attempts.c.slot
    )
    nobody = {"learner_id": -attempts.c.id, "seconds": None}
    db.execute(update(attempts).where(which, both.exists()).values(nobody))
    db.execute(update(attempts).where(which).values(learner_id=to))
