"""All formats, by the names that people call them and by the endings of their files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.bank.exchange import aiken, anki, anki_deck, gift, moodle, qti, spreadsheet
from bot.bank.exchange.drafts import Draft, ExchangeError, Holds, Parsed, left_out

Read = Callable[[bytes], Parsed]


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be written."""

    suffix: str
    media_type: str
    write: Callable[[Iterable[Draft]], bytes]
    holds: Holds

    def lost(self, drafts: Iterable[Draft]) -> list[str]:
        """What it cannot hold of these drafts, in sentences."""
        return left_out(drafts, self.holds)


WRITTEN: Mapping[str, Format] = {
    "anki": Format(".apkg", "application/octet-stream", anki_deck.write, anki_deck.holds),
    "csv": Format(".csv", "text/csv", spreadsheet.write, spreadsheet.holds),
    "gift": Format(".gift", "text/plain", gift.write, gift.holds),
    "moodle": Format(".xml", "application/xml", moodle.write, moodle.holds),
    "qti": Format(".zip", "application/zip", qti.write, qti.holds),
    "text": Format(".txt", "text/plain", aiken.write, aiken.holds),
}
_READ: Mapping[str, Read] = {
    ".csv": spreadsheet.read,
    ".tsv": spreadsheet.read,
    ".gift": gift.read,
    ".xml": moodle.read,
    ".apkg": anki.read,
}
READ = (*_READ, ".txt")
"""The endings of files that can be read."""
_AIKEN = re.compile(rb"^[ \t]*(?:ANSWER|CORRECT|KEY)[ \t]*:", re.MULTILINE | re.IGNORECASE)


def is_readable(filename: str) -> bool:
    """Whether a file of this name is of one of these formats."""
    return PurePosixPath(filename).suffix.casefold() in READ


def read(filename: str, data: bytes) -> Parsed:
    """The drafts in a file, by the ending of its name. Raises ExchangeError."""
    suffix = PurePosixPath(filename).suffix.casefold()
    if suffix == ".txt":
        return (aiken.read if _AIKEN.search(data) else gift.read)(data)
    if suffix not in _READ:
        raise ExchangeError(f"I read {', '.join(READ)}; this file ends otherwise.")
    return _READ[suffix](data)
