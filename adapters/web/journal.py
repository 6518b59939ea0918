"""Writing the journal: one writer, one transaction at a time, durable before anybody is told."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

import aiosqlite

from adapters.web.archive import Archive
from adapters.web.entries import Draft, Entry, Place, Rendered, Seat
from adapters.web.schema import open_reader, open_writer
from bot.ports import Clock

NEXT_CHANGE = "(SELECT COALESCE(MAX(change), 0) + 1 FROM messages)"


class Listener(Protocol):
    """Who is told what was written, in the order in which it was written."""

    def changed(self, entry: Entry) -> None:
        """A message was written or changed."""

    def opened(self, place: Place) -> None:
        """A place came into being."""

    def known(self, seat: Seat) -> None:
        """A person entered for the first time or goes by another name."""


class NameTakenError(Exception):
    """Somebody else goes by this name."""


@dataclass(slots=True)
class Writing:
    """A transaction on its way, and what there is to tell once it is committed."""

    db: aiosqlite.Connection
    archive: Archive
    news: list[Callable[[], None]] = field(default_factory=list)


class Journal:
    """The durable record of the chat in one SQLite file. `archive` reads it."""

    archive: Archive

    def __init__(self, path: Path, clock: Clock, listener: Listener) -> None:
        self._path = path
        self._clock = clock
        self._listener = listener
        self._lock = asyncio.Lock()
        self._db: aiosqlite.Connection | None = None
        self._reader: aiosqlite.Connection | None = None
        self.trouble = ""

    @property
    def is_open(self) -> bool:
        """Whether the journal can be read and written."""
        return self._db is not None

    async def open(self) -> None:
        """Open or make the file. Raises AdapterError."""
        self._db = await open_writer(self._path)
        self._reader = await open_reader(self._path)
        self.archive = Archive(self._reader)

    async def close(self) -> None:
        """Finish the transaction on its way and let go of the file."""
        async with self._lock:
            db, self._db = self._db, None
            reader, self._reader = self._reader, None
        for connection in (reader, db):
            if connection is not None:
                await connection.close()

    async def add(self, draft: Draft) -> tuple[Entry, bool]:
        """Write a message; the place comes into being where it is missing.

        Returns it as it now stands, and False when its nonce had been used already and nothing changed.
        """
        async with self._writing() as now:
            known = draft.nonce and await now.archive.by_nonce(draft.nonce)
            if known:
                return known, False
            await self._open_place(now, draft.place)
            changed = await self._put(now.db, draft)
            entries = [entry for id in changed if (entry := await now.archive.message(id))]
            now.news += [partial(self._listener.changed, entry) for entry in entries]
        return entries[0], True

    async def edit(self, id: str, rendered: Rendered) -> Entry | None:
        """Replace what a message says. None when there is no such message."""
        async with self._writing() as now:
            entry = await now.archive.message(id)
            if entry is not None and entry.body != rendered.body:
                await self._rewrite(now.db, entry.position, rendered)
                entry = await now.archive.message(id) or entry
                now.news.append(partial(self._listener.changed, entry))
        return entry

    async def open_place(self, place: Place) -> bool:
        """Bring a place into being. False when it was there already."""
        async with self._writing() as now:
            return await self._open_place(now, place)

    async def enter(self, id: str, name: str, token: str) -> Seat:
        """Write a new person down, with the digest of their token. Raises NameTakenError."""
        async with self._writing() as now:
            first = not await now.archive.anyone()
            await now.db.execute(
                "INSERT INTO people VALUES (?, ?, ?, ?, ?, NULL, NULL, ?)",
                (id, name, name.casefold(), token, first, self._now()),
            )
            seat = Seat(id, name, first)
            now.news.append(partial(self._listener.known, seat))
        return seat

    async def update(self, seat: Seat) -> None:
        """Keep a person's name, time zone and locale. Raises NameTakenError."""
        async with self._writing() as now:
            await now.db.execute(
                "UPDATE people SET name = ?, name_key = ?, timezone = ?, locale = ? WHERE id = ?",
                (seat.name, seat.name.casefold(), seat.timezone, seat.locale, seat.id),
            )
            now.news.append(partial(self._listener.known, seat))

    async def see(self, seat: Seat, place: str, position: int) -> None:
        """Remember how far a person has read. Never goes back."""
        async with self._writing() as now:
            await now.db.execute(
                "INSERT INTO seen VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
                " SET position = MAX(position, excluded.position)",
                (seat.id, place, position),
            )

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[Writing]:
        """One transaction. News goes out after the commit and before the next one, so in order."""
        async with self._lock:
            if self._db is None:
                raise sqlite3.OperationalError("the journal is closed")
            now = Writing(self._db, Archive(self._db))
            try:
                await now.db.execute("BEGIN IMMEDIATE")
                yield now
                await now.db.execute("COMMIT")
            except BaseException as error:
                await self._give_up(now.db, error)
                raise
            self.trouble = ""
            for tell in now.news:
                tell()

    async def _give_up(self, db: aiosqlite.Connection, error: BaseException) -> None:
        if db.in_transaction:
            await db.execute("ROLLBACK")
        if isinstance(error, sqlite3.IntegrityError) and "people.name_key" in str(error):
            raise NameTakenError from error
        if isinstance(error, sqlite3.Error):
            self.trouble = f"The local chat cannot write its journal {self._path}: {error}."

    async def _open_place(self, now: Writing, place: Place) -> bool:
        cursor = await now.db.execute(
            "INSERT INTO places VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (place.id, place.owner, self._now())
        )
        if opened := cursor.rowcount == 1:
            now.news.append(partial(self._listener.opened, place))
        return opened

    async def _put(self, db: aiosqlite.Connection, draft: Draft) -> list[str]:
        """Write a draft and what it touches. The ids of the changed messages, its own first."""
        filled = draft.slot and await Archive(db).by_slot(draft.slot)
        if filled:
            await self._rewrite(db, filled.position, draft.rendered)
            return [filled.id]
        position = await self._insert(db, draft)
        if draft.thread is None:
            return [str(position)]
        await db.execute(
            f"UPDATE messages SET change = {NEXT_CHANGE} WHERE position = ?", (int(draft.thread),)
        )
        return [str(position), draft.thread]

    async def _insert(self, db: aiosqlite.Connection, draft: Draft) -> int:
        values = (
            draft.place.id, draft.author, json.dumps(draft.rendered.body), self._now(), draft.audience,
            draft.thread, draft.anchor, draft.nonce, draft.slot, draft.prompt, draft.asker,
        )  # fmt: skip
        cursor = await db.execute(
            "INSERT INTO messages (change, place, author, body, at, audience, thread, anchor, nonce, slot,"
            f" prompt, asker) VALUES ({NEXT_CHANGE}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        position = cursor.lastrowid or 0
        await self._put_files(db, position, draft.rendered)
        return position

    async def _rewrite(self, db: aiosqlite.Connection, position: int, rendered: Rendered) -> None:
        await db.execute(
            f"UPDATE messages SET body = ?, edited_at = ?, change = {NEXT_CHANGE} WHERE position = ?",
            (json.dumps(rendered.body), self._now(), position),
        )
        await db.execute("DELETE FROM files WHERE message = ?", (position,))
        await self._put_files(db, position, rendered)

    async def _put_files(self, db: aiosqlite.Connection, position: int, rendered: Rendered) -> None:
        rows = [(position, file.id, file.name, file.media_type, file.data) for file in rendered.files]
        await db.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", rows)

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="milliseconds")
