"""The real time."""

from __future__ import annotations

import datetime as dt


class SystemClock:
    """Implements `bot.ports.Clock`."""

    def now(self) -> dt.datetime:
        """The present as aware UTC."""
        return dt.datetime.now(dt.UTC)
