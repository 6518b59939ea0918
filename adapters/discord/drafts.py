"""What people typed into a form that was refused, so that they correct it instead of typing it again."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Mapping

from bot.ports import Clock

KEPT = dt.timedelta(minutes=15)
MOST = 1000


class Drafts:
    """Refused values by person and form, for a quarter of an hour. A restart forgets them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._drafts: OrderedDict[tuple[int, str], tuple[dt.datetime, Mapping[str, str]]] = OrderedDict()

    def keep(self, person: int, form: str, values: Mapping[str, str]) -> None:
        """Keep what a person typed into a form."""
        self._drafts[person, form] = (self._clock.now(), values)
        self._drafts.move_to_end((person, form))
        while len(self._drafts) > MOST:
            self._drafts.popitem(last=False)

    def take(self, person: int, form: str) -> Mapping[str, str] | None:
        """What the person typed last into this form, once."""
        since, values = self._drafts.pop((person, form), (None, None))
        return values if since is not None and self._clock.now() - since < KEPT else None
