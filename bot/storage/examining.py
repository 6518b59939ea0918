"""What there is to know about a database without changing it."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage import schema
from bot.storage.ends import cause_of, existing, file_of, sentences, shown, still
from bot.storage.tables import shelf

ENOUGH = 3
"""Complaints of SQLite's integrity check that are looked at."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A database. `unwritable` says why nothing can be written, `damage` what the integrity check found.

    `behind` is how far the database's clock lags behind ours; None where it is the same clock. `free` and
    `size` are bytes of the disk and of the file, None where the database is elsewhere.
    """

    place: str
    product: str
    version: str
    unwritable: str
    damage: tuple[str, ...]
    behind: dt.timedelta | None
    free: int | None
    size: int | None


async def examine(url: str) -> Examined | None:
    """Look at a database; None when SQLite's file is not there yet. Raises StorageError."""
    file = file_of(url)
    if file is not None and not file.exists():
        return None
    with sentences(url):
        # Tried apart from the rest, which may take long, because on SQLite it makes writers wait.
        unwritable = await _tried(existing(url))
        async with still(existing(url)) as db:
            return await db.run_sync(_look, shown(url), file, unwritable)


async def shelved(url: str, namespace: str) -> dict[str, bytes]:
    """What an adapter keeps under a namespace, by key; nothing where there is no database yet. Raises StorageError."""
    file = file_of(url)
    if file is not None and not file.exists():
        return {}
    with sentences(url):
        async with still(existing(url)) as db:
            return await db.run_sync(_shelved, namespace)


def _shelved(db: Connection, namespace: str) -> dict[str, bytes]:
    if not inspect(db).has_table(shelf.name):
        return {}
    query = select(shelf.c.key, shelf.c.value).where(shelf.c.namespace == namespace).order_by(shelf.c.key)
    return {row.key: bytes(row.value) for row in db.execute(query)}


async def _tried(engine: AsyncEngine) -> str:
    try:
        async with engine.connect() as db:
            found = await db.run_sync(_unwritable)
            await db.rollback()
            return found
    finally:
        await engine.dispose()


def _look(db: Connection, place: str, file: Path | None, unwritable: str) -> Examined:
    return Examined(
        place=place,
        product=_product(db),
        version=schema.current(db),
        unwritable=unwritable,
        damage=_damage(db),
        behind=_behind(db),
        free=None if file is None else shutil.disk_usage(file.parent).free,
        size=None if file is None else file.stat().st_size,
    )


def _product(db: Connection) -> str:
    query = "SELECT sqlite_version()" if db.dialect.name == "sqlite" else "SHOW server_version"
    name = "SQLite" if db.dialect.name == "sqlite" else "PostgreSQL"
    return f"{name} {db.scalar(text(query))}"


def _damage(db: Connection) -> tuple[str, ...]:
    if db.dialect.name != "sqlite":
        return ()
    found = db.execute(text(f"PRAGMA integrity_check({ENOUGH})")).scalars().all()
    return () if found == ["ok"] else tuple(str(line) for line in found)


def _behind(db: Connection) -> dt.timedelta | None:
    if db.dialect.name == "sqlite":
        return None
    # The answer was given between asking and hearing, so the middle is the fairest guess.
    asked = dt.datetime.now(dt.UTC)
    said: dt.datetime = db.execute(text("SELECT clock_timestamp()")).scalar_one()
    heard = dt.datetime.now(dt.UTC)
    return asked + (heard - asked) / 2 - said


def _unwritable(db: Connection) -> str:
    try:
        if schema.current(db):
            db.execute(text("UPDATE alembic_version SET version_num = version_num"))
        else:
            db.execute(text("CREATE TABLE doctor (id INTEGER)"))
    except DBAPIError as error:
        return cause_of(error)
    return ""
