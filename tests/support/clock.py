"""Virtual time."""

from __future__ import annotations

import datetime as dt


class VirtualClock:
    """Implements `bot.ports.Clock`; stands still until it is moved."""

    def __init__(self, now: dt.datetime) -> None:
        self.time = now

    def now(self) -> dt.datetime:
        """The virtual present."""
        return self.time

    def forward(self, **delta: float) -> None:
        """Move on, or with negative values back."""
        self.time += dt.timedelta(**delta)
