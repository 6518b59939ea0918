"""What answers say is wrong with a question, as far as chance leaves it to be said.

A correlation of n answers strays from nought by about 1 / sqrt(n) when there is nothing to it (the standard error
of Pearson's r at 0), so only what is beyond twice that counts: about one sound question in fifty will still be
called flawed. A distractor that fewer than one in twenty picks does no work (Haladyna and Downing, "How many
options is enough for a multiple-choice test item?", 1993).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import fmean

from bot.learning.items import item_statistics
from bot.learning.options import OptionStatistics, option_statistics, rival

LEAST = 10
"""Answers below which nothing is said."""
LEAST_FOR_DEAD = 30
"""Answers below which an option that nobody picks may well be bad luck."""
EASY = 95.0
ABOVE_CHANCE = 5.0
DEAD = 0.05
ERRORS = 2.0
"""Standard errors within which a correlation may well be chance."""


class Flaw(StrEnum):
    """What may be wrong, the worst first."""

    KEY = "key"
    NEGATIVE = "negative"
    HARD = "hard"
    EASY = "easy"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Given:
    """One first answer: the picks, whether they were right, and the person's share of right answers to everything
    else, from 0 to 1; None for somebody of whom too little else is known."""

    picks: frozenset[int]
    correct: bool
    rest: float | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A question with its statistics. Percentages are of 100; None is not known.

    `compared` counts the answers of people of whom enough else is known, on whom discrimination, efficiency and
    the options' correlations rest. `rival` is the option that those who know more prefer to the key, `dead` are
    the distractors that hardly anybody picks; both are positions.
    """

    answers: int
    compared: int
    facility: float | None = None
    discrimination: float | None = None
    efficiency: float | None = None
    options: tuple[OptionStatistics, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    rival: int | None = None
    dead: tuple[int, ...] = ()


def examine(positions: Sequence[int], key: Collection[int], given: Sequence[Given], chance: float) -> Finding:
    """What first answers say of a question. `chance` is the probability of a right guess, 0 to 1."""
    known = [each for each in given if each.rest is not None]
    if len(given) < LEAST:
        return Finding(len(given), len(known))
    marks, rests = [float(each.correct) for each in known], [each.rest or 0.0 for each in known]
    item = item_statistics(marks, rests) if len(known) >= LEAST else None
    options = _options(positions, key, given, known)
    found = Finding(
        len(given),
        len(known),
        100 * fmean(each.correct for each in given),
        item.discrimination if item else None,
        item.efficiency if item else None,
        options,
    )
    return _judged(found, chance)


def _options(
    positions: Sequence[int], key: Collection[int], given: Sequence[Given], known: Sequence[Given]
) -> tuple[OptionStatistics, ...]:
    """Picks of all, correlations of those who can be compared."""
    names, right = [str(each) for each in positions], {str(each) for each in key}
    picked = [{str(each) for each in one.picks} for one in given]
    all_ = option_statistics(names, right, picked, [0.0] * len(given))
    if len(known) < LEAST:
        return all_
    among = [{str(each) for each in one.picks} for one in known]
    compared = option_statistics(names, right, among, [one.rest or 0.0 for one in known])
    return tuple(
        OptionStatistics(one.option, one.right, one.picks, one.share, other.point_biserial)
        for one, other in zip(all_, compared, strict=True)
    )


def _judged(found: Finding, chance: float) -> Finding:
    assert found.facility is not None
    luck = ERRORS / sqrt(found.compared) if found.compared else 1.0
    suspect = rival(found.options)
    if suspect is not None and (suspect.point_biserial or 0.0) < luck:
        suspect = None
    easy = found.facility > EASY
    dead = tuple(int(each.option) for each in found.options if not each.right and each.share < DEAD)
    if easy or found.answers < LEAST_FOR_DEAD:
        dead = ()
    flaws = {
        Flaw.KEY: suspect is not None,
        Flaw.NEGATIVE: found.discrimination is not None and found.discrimination / 100 < -luck,
        Flaw.HARD: found.facility < 100 * chance + ABOVE_CHANCE,
        Flaw.EASY: easy,
        Flaw.DEAD: bool(dead),
    }
    return Finding(
        found.answers, found.compared, found.facility, found.discrimination, found.efficiency, found.options,
        tuple(flaw for flaw, is_so in flaws.items() if is_so), int(suspect.option) if suspect else None, dead,
    )  # fmt: skip
