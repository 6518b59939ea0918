"""The file that a backup is: a SQLite database with our tables, and a page that says what it should hold."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Column, Connection, MetaData, String, Table, event, insert, select
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from bot.storage.checksums import Sum
from bot.storage.store import StorageError

MARK = 0x434C4B42
"""SQLite's application id of our backups: "CLKB"."""
_page = Table(
    "backup",
    MetaData(),
    Column("name", String, primary_key=True),
    Column("rows", String, nullable=False),
    Column("checksum", String, nullable=False),
)
_MADE = "made"


@dataclass(frozen=True, slots=True)
class Page:
    """When a backup was made, by which release, and the sums of its tables."""

    made_at: dt.datetime
    version: str
    sums: Mapping[str, Sum]


def engine_of(file: Path, *, write: bool) -> AsyncEngine:
    """An engine for an archive. Only one that writes may change the file or put others beside it."""
    # Without `immutable` SQLite would look for a log beside the file.
    query = {"uri": "true"} | ({} if write else {"mode": "ro", "immutable": "1"})
    url = URL.create("sqlite+aiosqlite", database=f"file:{quote(str(file.resolve()))}", query=query)
    engine = create_async_engine(url, poolclass=StaticPool, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", lambda db: db.exec_driver_sql("BEGIN"))
    return engine


def is_archive(file: Path) -> bool:
    """Whether a file bears the mark of a backup. Raises OSError."""
    with file.open("rb") as opened:
        head = opened.read(72)
    return head.startswith(b"SQLite format 3\0") and int.from_bytes(head[68:72]) == MARK


def sign(db: Connection, page: Page) -> None:
    """Write the page and the mark."""
    _page.create(db)
    rows = [{"name": _MADE, "rows": page.made_at.isoformat(), "checksum": page.version}]
    rows += [{"name": n, "rows": str(s.rows), "checksum": s.checksum} for n, s in page.sums.items()]
    db.execute(insert(_page), rows)
    db.exec_driver_sql(f"PRAGMA application_id = {MARK}")


def page_of(db: Connection) -> Page:
    """The page of an archive. Raises StorageError when it cannot be read."""
    found = {row.name: row for row in db.execute(select(_page))}
    try:
        made = found.pop(_MADE)
        sums = {name: Sum(int(row.rows), int(row.checksum, 16)) for name, row in found.items()}
        return Page(dt.datetime.fromisoformat(made.rows), made.checksum, sums)
    except (KeyError, ValueError) as error:
        raise StorageError("The backup does not say what it holds: take another one.") from error


def create_private(file: Path) -> None:
    """An empty file that only its owner may read. Raises OSError."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def settle(part: Path, file: Path) -> None:
    """Let a finished file take its name, durably. Raises OSError."""
    _flush(part)
    os.replace(part, file)
    _flush(file.parent)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    # An archive that was not finished is thrown away, so nothing has to survive a crash meanwhile.
    for pragma in (
        "journal_mode = MEMORY",
        "synchronous = OFF",
        "temp_store = MEMORY",
        "cache_size = -65536",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
