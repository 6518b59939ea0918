"""Listens to everything that is logged while something strange is done."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import structlog
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

NAME = "Zerlinde Wackernagel"
WORDS = "quittengelee"
TOKEN = "7f3a-geheim-91c2"
MARKERS = (NAME, NAME.split()[1], WORDS, TOKEN)
"""What is planted into names, texts and cookies, and may stand in no log."""
GRAVE = ("error", "critical")


@dataclass
class Heard(logging.Handler):
    """Log lines as operators would read them: ours with their tracebacks, and those of libraries."""

    events: list[Any] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.WARNING)

    # A handler is kept in sets, which a data class alone could not be.
    __hash__ = logging.Handler.__hash__

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a library's record."""
        self.lines.append(f"{record.levelname.lower()} {record.name}: {self.format(record)}")

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join([*(f"{event['log_level']} {event}" for event in self.events), *self.lines])

    @property
    def failures(self) -> list[str]:
        """The lines that tell of a failure."""
        ours = [
            f"{event['event']}\n{event.get('exception', '')}"
            for event in self.events
            if event["log_level"] in GRAVE
        ]
        return ours + [line for line in self.lines if line.startswith(GRAVE)]


@contextmanager
def overheard(*, failing: bool = False) -> Iterator[Heard]:
    """What is logged meanwhile. Afterwards none of it bears a marker, and unless `failing` none is an error."""
    heard, root = Heard(), logging.getLogger()
    root.addHandler(heard)
    try:
        with capture_logs([merge_contextvars, structlog.processors.format_exc_info]) as events:
            yield heard
    finally:
        root.removeHandler(heard)
        heard.events = list(events)
    found = [marker for marker in MARKERS if marker.casefold() in heard.text.casefold()]
    assert not found, f"{found} stands in the log:\n{heard.text}"
    assert failing or not heard.failures, "\n".join(heard.failures)
