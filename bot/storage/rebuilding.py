"""For a replay: the derived tables emptied, and the attempts in the order of their commits."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, select, update

from bot.model.study import Attempt
from bot.storage.attempts import attempt_of
from bot.storage.tables import (
    abilities,
    attempts,
    days,
    encounters,
    items,
    memories,
    rounds,
    standings,
    streaks,
)

DERIVED = (abilities, days, encounters, items, memories, standings, streaks)


def clear_derived(db: Connection) -> None:
    """Empty every table that follows from the attempts, and the counts of the rounds."""
    for table in DERIVED:
        db.execute(delete(table))
    db.execute(update(rounds).values(answered=0, correct=0))


def clear_learners(db: Connection, learner_ids: Collection[int]) -> None:
    """Remove what follows from the attempts of some learners; what they share with others stays."""
    for table in DERIVED:
        if "learner_id" in table.c:
            db.execute(delete(table).where(table.c.learner_id.in_(learner_ids)))


def attempts_by(
    db: Connection, learner_ids: Collection[int], last: int, limit: int
) -> list[tuple[int, Attempt]]:
    """The next attempts of some learners with their numbers, in order."""
    a = attempts.c
    query = select(attempts).where(a.learner_id.in_(learner_ids), a.id > last).order_by(a.id).limit(limit)
    return [(row.id, attempt_of(row)) for row in db.execute(query)]


def attempts_after(db: Connection, last: int, limit: int) -> list[tuple[int, Attempt]]:
    """The next attempts with their numbers, in order."""
    query = select(attempts).where(attempts.c.id > last).order_by(attempts.c.id).limit(limit)
    return [(row.id, attempt_of(row)) for row in db.execute(query)]


def communities_of(db: Connection, learner_ids: Collection[int]) -> set[int]:
    """The communities in which learners have answered."""
    query = select(attempts.c.community_id).where(attempts.c.learner_id.in_(learner_ids)).distinct()
    return set(db.execute(query).scalars())
