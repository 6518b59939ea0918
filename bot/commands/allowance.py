"""How much one person may do at once: a bucket of actions each, which fills up again evenly."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

REMEMBERED = 50_000


class Allowance:
    """At most `actions` at once and as many again in every `seconds`; 0 actions sets no limit.

    Of the people who did something last it remembers `remembered`; whoever is forgotten has a full bucket,
    as everybody has who did nothing for `seconds`.
    """

    def __init__(self, actions: float, seconds: float, remembered: int = REMEMBERED) -> None:
        self._actions = actions
        self._per_second = actions / seconds
        self._remembered = remembered
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def take(self, person: Hashable, now: float) -> bool:
        """Take one action from a person's bucket; False when it is empty. `now` counts seconds."""
        if not self._actions:
            return True
        left = self._left(person, now)
        self._buckets[person] = (left - 1 if left >= 1 else left, now)
        self._buckets.move_to_end(person)
        if len(self._buckets) > self._remembered:
            self._buckets.popitem(last=False)
        return left >= 1

    def _left(self, person: Hashable, now: float) -> float:
        left, since = self._buckets.get(person, (self._actions, now))
        # A clock that was set back gives nothing and takes nothing.
        return min(self._actions, left + max(now - since, 0.0) * self._per_second)
