"""The store: one database, its transactions, and its schema version.

A transaction is a plain function of a connection. It runs whole or not at all and cannot wait for
anything but the database, so no transaction ever spans a call to a platform.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, AsyncExitStack, closing, nullcontext
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.storage import schema
from bot.storage.patience import again
from bot.storage.soundness import Soundness

T = TypeVar("T")
Work = Callable[[Connection], T]

READERS = 4
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
_FORMS = "use sqlite:///path or postgresql://... in CLOUDLARK_DATABASE_URL"


class StorageError(Exception):
    """The database cannot be used. The message is one sentence that says what to do."""


class Store:
    """Transactions on one database. Build with `open_store`."""

    def __init__(self, engine: AsyncEngine, writer: AsyncConnection | None) -> None:
        self._engine = engine
        file = engine.url.database if writer is not None else None
        self._soundness = Soundness(Path(file)) if file else None
        self._readers = engine.execution_options(reads=True)
        self._writer = writer
        self._turn = asyncio.Lock()

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    async def read(self, work: Work[T]) -> T:
        """Run a function that only reads, on one consistent view. Raises AwayError."""

        async def once() -> T:
            with self._sound():
                async with self._readers.connect() as db:
                    return await db.run_sync(work)

        return await again(once)

    async def write(self, work: Work[T]) -> T:
        """Run a function in one transaction; what it wrote is durable on return.

        A transaction that lost a race on PostgreSQL, or its connection, is run again, so `work` may run more
        than once. Raises AwayError when the database stays away.
        """
        if self._writer is not None:
            async with self._turn:
                with self._sound():
                    return await _transact(self._writer, work)

        async def once() -> T:
            async with self._engine.connect() as db:
                return await _transact(db, work)

        return await again(once)

    def trouble(self) -> str:
        """A sentence while SQLite's file cannot be used, else nothing."""
        return self._soundness.trouble() if self._soundness else ""

    def _sound(self) -> AbstractContextManager[None]:
        return self._soundness.watching() if self._soundness else nullcontext()

    async def close(self) -> None:
        """Let the database go. Idempotent."""
        if self._writer is not None:
            async with self._turn:
                await self._writer.close()
        await self._engine.dispose()


async def open_store(url: str) -> Store:
    """Open a database, create or upgrade its schema, and return its store.

    Raises StorageError when it cannot be reached or written, or was written by a newer Cloudlark.
    """
    engine = engine_for(url)
    async with AsyncExitStack() as undo:
        undo.push_async_callback(engine.dispose)
        try:
            if engine.dialect.name == "sqlite":
                await asyncio.to_thread(_look_into, str(engine.url.database))
            async with engine.connect() as db:
                await _transact(db, schema.upgrade)
            writer = await engine.connect() if engine.dialect.name == "sqlite" else None
        except schema.NewerSchemaError as error:
            raise StorageError(str(error)) from error
        except (DBAPIError, sqlite3.Error, OSError, UnicodeError) as error:
            raise StorageError(unusable(url, error)) from error
        undo.pop_all()
        return Store(engine, writer)


def _look_into(path: str) -> None:
    # A connection of the pool that fails leaves its thread behind, which would break when the program ends.
    with closing(sqlite3.connect(path)) as db:
        try:
            db.execute("PRAGMA schema_version")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise


async def _transact(db: AsyncConnection, work: Work[T]) -> T:
    async with db.begin():
        return await db.run_sync(work)


def parsed_url(url: str) -> URL:
    """A database's address in its parts. Raises StorageError."""
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StorageError(f"A database's address cannot be read: {_FORMS}.") from error


def engine_for(url: str) -> AsyncEngine:
    """An engine for a database's address, not connected yet. Raises StorageError.

    Its errors name statements but not their parameters, in which names and texts of people stand.
    """
    parsed = parsed_url(url)
    driver = _DRIVERS.get(parsed.get_backend_name())
    if driver is None:
        raise StorageError(f"The database's address begins with {parsed.drivername!r}: {_FORMS}.")
    parsed = parsed.set(drivername=driver)
    if driver.startswith("postgresql"):
        return _engine(parsed, pool_size=10, max_overflow=10, pool_pre_ping=True)
    _make_folder(parsed.database)
    engine = _engine(parsed, poolclass=AsyncAdaptedQueuePool, pool_size=READERS + 1, max_overflow=0)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _engine(url: URL, **options: Any) -> AsyncEngine:
    try:
        return create_async_engine(url, hide_parameters=True, **options)
    except (ArgumentError, ValueError) as error:
        raise StorageError(f"A database's address cannot be read: {_FORMS}.") from error


def _make_folder(database: str | None) -> None:
    if not database or database == ":memory:":
        raise StorageError(
            "CLOUDLARK_DATABASE_URL names no file: use sqlite:///var/cloudlark.db or another path."
        )
    try:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder of {database} cannot be made ({error.strerror}): choose another."
        ) from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000",
                   "cache_size=-65536", "temp_store=MEMORY", "journal_size_limit=67108864",
        # A checkpoint after every thousand pages, the default, would come with nearly every batch.
        "wal_autocheckpoint=16000"):  # fmt: skip
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(db: Connection) -> None:
    # A reader begins no transaction of its own accord: only the writer's `begin` must not be upgraded later.
    if db.get_execution_options().get("reads"):
        db.exec_driver_sql("BEGIN")
    else:
        db.exec_driver_sql("BEGIN IMMEDIATE")


def unusable(url: str, error: Exception) -> str:
    """The sentence for a database that does not answer; it holds no password."""
    place = make_url(url).render_as_string(hide_password=True)
    # A connection that timed out says nothing at all.
    cause = (str(getattr(error, "orig", None) or error) or type(error).__name__).splitlines()[0]
    is_path = isinstance(error, OperationalError | sqlite3.OperationalError)
    advice = "check the path and its permissions" if is_path else "check the address"
    return f"The database {place} cannot be used ({cause}): {advice}."
