"""Trying again: a transaction that lost a race, and a database that is away for a moment.

PostgreSQL restarts in well under a second. People wait three seconds for a click, so that long nobody needs to
hear of it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from itertools import count
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

T = TypeVar("T")

PATIENCE = 2.0
LONGEST_PAUSE = 0.2
# Serialisation, deadlock, and a row whose month has just got a partition of its own.
_RACES = frozenset({"40001", "40P01", "23514"})
# Connections that ended or cannot be had, a server that shuts down or starts, one without room (a full disk, no
# memory, no connection left), and one that only reads, such as a standby.
_AWAY = ("08", "57P", "53", "25006")


class RacedError(Exception):
    """Another process wrote between our reading and our writing: the transaction is to run again."""


class AwayError(Exception):
    """The database does not answer. Whether the last transaction was committed is not known."""


async def again(once: Callable[[], Awaitable[T]]) -> T:
    """Await `once()` until it works. Raises AwayError, or the last error, when patience has ended."""
    ends = time.monotonic() + PATIENCE
    for attempt in count():
        try:
            return await once()
        except (DBAPIError, RacedError, OSError) as error:
            away = is_away(error)
            if not (away or is_race(error)):
                raise
            pause = min(0.01 * 2**attempt, LONGEST_PAUSE)
            if time.monotonic() + pause > ends:
                if away:
                    raise AwayError from error
                raise
            await asyncio.sleep(pause)
    raise AssertionError("unreachable")


def is_race(error: Exception) -> bool:
    """Whether the same transaction may well succeed when it is run again."""
    return isinstance(error, RacedError) or _state(error) in _RACES


def is_away(error: Exception) -> bool:
    """Whether the database could not be asked at all, or fell silent."""
    if isinstance(error, OSError):
        return True
    return isinstance(error, DBAPIError) and (error.connection_invalidated or _state(error).startswith(_AWAY))


def _state(error: Exception) -> str:
    return str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")
