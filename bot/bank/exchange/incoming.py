"""A file that somebody handed in, whatever program made it, as a pack that was looked at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.bank.bank import Bank
from bot.bank.packs import Checked, check


@dataclass(frozen=True, slots=True)
class Received:
    """A pack that was looked at, and what its file had that a pack cannot hold."""

    checked: Checked
    lost: tuple[str, ...] = ()


def receive(name: str, filename: str, data: bytes, main: Bank, today: dt.date) -> Received:
    """Looks at a file that becomes the pack `name`. Raises UnpackingError when it cannot be opened."""
    return Received(check(filename, data, main, today))
