"""The two ends of a copy: a source held still at one instant, and a target that nobody else uses."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import asyncpg
from sqlalchemy import Connection, MetaData, Table, exists, inspect, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

import bot.storage.tables  # noqa: F401  (fills the metadata)
from bot.storage import schema
from bot.storage.columns import metadata
from bot.storage.store import StorageError, engine_for, parsed_url, unusable

PATIENCE = 3.0
"""Seconds in which connections that are just closing may go away."""
_SHARED = "Somebody else uses {place}{who}: stop the tutor and whatever else is connected, then start again."


class NotEmptyError(StorageError):
    """There is something in the database that was to be filled."""


def shown(url: str) -> str:
    """A database's address without its password."""
    return parsed_url(url).render_as_string(hide_password=True)


def file_of(url: str) -> Path | None:
    """The file of a SQLite database, else None."""
    parsed = parsed_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


FAULTS = (
    SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, sqlite3.Error, OSError,
    UnicodeError,  # the resolver's word for a host's name that makes no sense
)  # fmt: skip


@contextmanager
def sentences(url: str) -> Iterator[None]:
    """Turn what goes wrong between us and a database into a StorageError without secrets."""
    try:
        yield
    except schema.NewerSchemaError as error:
        raise StorageError(str(error)) from error
    except FAULTS as error:
        raise StorageError(unusable(url, error)) from error


def existing(url: str) -> AsyncEngine:
    """An engine for a database that is there: SQLite would make a file of any name. Raises StorageError."""
    engine = engine_for(url)
    if (file := file_of(url)) is not None and not file.is_file():
        raise StorageError(f"There is no database {file}: check the path.")
    return engine


@asynccontextmanager
async def still(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection that sees the database as it was at one instant, while others go on writing.

    Disposes of the engine.
    """
    sqlite = engine.dialect.name == "sqlite"
    view = engine.execution_options(**({"reads": True} if sqlite else {"isolation_level": "REPEATABLE READ"}))
    try:
        async with view.connect() as db:
            yield db
    finally:
        await engine.dispose()


@asynccontextmanager
async def emptied(url: str, revision: str, replace: bool) -> AsyncIterator[AsyncConnection]:
    """One transaction on a database with empty tables of a schema version.

    On an error, or when the process dies, the database is as it was before. Raises StorageError when
    somebody else uses it, or when it holds rows and they are not to be replaced.
    """
    engine = engine_for(url)
    try:
        if (file := file_of(url)) is not None:
            await asyncio.to_thread(_nobody_else_has, file)
        async with engine.connect() as db, db.begin():
            if file is None:
                await _nobody_else_in(db, shown(url))
            await db.run_sync(_empty, shown(url), replace)
            await db.run_sync(schema.upgrade, revision)
            yield db
    finally:
        await engine.dispose()


async def revision_of(db: AsyncConnection, place: str) -> str:
    """A source's schema version. Raises StorageError for one that is newer or is no database of ours."""
    found = await db.run_sync(schema.current)
    if not found:
        raise StorageError(f"{place} holds no tables of Cloudlark: check the address.")
    if found > schema.HEAD:
        raise StorageError(str(schema.NewerSchemaError(found)))
    return found


def tables_of(db: Connection) -> list[Table]:
    """Our tables as this database has them, with plain values, those first that others refer to."""
    there = set(inspect(db).get_table_names())
    found = MetaData()
    found.reflect(db, only=[name for name in metadata.tables if name in there])
    return found.sorted_tables


def _empty(db: Connection, place: str, replace: bool) -> None:
    found = schema.current(db)
    if found > schema.HEAD:
        raise schema.NewerSchemaError(found)
    if not found:
        return
    tables = tables_of(db)
    filled = [table.name for table in tables if db.scalar(select(exists(select(1).select_from(table))))]
    if filled and not replace:
        raise NotEmptyError(
            f"{place} is not empty (there are rows in {', '.join(sorted(filled)[:3])}): give an empty database."
        )
    for table in reversed(tables):
        table.drop(db)
    db.execute(text("DROP TABLE alembic_version"))


async def _nobody_else_in(db: AsyncConnection, place: str) -> None:
    await db.execute(text("SET LOCAL lock_timeout = '10s'"))
    others = text(
        "SELECT application_name FROM pg_stat_activity, pg_stat_clear_snapshot() "
        "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    for _ in range(int(PATIENCE / 0.1)):
        names = (await db.scalars(others)).all()
        if not names:
            return
        await asyncio.sleep(0.1)
    who = f" ({', '.join(sorted({name or 'no name' for name in names}))})"
    raise StorageError(_SHARED.format(place=place, who=who))


def _nobody_else_has(file: Path) -> None:
    if not file.is_file():
        return
    # In WAL mode every open connection keeps a shared lock, which an exclusive one cannot join.
    with closing(sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)) as db:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            db.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise StorageError(_SHARED.format(place=file, who="")) from error


def cause_of(error: Exception) -> str:
    """The first line of what a database says, which holds no row of data."""
    origin = getattr(error, "orig", None) if isinstance(error, DBAPIError) else error
    return str(origin or error).splitlines()[0]
