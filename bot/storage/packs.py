"""Packs of communities: their versions, which of them is live, and what is in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from bot.storage.patience import RacedError
from bot.storage.tables import pack_changes, packs
from bot.storage.upsert import add, insert_new

KEPT = 10
"""Versions of a pack that are kept besides the live one, so that an earlier one can come back."""
ALL = "all"
"""The one row of changes."""


class PackState(StrEnum):
    """A draft was only looked at, a live one is asked, a retired one was live before."""

    DRAFT = "draft"
    LIVE = "live"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of a community's pack, without what is in it."""

    id: int
    community_id: int
    name: str
    version: int
    state: PackState
    questions: int
    topics: int
    added_by: int | None
    added_at: dt.datetime
    live_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Content:
    """What is in a version: the zip that its authors sent, and the bank made of it."""

    name: str
    community_id: int
    source: bytes
    bank: bytes


@dataclass(frozen=True, slots=True)
class Standing:
    """Which versions a community's questions come from: the live ones, and those that were live last."""

    live: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


def add_draft(
    db: Connection, content: Content, counts: tuple[int, int], by: int | None, now: dt.datetime
) -> int:
    """Keep a new version as a draft in the place of an earlier draft; return its number.

    `counts` are its questions and topics. The oldest versions beyond KEPT go.
    """
    p = packs.c
    same = (p.community_id == content.community_id, p.name == content.name)
    db.execute(delete(packs).where(*same, p.state == PackState.DRAFT.value))
    last = db.execute(select(func.max(p.version)).where(*same)).scalar() or 0
    row = {
        "community_id": content.community_id, "name": content.name, "version": last + 1,
        "state": PackState.DRAFT.value, "questions": counts[0], "topics": counts[1], "source": content.source,
        "bank": content.bank, "added_by": by, "added_at": now, "live_at": None,
    }  # fmt: skip
    if not insert_new(db, packs, [row], "id"):
        raise RacedError
    old = select(p.id).where(*same, p.state == PackState.RETIRED.value).order_by(p.id.desc()).offset(KEPT)
    ids = list(db.execute(old).scalars())
    db.execute(delete(packs).where(p.id.in_(ids)))
    return int(last + 1)


def packs_of(db: Connection, community_id: int) -> list[Pack]:
    """All versions in a community, by name, the newest first."""
    p = packs.c
    query = _plain().where(p.community_id == community_id).order_by(p.name, p.version.desc())
    return [_pack(row) for row in db.execute(query)]


def find_pack(db: Connection, community_id: int, name: str, version: int | None = None) -> Pack | None:
    """A version, or without a number the newest one."""
    p = packs.c
    query = _plain().where(p.community_id == community_id, p.name == name).order_by(p.version.desc())
    row = db.execute(query if version is None else query.where(p.version == version)).first()
    return None if row is None else _pack(row)


def contents(db: Connection, ids: Collection[int]) -> dict[int, Content]:
    """What is in these versions."""
    p = packs.c
    query = select(p.id, p.name, p.community_id, p.source, p.bank).where(p.id.in_(ids))
    return {
        row.id: Content(row.name, row.community_id, bytes(row.source), bytes(row.bank))
        for row in db.execute(query)
    }


def publish(db: Connection, pack: Pack, now: dt.datetime) -> None:
    """Let a version be the live one; the one that was live is retired."""
    retire(db, pack.community_id, pack.name)
    values = {"state": PackState.LIVE.value, "live_at": now}
    db.execute(update(packs).where(packs.c.id == pack.id).values(values))


def retire(db: Connection, community_id: int, name: str) -> bool:
    """Retire the live version of a pack; False when there is none."""
    # First, because its row makes all changes come one after the other: of two versions one is live at last.
    add(db, pack_changes, [{"name": ALL, "number": 1}], ("number",))
    p = packs.c
    where = (p.community_id == community_id, p.name == name, p.state == PackState.LIVE.value)
    return db.execute(update(packs).where(*where).values(state=PackState.RETIRED.value)).rowcount > 0


def drop_draft(db: Connection, community_id: int, name: str) -> bool:
    """Throw the draft of a pack away; False when there is none."""
    p = packs.c
    where = (p.community_id == community_id, p.name == name, p.state == PackState.DRAFT.value)
    return db.execute(delete(packs).where(*where)).rowcount > 0


def changes(db: Connection) -> int:
    """How often any pack went live or was retired: whoever knows the number knows what `standings` says."""
    return int(db.execute(select(pack_changes.c.number).where(pack_changes.c.name == ALL)).scalar() or 0)


def standings(db: Connection) -> dict[int, Standing]:
    """Where the questions of each community that has had a live pack come from."""
    p = packs.c
    query = select(p.id, p.community_id, p.name, p.state).where(p.state != PackState.DRAFT.value)
    live: dict[tuple[int, str], int] = {}
    gone: dict[tuple[int, str], int] = {}
    for row in db.execute(query.order_by(p.live_at, p.id)):
        (live if row.state == PackState.LIVE.value else gone)[row.community_id, row.name] = row.id
    places = {community for community, _ in (*live, *gone)}
    return {place: Standing(_of(live, place), _of(gone, place)) for place in places}


def _of(found: Mapping[tuple[int, str], int], place: int) -> tuple[int, ...]:
    return tuple(number for (community, _), number in sorted(found.items()) if community == place)


def _plain() -> Any:
    return select(*(column for column in packs.c if column.name not in ("source", "bank")))


def _pack(row: Row[Any]) -> Pack:
    return Pack(
        row.id, row.community_id, row.name, row.version, PackState(row.state), row.questions, row.topics,
        row.added_by, row.added_at, row.live_at,
    )  # fmt: skip
