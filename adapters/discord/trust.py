"""Whom a server's own settings let use the admin commands."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict

from bot.model.people import Caller
from bot.ports import Clock

KEPT = dt.timedelta(minutes=15)
MOST = 1000


class Trust:
    """Discord offers admin commands only to people whom the server's settings allow, which may be others
    than those who manage the server. Whoever used one there is trusted with the forms and buttons that
    follow, for a quarter of an hour."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: OrderedDict[tuple[str, str], dt.datetime] = OrderedDict()

    def give(self, caller: Caller) -> Caller:
        """The caller as an admin of the server in which they used an admin command."""
        if caller.channel is None:
            return caller
        key = (caller.channel.community, caller.person.id)
        self._until[key] = self._clock.now() + KEPT
        self._until.move_to_end(key)
        while len(self._until) > MOST:
            self._until.popitem(last=False)
        return caller.as_admin()

    def apply(self, caller: Caller) -> Caller:
        """The caller, as an admin if they have been trusted in this server a short while ago."""
        if caller.channel is None or caller.person.admin:
            return caller
        until = self._until.get((caller.channel.community, caller.person.id))
        return caller.as_admin() if until is not None and self._clock.now() < until else caller
