"""Points: what an answer is worth on the boards.

Everybody who answers a round within its window is credited alike. Practice earns a little, once a
question, and no more than a cap a day, so that nothing is won by farming.
"""

from __future__ import annotations

ROUND_RIGHT = 10
ROUND_WRONG = 2
PRACTICE_RIGHT = 1
PRACTICE_CAP = 10


def for_round(right: bool, in_window: bool) -> int:
    """Points of a first answer to a channel's round."""
    if not in_window:
        return 0
    return ROUND_RIGHT if right else ROUND_WRONG


def for_practice(right: bool, first: bool, earned_today: int) -> int:
    """Points of a practice answer. `first` says that the learner had never met the question."""
    if not (right and first) or earned_today >= PRACTICE_CAP:
        return 0
    return PRACTICE_RIGHT
