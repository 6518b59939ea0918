"""Reading the journal. Nothing here changes anything."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

import aiosqlite

from adapters.web.entries import Attachment, Entry, Place, Seat

PAGE = 40
CATCH_UP = 300
UNREAD_LIMIT = 99

COLUMNS = (
    "position, change, place, author, body, at, edited_at, audience, thread, anchor, nonce, prompt, asker,"
    " (SELECT COUNT(*) FROM messages AS r WHERE r.thread = m.position AND r.audience IS NULL) AS replies"
)
VISIBLE = "(audience IS NULL OR audience = :me)"


class Archive:
    """What the journal holds, asked over a connection of its own or the writer's."""

    def __init__(self, db: aiosqlite.Connection) -> None:
        self._db = db

    async def message(self, id: str) -> Entry | None:
        """The message with this id, or None."""
        return await self._one("position = :id", id=_number(id))

    async def by_nonce(self, nonce: str) -> Entry | None:
        """The message that carries this nonce, or None."""
        return await self._one("nonce = :nonce", nonce=nonce)

    async def by_slot(self, slot: str) -> Entry | None:
        """The message that fills this slot, or None."""
        return await self._one("slot = :slot", slot=slot)

    async def history(self, place: str, seat: Seat, before: int) -> list[Entry]:
        """The last messages of a place before a position (0: the very last), with what hangs below them."""
        where = f"place = :place AND thread IS NULL AND anchor IS NULL AND {VISIBLE} AND position < :before"
        roots = await self._many(
            f"{where} ORDER BY position DESC LIMIT {PAGE}", place=place, me=seat.id, before=before or 2**62
        )
        return sorted([*roots, *await self._below(roots, seat)], key=lambda entry: entry.position)

    async def thread(self, id: str, seat: Seat) -> list[Entry]:
        """The replies in a thread that this person may see, in order, with what hangs below them."""
        where = f"thread = :id AND anchor IS NULL AND {VISIBLE} ORDER BY position LIMIT 500"
        replies = await self._many(where, id=_number(id), me=seat.id)
        return sorted([*replies, *await self._below(replies, seat)], key=lambda entry: entry.position)

    async def since(self, change: int, seat: Seat) -> list[Entry] | None:
        """What changed for this person after a count of changes; None when it is too much to list."""
        where = f"change > :change AND {VISIBLE} ORDER BY change LIMIT {CATCH_UP + 1}"
        changed = await self._many(where, change=change, me=seat.id)
        return None if len(changed) > CATCH_UP else changed

    async def last_change(self) -> int:
        """The count of changes so far."""
        row = await self._row("SELECT COALESCE(MAX(change), 0) FROM messages")
        return int(row[0]) if row else 0

    async def places(self, seat: Seat) -> list[Place]:
        """The places open to this person, the oldest first."""
        query = "SELECT id, owner FROM places WHERE owner IS NULL OR owner = :me ORDER BY rowid"
        return [Place(*row) for row in await self._rows(query, me=seat.id)]

    async def place(self, id: str) -> Place | None:
        """The place with this id, or None."""
        row = await self._row("SELECT id, owner FROM places WHERE id = :id", id=id)
        return Place(*row) if row else None

    async def unread(self, place: str, seat: Seat) -> int:
        """How many messages of others a person has not seen in a place, counted up to 99."""
        row = await self._row(
            "SELECT COUNT(*) FROM (SELECT 1 FROM messages WHERE place = :place AND thread IS NULL"
            f" AND anchor IS NULL AND {VISIBLE} AND author <> :me AND position > COALESCE("
            "(SELECT position FROM seen WHERE person = :me AND place = :place), 0)"
            f" LIMIT {UNREAD_LIMIT})",
            place=place,
            me=seat.id,
        )
        return int(row[0]) if row else 0

    async def anyone(self) -> bool:
        """Whether somebody has ever entered."""
        return await self._row("SELECT 1 FROM people LIMIT 1") is not None

    async def people(self) -> list[Seat]:
        """Everyone who ever entered, the first first."""
        rows = await self._rows("SELECT id, name, admin, timezone, locale FROM people ORDER BY rowid")
        return [_seat(row) for row in rows]

    async def person(self, id: str) -> Seat | None:
        """The person with this id, or None."""
        query = "SELECT id, name, admin, timezone, locale FROM people WHERE id = :id"
        row = await self._row(query, id=id)
        return _seat(row) if row else None

    async def by_token(self, digest: str) -> Seat | None:
        """The person whose token has this digest, or None."""
        query = "SELECT id, name, admin, timezone, locale FROM people WHERE token = :digest"
        row = await self._row(query, digest=digest)
        return _seat(row) if row else None

    async def file(self, message: str, id: str) -> Attachment | None:
        """A file of a message, or None."""
        query = "SELECT id, name, media_type, data FROM files WHERE message = :message AND id = :id"
        row = await self._row(query, message=_number(message), id=id)
        return Attachment(*row) if row else None

    async def _below(self, roots: Iterable[Entry], seat: Seat) -> list[Entry]:
        marks = ",".join(str(root.position) for root in roots)
        return await self._many(f"anchor IN ({marks}) AND {VISIBLE} ORDER BY position", me=seat.id)

    async def _one(self, where: str, **values: Any) -> Entry | None:
        found = await self._many(f"{where} LIMIT 1", **values)
        return found[0] if found else None

    async def _many(self, where: str, **values: Any) -> list[Entry]:
        rows = await self._rows(f"SELECT {COLUMNS} FROM messages AS m WHERE {where}", **values)
        return [_entry(row) for row in rows]

    async def _row(self, query: str, **values: Any) -> sqlite3.Row | None:
        async with self._db.execute(query, values) as cursor:
            return await cursor.fetchone()

    async def _rows(self, query: str, **values: Any) -> list[sqlite3.Row]:
        async with self._db.execute(query, values) as cursor:
            return list(await cursor.fetchall())


def _number(id: str) -> int:
    """A message's id as a position; 0, which no message has, for anything else."""
    return int(id) if id.isascii() and id.isdigit() and len(id) < 19 else 0


def _seat(row: sqlite3.Row) -> Seat:
    id, name, admin, timezone, locale = row
    return Seat(id, name, bool(admin), timezone, locale)


def _entry(row: sqlite3.Row) -> Entry:
    position, change, place, author, body, at, edited_at, audience, thread, anchor, *rest = row
    nonce, prompt, asker, replies = rest
    return Entry(
        id=str(position),
        position=position,
        change=change,
        place=place,
        author=author,
        body=json.loads(body),
        at=at,
        edited_at=edited_at,
        audience=audience,
        thread=None if thread is None else str(thread),
        anchor=None if anchor is None else str(anchor),
        nonce=nonce,
        prompt=prompt,
        asker=asker,
        replies=replies,
    )
