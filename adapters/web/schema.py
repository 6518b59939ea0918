"""The journal's tables, and opening the file that holds them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import aiosqlite

from bot.ports import AdapterError

VERSION = 1

TABLES = """
CREATE TABLE people (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, token TEXT NOT NULL UNIQUE,
    admin INTEGER NOT NULL, timezone TEXT, locale TEXT, entered_at TEXT NOT NULL
);
CREATE TABLE places (id TEXT PRIMARY KEY, owner TEXT, opened_at TEXT NOT NULL);
CREATE TABLE messages (
    position INTEGER PRIMARY KEY AUTOINCREMENT, change INTEGER NOT NULL UNIQUE, place TEXT NOT NULL,
    author TEXT NOT NULL, body TEXT NOT NULL, at TEXT NOT NULL, edited_at TEXT, audience TEXT,
    thread INTEGER, anchor INTEGER, nonce TEXT UNIQUE, slot TEXT UNIQUE,
    prompt TEXT NOT NULL, asker TEXT
);
CREATE INDEX messages_of_place ON messages (place, position) WHERE thread IS NULL AND anchor IS NULL;
CREATE INDEX messages_of_thread ON messages (thread, position) WHERE thread IS NOT NULL;
CREATE INDEX messages_of_anchor ON messages (anchor, position) WHERE anchor IS NOT NULL;
CREATE TABLE files (
    message INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL,
    data BLOB NOT NULL, PRIMARY KEY (message, id)
);
CREATE TABLE seen (
    person TEXT NOT NULL, place TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (person, place)
) WITHOUT ROWID;
"""


async def open_writer(path: Path) -> aiosqlite.Connection:
    """A connection that writes, on a file with the present tables. Raises AdapterError.

    WAL lets readers go on meanwhile, synchronous FULL makes every commit survive a power cut.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = await aiosqlite.connect(path, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise _unusable(path) from error
    try:
        await _prepare(db, path)
    except BaseException as error:
        await db.close()
        if isinstance(error, sqlite3.Error):
            raise _unusable(path) from error
        raise
    return db


async def open_reader(path: Path) -> aiosqlite.Connection:
    """A connection that only reads, so that it never sees half a transaction."""
    db = await aiosqlite.connect(path, isolation_level=None)
    await db.execute("PRAGMA query_only = ON")
    return db


async def _prepare(db: aiosqlite.Connection, path: Path) -> None:
    await db.execute("PRAGMA journal_mode = WAL")
    await db.execute("PRAGMA synchronous = FULL")
    await db.execute("PRAGMA busy_timeout = 5000")
    async with db.execute("PRAGMA user_version") as cursor:
        row = await cursor.fetchone()
    version = int(row[0]) if row else 0
    if version > VERSION:
        raise AdapterError(f"The local chat's journal {path} is from a newer Cloudlark: update this program.")
    if version == 0:
        await db.executescript(f"BEGIN IMMEDIATE;{TABLES}PRAGMA user_version = {VERSION};COMMIT;")


def _unusable(path: Path) -> AdapterError:
    return AdapterError(
        f"The local chat cannot write its journal {path}: make the folder writable or set CLOUDLARK_DATA."
    )
