"""Answers with a share of the points, as Moodle and GIFT weigh them: in percent, below zero for a penalty."""

from __future__ import annotations

from collections.abc import Sequence

FULL = 99.0
"""From here on an answer is right whole; files round."""
NOW_WRONG = "answers that were right in part count as wrong"
NOW_RIGHT = "answers that were right in part count as right"


def judged(weights: Sequence[float]) -> tuple[list[bool], str]:
    """Whether each answer is right, and the end of a sentence where some were right in part only.

    Beside an answer that gets all points, one that gets a part is wrong; where each gets a part, all are right.
    """
    whole = any(weight >= FULL for weight in weights)
    right = [weight >= FULL if whole else weight > 0 for weight in weights]
    if len({round(min(weight, 100.0)) for weight in weights if weight > 0}) < 2:
        return right, ""
    return right, NOW_WRONG if whole else NOW_RIGHT
