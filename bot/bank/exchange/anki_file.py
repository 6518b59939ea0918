"""The database inside an Anki package, of whichever age, opened without trusting it."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import zstandard

from bot.bank.exchange.drafts import ExchangeError

MOST_BYTES = 16_000_000
MOST_STEPS = 20_000
"""Thousands of steps of SQLite's machine, so that no query runs for ever."""
MOST_NOTES = 20_000
NEWEST, NEW, OLD = "collection.anki21b", "collection.anki21", "collection.anki2"
_BROKEN = (sqlite3.Error, zipfile.BadZipFile, zlib.error, zstandard.ZstdError, ValueError, KeyError, TypeError, OSError,
           EOFError, NotImplementedError, RuntimeError, AttributeError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its fields by their names in order, as HTML, and the deck that its first card is in."""

    guid: str
    kind: str
    fields: dict[str, str]
    deck: str
    tags: str


def notes_of(data: bytes) -> list[Note]:
    """The notes of a package. Raises ExchangeError."""
    try:
        with _opened(_database(data)) as db:
            return list(_notes(db))
    except ExchangeError:
        raise
    except _BROKEN as error:
        raise ExchangeError("The Anki package cannot be read; export it anew, with notes.") from error


def _database(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        name = next((each for each in (NEWEST, NEW, OLD) if each in names), None)
        if name is None:
            raise ExchangeError("This is no Anki package: there is no collection in it.")
        with archive.open(name) as file:
            found = file.read(MOST_BYTES + 1)
    if name == NEWEST and len(found) <= MOST_BYTES:
        with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(found) as stream:
            found = _limited(stream)
    if len(found) > MOST_BYTES:
        raise ExchangeError(f"More than {MOST_BYTES // 1_000_000} MB come out of the Anki package.")
    return found


def _limited(stream: Any) -> bytes:
    parts: list[bytes] = []
    while sum(map(len, parts)) <= MOST_BYTES and (part := stream.read(1 << 20)):
        parts.append(part)
    return b"".join(parts)


@contextmanager
def _opened(data: bytes) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:")
    try:
        db.deserialize(_without_log(data))
        # A schema may hold views and functions of its makers: none of them is run.
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA query_only = ON")
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
        db.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        steps = iter(range(MOST_STEPS))
        db.set_progress_handler(lambda: int(next(steps, None) is None), 1_000)
        yield db
    finally:
        db.close()


def _without_log(data: bytes) -> bytes:
    """The database as one that has no write-ahead log beside it, which one in memory cannot have: bytes 18 and 19
    of its header say so (https://www.sqlite.org/fileformat2.html)."""
    return data[:18] + b"\x01\x01" + data[20:]


def _tables(db: sqlite3.Connection) -> set[str]:
    """The tables that hold what they say: no views, nothing virtual, no column that is computed."""
    listed = [row[1] for row in db.execute("PRAGMA table_list") if row[2] == "table"]
    query = "SELECT count(*) FROM pragma_table_xinfo(?) WHERE hidden"
    return {name for name in listed if db.execute(query, (name,)).fetchone() == (0,)}


def _notes(db: sqlite3.Connection) -> Iterator[Note]:
    tables = _tables(db)
    if not {"notes", "cards", "col"} <= tables:
        raise ExchangeError("This is no Anki package: its collection holds no notes.")
    kinds = _new_kinds(db) if "notetypes" in tables and "fields" in tables else _old_kinds(db)
    decks = _new_decks(db) if "decks" in tables else _old_decks(db)
    places: dict[int, int] = dict(db.execute("SELECT nid, min(did) FROM cards GROUP BY nid"))
    if db.execute("SELECT count(*) FROM notes").fetchone() > (MOST_NOTES,):
        raise ExchangeError(f"The Anki package holds more than {MOST_NOTES:,} notes.")
    query = "SELECT id, guid, mid, tags, flds FROM notes ORDER BY id"
    for number, guid, mid, tags, joined in db.execute(query):
        kind, names = kinds.get(mid, ("", []))
        values = str(joined).split("\x1f")
        names = names or [f"Field {at}" for at in range(1, len(values) + 1)]
        fields = dict(zip(names, values, strict=False))
        yield Note(str(guid), kind, fields, decks.get(places.get(number, 0), ""), str(tags))


def _old_kinds(db: sqlite3.Connection) -> dict[int, tuple[str, list[str]]]:
    (text,) = db.execute("SELECT models FROM col").fetchone()
    return {
        int(number): (str(model["name"]), [str(each["name"]) for each in model["flds"]])
        for number, model in json.loads(text).items()
    }


def _new_kinds(db: sqlite3.Connection) -> dict[int, tuple[str, list[str]]]:
    kinds: dict[int, tuple[str, list[str]]] = {
        number: (str(name), []) for number, name in db.execute("SELECT id, name FROM notetypes")
    }
    for number, name in db.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        kinds.setdefault(number, ("", []))[1].append(str(name))
    return kinds


def _old_decks(db: sqlite3.Connection) -> dict[int, str]:
    (text,) = db.execute("SELECT decks FROM col").fetchone()
    return {int(number): str(deck["name"]) for number, deck in json.loads(text).items()}


def _new_decks(db: sqlite3.Connection) -> dict[int, str]:
    rows = db.execute("SELECT id, name FROM decks")
    return {number: str(name).replace("\x1f", "::") for number, name in rows}
