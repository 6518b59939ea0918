"""How a question's options are picked, and whether its key may be wrong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.learning.moments import correlation

LEAST_PICKS = 3


@dataclass(frozen=True, slots=True)
class OptionStatistics:
    """One option. `share` is of all answers, 0 to 1; `point_biserial` is the correlation, -1 to 1, of picking
    it with the score on everything else, None where either never varies.
    """

    option: str
    right: bool
    picks: int
    share: float
    point_biserial: float | None


def option_statistics(
    options: Sequence[str], key: Collection[str], answers: Sequence[Collection[str]], rests: Sequence[float]
) -> tuple[OptionStatistics, ...]:
    """Statistics of each option, in the order given, from what people picked and their scores elsewhere."""
    found = []
    for option in options:
        picked = [float(option in answer) for answer in answers]
        share = sum(picked) / len(picked) if picked else 0.0
        found.append(
            OptionStatistics(option, option in key, int(sum(picked)), share, correlation(picked, rests))
        )
    return tuple(found)


def rival(options: Sequence[OptionStatistics]) -> OptionStatistics | None:
    """The distractor that beats the key, the sign of a wrong key: those who know more pick it rather.

    It has to be picked by several people, to go with a higher score, and to do so more than the weakest
    right option does. The strongest of several is told.
    """
    keys = [each.point_biserial or 0.0 for each in options if each.right]
    suspects = [
        each
        for each in options
        if not each.right
        and each.picks >= LEAST_PICKS
        and each.point_biserial is not None
        and each.point_biserial > max(0.0, min(keys, default=0.0))
    ]
    return max(suspects, key=lambda each: each.point_biserial or 0.0, default=None)
