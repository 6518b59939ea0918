"""Boards, sheets and notices: everything the tutor says that is not a question's card."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.messages.acts import Button


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with the words for those who do not see it."""

    name: str
    data: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class File:
    """A file for the reader to keep."""

    name: str
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A person's line on a board. `movement` is the ranks gained since the last period, None when new."""

    rank: int
    name: str
    points: int
    right: int
    answered: int
    streak: int = 0
    movement: int | None = None
    me: bool = False


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """The best of a period. Equal points share a rank. `own` is the reader's line when not among `rows`."""

    title: str
    period: str
    rows: tuple[BoardRow, ...]
    own: BoardRow | None = None
    learners: int = 0
    notes: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    pictures: tuple[Picture, ...] = ()
    compare: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of short texts. The first column is text; numbers stand in the others, already formatted."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Meter:
    """A share from 0 to 1 with a name and a word on it, for a bar."""

    label: str
    value: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a sheet: any of lines, meters and a table, below an optional title."""

    title: str = ""
    lines: tuple[str, ...] = ()
    meters: tuple[Meter, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to read: progress, help, a report, an answer. `links` are (title, address) pairs."""

    title: str
    lead: str = ""
    sections: tuple[Section, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    pictures: tuple[Picture, ...] = ()
    files: tuple[File, ...] = ()
    buttons: tuple[Button, ...] = ()


class Tone(StrEnum):
    """How a notice is meant."""

    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """One or two sentences."""

    text: str
    tone: Tone = Tone.INFO
    buttons: tuple[Button, ...] = ()
