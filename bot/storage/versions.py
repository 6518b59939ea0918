"""What questions offered in each of their versions, so that old answers can still be read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from bot.storage.tables import question_versions
from bot.storage.upsert import insert_new


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of a version's options in authored order, and the positions of the right ones."""

    texts: tuple[str, ...]
    key: frozenset[int]


def known_versions(db: Connection) -> set[tuple[str, str]]:
    """The (question, version) pairs that are kept."""
    q = question_versions.c
    return {(row.question_id, row.version) for row in db.execute(select(q.question_id, q.version))}


def keep_versions(db: Connection, versions: Sequence[tuple[str, str, Wording]], now: dt.datetime) -> None:
    """Keep (question, version, wording); what is kept already stays as it is."""
    rows = [
        {"question_id": question, "version": version, "options": _packed(wording), "seen_at": now}
        for question, version, wording in versions
    ]
    insert_new(db, question_versions, rows)


def wordings_of(db: Connection, question_id: str) -> dict[str, Wording]:
    """All versions of a question that are kept."""
    q = question_versions.c
    rows = db.execute(select(q.version, q.options).where(q.question_id == question_id))
    return {row.version: unpacked(row.options) for row in rows}


def rekeyed(db: Connection, present: Mapping[str, tuple[str, frozenset[int]]]) -> list[str]:
    """The questions of which an older version had another key, by id. `present` has version and key of each."""
    q = question_versions.c
    found = set()
    for row in db.execute(select(q.question_id, q.version, q.options)):
        version, key = present.get(row.question_id, (row.version, frozenset()))
        if row.version != version and unpacked(row.options).key != key:
            found.add(row.question_id)
    return sorted(found)


def _packed(wording: Wording) -> str:
    return json.dumps([[text, int(place in wording.key)] for place, text in enumerate(wording.texts)])


def unpacked(options: str) -> Wording:
    """The wording in a row of its table."""
    pairs = json.loads(options)
    key = frozenset(place for place, (_, right) in enumerate(pairs) if right)
    return Wording(tuple(text for text, _ in pairs), key)
