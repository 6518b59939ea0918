"""How many wrong passwords an address may try."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict

TRIES = 5
PAUSE = dt.timedelta(minutes=1)
MOST_ADDRESSES = 1000


class Patience:
    """Counts wrong passwords by address. After five within a minute an address has to wait."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, list[dt.datetime]] = OrderedDict()

    def lost(self, address: str, now: dt.datetime) -> bool:
        """Whether this address has to wait."""
        return len(self._recent(address, now)) >= TRIES

    def wrong(self, address: str, now: dt.datetime) -> None:
        """Count a wrong password."""
        self._wrong[address] = [*self._recent(address, now), now]
        self._wrong.move_to_end(address)
        if len(self._wrong) > MOST_ADDRESSES:
            self._wrong.popitem(last=False)

    def _recent(self, address: str, now: dt.datetime) -> list[dt.datetime]:
        return [time for time in self._wrong.get(address, ()) if now - time < PAUSE]
