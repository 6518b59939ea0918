"""Communities, learners and their identities."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.model.people import Person
from bot.model.study import Community, Learner, Season
from bot.storage.patience import RacedError
from bot.storage.tables import admins, communities, identities, learners
from bot.storage.upsert import insert_new


def find_community(db: Connection, platform: str, external: str) -> Community | None:
    """A community by its platform's id."""
    c = communities.c
    row = db.execute(select(communities).where(c.platform == platform, c.external == external)).first()
    return None if row is None else community_of(row)


def community_by_id(db: Connection, community_id: int) -> Community | None:
    """A community by our own number."""
    row = db.execute(select(communities).where(communities.c.id == community_id)).first()
    return None if row is None else community_of(row)


def communities_by_id(db: Connection, ids: Collection[int]) -> dict[int, Community]:
    """The communities with these numbers."""
    rows = db.execute(select(communities).where(communities.c.id.in_(ids)))
    return {row.id: community_of(row) for row in rows}


def ensure_community(db: Connection, platform: str, external: str, timezone: str) -> Community:
    """The community, made with this time zone when it is new."""
    row = {"platform": platform, "external": external, "timezone": timezone}
    found = find_community(db, platform, external)
    if found is None:
        insert_new(db, communities, [row | {"active": True, "settings": "{}"}])
        found = find_community(db, platform, external)
    assert found is not None
    return found


def set_community(db: Connection, community_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of a community."""
    db.execute(update(communities).where(communities.c.id == community_id).values(values))


def community_of(row: Row[Any]) -> Community:
    """The community in a row of its table."""
    settings = json.loads(row.settings) if row.settings != "{}" else {}
    seasons = tuple(
        Season(number, each["name"], _moment(each["begins"]), _moment(each["ends"]) if each["ends"] else None)
        for number, each in enumerate(settings.get("seasons", ()), 1)
    )
    return Community(
        row.id, row.platform, row.external, row.timezone, row.language, settings.get("goal", 0), seasons
    )


def keep_together(db: Connection, community_id: int, goal: int, seasons: Sequence[Season]) -> None:
    """Set a community's goal and seasons."""
    plain = [
        {"name": s.name, "begins": s.begins.isoformat(), "ends": s.ends.isoformat() if s.ends else None}
        for s in seasons
    ]
    settings = json.dumps({"goal": goal, "seasons": plain}, sort_keys=True)
    db.execute(update(communities).where(communities.c.id == community_id).values(settings=settings))


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def find_learner(db: Connection, person: Person) -> Learner | None:
    """The learner behind a person's account."""
    i = identities.c
    query = (
        select(learners)
        .join(identities, i.learner_id == learners.c.id)
        .where(i.platform == person.platform, i.community == person.community, i.external == person.id)
    )
    row = db.execute(query).first()
    return None if row is None else learner_of(row)


def add_learner(db: Connection, person: Person, timezone: str, now: dt.datetime) -> Learner:
    """A new learner with this account as the first identity.

    Raises RacedError when somebody else has just added the account.
    """
    values = {"name": person.name[:100], "timezone": timezone, "created_at": now}
    row = db.execute(insert(learners).values(values).returning(learners)).one()
    identity = {
        "platform": person.platform,
        "community": person.community,
        "external": person.id,
        "learner_id": row.id,
    }
    if not insert_new(db, identities, [identity], "learner_id"):
        raise RacedError
    return learner_of(row)


def set_learner(db: Connection, learner_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of a learner; `settings` may be given as a mapping."""
    plain = dict(values)
    if isinstance(plain.get("settings"), Mapping):
        plain["settings"] = json.dumps(plain["settings"], sort_keys=True)
    db.execute(update(learners).where(learners.c.id == learner_id).values(plain))


def learners_by_id(db: Connection, ids: Collection[int]) -> dict[int, Learner]:
    """The learners with these ids."""
    rows = db.execute(select(learners).where(learners.c.id.in_(ids)))
    return {row.id: learner_of(row) for row in rows}


class StrangerError(Exception):
    """A learner is no longer there: forgotten, or one with another by now."""


def hold_learners(db: Connection, ids: Collection[int]) -> None:
    """Let nobody else hold or change these learners until the transaction ends.

    Taken in one order by all, so that two who hold some of the same wait for one another and never both.
    Raises StrangerError when one of them is no longer there.
    """
    query = select(learners.c.id).where(learners.c.id.in_(ids)).order_by(learners.c.id)
    if len(db.execute(query.with_for_update(key_share=True)).all()) != len(set(ids)):
        raise StrangerError


def learners_to_remind(db: Connection, now: dt.datetime, limit: int) -> list[Learner]:
    """Learners whose reminder is due; on PostgreSQL locked, others skipped."""
    query = select(learners).where(learners.c.remind_at <= now).order_by(learners.c.remind_at).limit(limit)
    return [learner_of(row) for row in db.execute(query.with_for_update(skip_locked=True))]


def learner_of(row: Row[Any]) -> Learner:
    """The learner in a row of its table."""
    settings = json.loads(row.settings) if row.settings != "{}" else {}
    return Learner(row.id, row.name, row.timezone, row.workdays, row.visible, row.home_id, settings)


def accounts_of(db: Connection, learner_id: int, platform: str) -> list[Person]:
    """A learner's accounts on a platform."""
    i = identities.c
    query = select(identities, learners.c.name).join(learners, i.learner_id == learners.c.id)
    rows = db.execute(query.where(i.learner_id == learner_id, i.platform == platform))
    return [Person(row.platform, row.community, row.external, row.name) for row in rows]


def knows_account(db: Connection, platform: str, external: str) -> bool:
    """Whether this account has ever spoken to the tutor."""
    i = identities.c
    return (
        db.execute(select(i.external).where(i.platform == platform, i.external == external)).first()
        is not None
    )


def is_named_admin(db: Connection, community_id: int, external: str) -> bool:
    """Whether the community's admins have named this account."""
    a = admins.c
    return (
        db.execute(select(a.external).where(a.community_id == community_id, a.external == external)).first()
        is not None
    )


def name_admin(db: Connection, community_id: int, external: str, by: int, now: dt.datetime) -> None:
    """Name an account as an admin of the tutor."""
    row = {"community_id": community_id, "external": external, "named_by": by, "named_at": now}
    insert_new(db, admins, [row])
