"""Whether SQLite's file can be used: a disk that is full, a file that may only be read, one that was taken away.

SQLite goes on writing into a file that somebody has deleted, and all of it would be gone with the process. So it is
looked for before each transaction.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from sqlalchemy.exc import DBAPIError

from bot.storage.patience import AwayError

ADVICE = {
    "SQLITE_FULL": "the disk is full: make room, and it goes on by itself",
    "SQLITE_READONLY": "it may only be read: let the tutor's user write the file and its folder",
    "SQLITE_BUSY": "another program holds it: stop that one, and it goes on by itself",
    "SQLITE_IOERR": "the disk does not read or write: look at the machine's log and at `cloudlark doctor`",
    "SQLITE_CANTOPEN": "it cannot be opened: check its folder and the permissions there",
    "SQLITE_CORRUPT": "it is damaged: stop the tutor and restore the last backup",
    "SQLITE_NOTADB": "it is no database any more: stop the tutor and restore the last backup",
}
GONE = "it was deleted, moved or replaced while it was in use: stop the tutor, put it or a backup there, start again"
REMEMBERED = 60.0
log = structlog.get_logger(__name__)


class Soundness:
    """Watches the file of an open database. `now` counts seconds."""

    def __init__(self, file: Path, now: Callable[[], float] = time.monotonic) -> None:
        self._file = file
        self._now = now
        self._trouble = ""
        self._since = 0.0
        self._known = _identity(file)

    def trouble(self) -> str:
        """A sentence in the minute after the file could not be used, else nothing."""
        # A transaction that changes nothing succeeds on a full disk too, so success proves little.
        return self._trouble if self._now() - self._since < REMEMBERED else ""

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Around a transaction. Raises AwayError, and says so in the log, when the file cannot be used."""
        if _identity(self._file) != self._known:
            raise AwayError(self._complain(GONE))
        try:
            yield
        except DBAPIError as error:
            advice = _advice(error)
            if not advice:
                raise
            raise AwayError(self._complain(advice)) from error

    def _complain(self, advice: str) -> str:
        sentence = f"The database {self._file} cannot be used; {advice}."
        if sentence != self.trouble():
            log.error("database_unusable", reason=sentence)
            self._trouble, self._since = sentence, self._now()
        return sentence


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _advice(error: DBAPIError) -> str:
    # Extended codes bear the plain one's name in front: SQLITE_IOERR_WRITE.
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    return next((advice for plain, advice in ADVICE.items() if name.startswith(plain)), "")
