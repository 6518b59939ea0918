"""A file that somebody handed in, whatever program made it, as a pack that was looked at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.bank.bank import Bank
from bot.bank.exchange import formats
from bot.bank.exchange.authored import files_of, subject_of
from bot.bank.exchange.drafts import ExchangeError
from bot.bank.packs import MAX_ID, MAX_QUESTIONS, Checked, check, check_files
from bot.bank.unpacking import MAX_UPLOAD, UnpackingError


@dataclass(frozen=True, slots=True)
class Received:
    """A pack that was looked at, and what its file had that a pack cannot hold."""

    checked: Checked
    lost: tuple[str, ...] = ()


def receive(name: str, filename: str, data: bytes, main: Bank, today: dt.date) -> Received:
    """Looks at a file that becomes the pack `name`. Raises UnpackingError when it cannot be opened."""
    if not formats.is_readable(filename):
        return Received(check(filename, data, main, today))
    if len(data) > MAX_UPLOAD:
        raise UnpackingError(f"The file is larger than {MAX_UPLOAD // 1_000_000} MB.")
    try:
        parsed = formats.read(filename, data)
    except ExchangeError as error:
        raise UnpackingError(str(error)) from error
    if len(parsed.drafts) > MAX_QUESTIONS:
        found = f"{len(parsed.drafts):,} questions are in the file"
        raise UnpackingError(f"{found}; a pack has at most {MAX_QUESTIONS:,}. Split it.")
    otherwise = subject_of(PurePosixPath(filename).stem.replace("_", " ") or name)
    authored = files_of(parsed.drafts, otherwise, today, main.topics, MAX_ID, for_exams=False)
    if not authored.questions:
        lost = "\n".join([*parsed.lost, *authored.said][:10])
        raise UnpackingError(f"There is no question in the file that a pack can hold.\n{lost}".strip())
    return Received(check_files(authored.files, main, today), (*parsed.lost, *authored.said))
