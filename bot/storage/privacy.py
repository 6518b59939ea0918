"""All that is kept about one person: to hand it over, and to forget it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, false, or_, select, update

from bot.storage.people import hold_learners
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
    mock_answers,
    mocks,
    packs,
    posts,
    practices,
    reports,
    schedules,
    shelf,
    standings,
    streaks,
)

# Every table that holds rows of a learner; tests hold this list against the schema.
PERSONAL: tuple[Table, ...] = (
    abilities,
    days,
    digests,
    encounters,
    identities,
    link_codes,
    memories,
    memory_parameters,
    mocks,
    posts,
    practices,
    reports,
    standings,
    streaks,
)


def everything_about(db: Connection, learner_id: int) -> dict[str, Any]:
    """All rows about a learner by table, as plain values."""
    found: dict[str, Any] = {"learner": _rows(db, learners, learners.c.id == learner_id)}
    for table in (attempts, *PERSONAL):
        found[table.name] = _rows(db, table, table.c.learner_id == learner_id)
    found["packs"] = _rows(db, packs, packs.c.added_by == learner_id, "source", "bank")
    found["audits"] = _rows(db, audits, audits.c.actor_id == learner_id)
    numbers = [row["id"] for row in found["mocks"]]
    found["mock_answers"] = _rows(db, mock_answers, mock_answers.c.mock_id.in_(numbers))
    kept = db.execute(select(shelf.c.value).where(_profiles(db, learner_id))).scalars()
    found["profiles"] = [value.decode() for value in kept]
    return found


def forget(db: Connection, learner_id: int) -> None:
    """Remove a learner. Their attempts stay for the questions' statistics, belonging to nobody."""
    hold_learners(db, [learner_id])
    own = select(mocks.c.id).where(mocks.c.learner_id == learner_id)
    db.execute(delete(mock_answers).where(mock_answers.c.mock_id.in_(own)))
    accounts = select(identities.c.external).where(identities.c.learner_id == learner_id)
    db.execute(delete(admins).where(admins.c.external.in_(accounts)))
    db.execute(update(admins).where(admins.c.named_by == learner_id).values(named_by=0))
    db.execute(update(schedules).where(schedules.c.created_by == learner_id).values(created_by=None))
    db.execute(update(packs).where(packs.c.added_by == learner_id).values(added_by=None))
    db.execute(update(audits).where(audits.c.actor_id == learner_id).values(actor_id=0))
    db.execute(delete(shelf).where(_profiles(db, learner_id)))
    for table in PERSONAL:
        db.execute(delete(table).where(table.c.learner_id == learner_id))
    # A number of its own for each keeps the slot unique and links no two of them.
    nobody = {"learner_id": -attempts.c.id, "seconds": None}
    db.execute(update(attempts).where(attempts.c.learner_id == learner_id).values(nobody))
    db.execute(delete(learners).where(learners.c.id == learner_id))


def _profiles(db: Connection, learner_id: int) -> ColumnElement[bool]:
    """Where adapters keep what a platform says of these accounts: `<platform>.user`, `<community>/<account>`."""
    accounts = db.execute(select(identities).where(identities.c.learner_id == learner_id)).all()
    return or_(false(), *(_profile(row.platform, row.community, row.external) for row in accounts))


def _profile(platform: str, home: str, account: str) -> ColumnElement[bool]:
    # Whoever was met as a guest is kept under the community that they visited.
    visited = select(communities.c.external + f"/{account}").where(communities.c.platform == platform)
    keys = or_(shelf.c.key == f"{home}/{account}", shelf.c.key.in_(visited))
    return and_(shelf.c.namespace == f"{platform}.user", keys)


def _rows(db: Connection, table: Table, where: Any, *without: str) -> list[dict[str, Any]]:
    columns = [column for column in table.c if column.name not in without]
    return [
        {
            name: value.isoformat() if isinstance(value, dt.datetime) else value
            for name, value in row._mapping.items()
        }
        for row in db.execute(select(*columns).where(where))
    ]
