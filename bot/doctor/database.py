"""The database: reachable, of our version, writable, sound, with room, and in time."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator

from bot.doctor.finding import Finding, failure, ok, warning
from bot.storage import examining
from bot.storage.examining import Examined
from bot.storage.schema import HEAD
from bot.storage.store import StorageError

AREA = "database"
PATIENCE = 10.0
LITTLE = 1 << 30
SLOW, WRONG = dt.timedelta(seconds=2), dt.timedelta(seconds=60)


async def examine(url: str) -> list[Finding]:
    """Findings on the database; nothing is changed in it."""
    # A server that does not answer is given up; SQLite's integrity check of a large file takes its time.
    patience = None if url.startswith("sqlite") else PATIENCE
    try:
        async with asyncio.timeout(patience):
            found = await examining.examine(url)
    except TimeoutError:
        return [failure(AREA, f"The database did not answer within {PATIENCE:g} seconds: check its address.")]
    except StorageError as error:
        return [failure(AREA, str(error))]
    if found is None:
        return [ok(AREA, "There is no database yet; the first start makes it.")]
    return [_schema(found), *_state(found), *_room(found), *_clock(found)]


def _schema(found: Examined) -> Finding:
    reached = f"{found.place} answers ({found.product})"
    if found.version == HEAD:
        return ok(AREA, f"{reached} and is at schema {HEAD}.")
    if not found.version:
        return ok(AREA, f"{reached} and has no tables yet; the first start makes them.")
    if found.version > HEAD:
        return failure(
            AREA, f"{reached}, but a newer Cloudlark wrote it (schema {found.version}): start that one."
        )
    return warning(
        AREA,
        f"{reached} and is at schema {found.version}: back it up, then `cloudlark migrate` brings it to {HEAD}.",
    )


def _state(found: Examined) -> Iterator[Finding]:
    if found.unwritable:
        yield failure(
            AREA, f"It cannot be written ({found.unwritable}): check permissions, and who else uses it."
        )
    else:
        yield ok(AREA, "It can be written.")
    if found.damage:
        yield failure(AREA, f"It is damaged ({found.damage[0]}): stop the tutor and restore the last backup.")
    elif found.size is not None:
        yield ok(AREA, "Its integrity check finds nothing.")


def _room(found: Examined) -> Iterator[Finding]:
    if found.free is None or found.size is None:
        return
    room = f"{_bytes(found.free)} of disk are free beside {_bytes(found.size)} of database"
    if found.free < max(LITTLE, found.size):
        yield warning(AREA, f"{room}: make room before it is full.")
    else:
        yield ok(AREA, f"{room}.")


def _clock(found: Examined) -> Iterator[Finding]:
    if found.behind is None:
        yield ok("clock", "The database keeps this machine's time.")
        return
    apart = (
        f"The database's clock and this machine's are {abs(found.behind).total_seconds():.1f} seconds apart"
    )
    if abs(found.behind) > WRONG:
        yield failure("clock", f"{apart}: let both follow a time server.")
    elif abs(found.behind) > SLOW:
        yield warning("clock", f"{apart}: let both follow a time server.")
    else:
        yield ok("clock", f"{apart}.")


def _bytes(number: int) -> str:
    return f"{number / (1 << 30):,.1f} GiB" if number >= LITTLE else f"{number / (1 << 20):,.1f} MiB"
