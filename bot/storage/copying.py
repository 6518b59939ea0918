"""One database copied into another, of either kind, in one transaction of the target."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import schema
from bot.storage.checksums import Sum
from bot.storage.columns import metadata
from bot.storage.ends import (
    cause_of,
    emptied,
    existing,
    file_of,
    revision_of,
    sentences,
    shown,
    still,
    tables_of,
)
from bot.storage.partitions import prepare_months
from bot.storage.store import StorageError, parsed_url

BATCH = 5_000
Row = tuple[Any, ...]
Progress = Callable[[str, int, int], None]
"""Hears the name of a table, how many of its rows are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One table at both ends of a copy."""

    table: str
    source: Sum
    target: Sum

    @property
    def same(self) -> bool:
        """Whether the target holds what the source held."""
        return self.source == self.target


class DifferenceError(StorageError):
    """Some tables are not what they should be; the target was left as it had been before."""

    def __init__(self, what: str, tallies: list[Tally]) -> None:
        names = ", ".join(tally.table for tally in tallies if not tally.same)
        super().__init__(f"{what} in {names}: nothing was kept.")
        self.tallies = tallies


async def copy(source: str, target: str, progress: Progress) -> list[Tally]:
    """Copy a database, which may be in use, into an empty one, and bring that to this program's schema.

    The target gets everything or, after any error, nothing. What is written to the source after the
    start is not carried over. Raises StorageError, DifferenceError among them.
    """
    with sentences(source):
        if _same(source, target):
            raise StorageError("Source and target are the same database: give two.")
        async with still(existing(source)) as there:
            revision = await revision_of(there, shown(source))
            with sentences(target):
                async with emptied(target, revision, replace=False) as here:
                    return await fill(there, here, progress)


async def fill(
    there: AsyncConnection, here: AsyncConnection, progress: Progress, wanted: Mapping[str, Sum] | None = None
) -> list[Tally]:
    """Carry everything over, compare, and upgrade the target's schema.

    The rows that were read must sum up to `wanted`, where that is given. Raises DifferenceError.
    """
    read = await carry(there, here, progress)
    if wanted is not None:
        compared("The backup is damaged", wanted, read)
    tallies = compared("The copy differs from its source", read, await sums_of(here, progress))
    await here.run_sync(schema.upgrade)
    return tallies


async def carry(there: AsyncConnection, here: AsyncConnection, progress: Progress) -> dict[str, Sum]:
    """Insert all rows of one database into another of the same schema version; the sums of what was read."""
    sums: dict[str, Sum] = {}
    tables = await here.run_sync(tables_of)
    for table in tables:
        if table.name == "attempts" and "month" in table.c:
            months = (await there.scalars(select(table.c.month).distinct())).all()
            await here.run_sync(prepare_months, months)
        total, found = await _count(there, table), Sum()
        async for rows in _batches(there, table):
            await _insert(here, table, rows)
            found = found.plus(rows)
            progress(table.name, found.rows, total)
        # A stream that ended early would look like a smaller table.
        if found.rows != total:
            raise StorageError(f"Of {total:,} rows in {table.name} only {found.rows:,} came: start again.")
        sums[table.name] = found
    await here.run_sync(_number_on, tables)
    return sums


async def sums_of(db: AsyncConnection, progress: Progress) -> dict[str, Sum]:
    """The sums of all tables, read from the database."""
    sums: dict[str, Sum] = {}
    for table in await db.run_sync(tables_of):
        total, found = await _count(db, table), Sum()
        async for rows in _batches(db, table):
            found = found.plus(rows)
            progress(f"{table.name}, compared", found.rows, total)
        sums[table.name] = found
    if db.dialect.name == "postgresql":
        # A table with a cursor on it, even one that has come to its end, could not be altered any more.
        await db.exec_driver_sql("CLOSE ALL")
    return sums


def compared(otherwise: str, source: Mapping[str, Sum], target: Mapping[str, Sum]) -> list[Tally]:
    """The tables side by side. When any differs, raises DifferenceError with the beginning of its sentence."""
    tallies = [Tally(name, source.get(name, Sum()), target.get(name, Sum())) for name in {**source, **target}]
    if not all(tally.same for tally in tallies):
        raise DifferenceError(otherwise, tallies)
    return tallies


async def _count(db: AsyncConnection, table: Table) -> int:
    return (await db.execute(select(func.count()).select_from(table))).scalar_one()


async def _batches(db: AsyncConnection, table: Table) -> AsyncIterator[list[Row]]:
    result = await db.stream(select(*table.c), execution_options={"yield_per": BATCH})
    async for rows in result.partitions():
        yield [tuple(row) for row in rows]


async def _insert(db: AsyncConnection, table: Table, rows: list[Row]) -> None:
    with _fitting(table.name):
        if db.dialect.name == "sqlite":
            await db.exec_driver_sql(str(table.insert().compile(dialect=db.dialect)), rows)
            return
        driver = (await db.get_raw_connection()).driver_connection
        assert isinstance(driver, asyncpg.Connection)
        await driver.copy_records_to_table(table.name, records=rows, columns=[c.name for c in table.c])


@contextmanager
def _fitting(table: str) -> Iterator[None]:
    # SQLite takes texts of any length and numbers of any size, PostgreSQL does not.
    try:
        yield
    except (asyncpg.PostgresError, DBAPIError) as error:
        raise StorageError(
            f"The target does not take {table} ({cause_of(error)}): nothing was kept."
        ) from error
    except (TypeError, ValueError, OverflowError, asyncpg.InterfaceError) as error:
        raise StorageError(f"A value in {table} does not fit the target: nothing was kept.") from error


def _number_on(db: Connection, tables: list[Table]) -> None:
    """Let PostgreSQL give the next rows numbers beyond those that were carried over."""
    if db.dialect.name != "postgresql":
        return
    for table in tables:
        if "id" not in table.c or _is_numbered_by_hand(table.name):
            continue
        sequence = db.scalar(select(func.pg_get_serial_sequence(table.name, "id")))
        if sequence is None:
            raise StorageError(f"The target gives {table.name} no numbers: start again on a new database.")
        last = f"SELECT setval(CAST(:name AS regclass), max(id)) FROM {table.name} HAVING max(id) > 0"
        db.execute(text(last), {"name": sequence})


def _is_numbered_by_hand(name: str) -> bool:
    known = metadata.tables.get(name)
    return known is not None and known.c.id.autoincrement is False


def _same(source: str, target: str) -> bool:
    files = file_of(source), file_of(target)
    if files[0] is not None and files[1] is not None:
        return files[0].resolve() == files[1].resolve()
    return parsed_url(source) == parsed_url(target)
