"""How fast a queue is written, learnt from what was written."""

from __future__ import annotations

from math import ceil

FIXED = 0.005
"""Seconds of a transaction before anything is known; of one item alone it is nearly all."""
EACH = 0.0003
"""Seconds an item adds, before anything is known."""
FEW = 8
WEIGHT = 0.2


class Pace:
    """What a batch costs: a fixed part, learnt from small batches, and a part an item, learnt from large ones.

    Both are running means, so that a slow disk or a loaded database shows within a few batches. A batch of
    one says nothing of what items cost, which is why they are kept apart.
    """

    def __init__(self) -> None:
        self._fixed = FIXED
        self._each = EACH

    def learn(self, size: int, seconds: float) -> None:
        """A batch of this size took so long."""
        if size <= FEW:
            self._fixed += WEIGHT * (seconds - self._fixed)
        else:
            each = max(seconds - self._fixed, 0.0) / size
            self._each += WEIGHT * (each - self._each)

    def cost(self, items: int, batch: int) -> float:
        """Seconds to write so many items, in batches of at most `batch`."""
        return ceil(items / batch) * self._fixed + items * self._each

    def left(self, size: int, running: float) -> float:
        """Seconds that a batch of this size still takes, which has run for so long.

        One that runs for longer than expected is expected to take as long again.
        """
        expected = self.cost(size, size) if size else 0.0
        return expected - running if running < expected else running
