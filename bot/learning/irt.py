"""Two-parameter logistic items fitted to a matrix of right and wrong.

Marginal maximum likelihood by EM: Bock and Aitkin, "Marginal maximum likelihood estimation of item
parameters", Psychometrika 46 (1981), 443-459. Abilities are standard normal, on a fixed grid.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

GRID = tuple(-5 + at / 4 for at in range(41))
ROUNDS = 500
CLOSE_ENOUGH = 1e-6
STEEPEST, FARTHEST = 6.0, 12.0


@dataclass(frozen=True, slots=True)
class TwoParameter:
    """P(right) = 1 / (1 + exp(-(intercept + discrimination * ability)))."""

    discrimination: float
    intercept: float

    @property
    def difficulty(self) -> float:
        """The ability at which right and wrong are equally likely."""
        return -self.intercept / self.discrimination

    def p_right(self, ability: float) -> float:
        """The probability of a right answer at an ability, in standard deviations."""
        return 1 / (1 + exp(-(self.intercept + self.discrimination * ability)))


def fit(rows: Sequence[Sequence[float]]) -> tuple[TwoParameter, ...]:
    """The items of a complete matrix of 0 and 1, one row an attempt. Raises ValueError when it is too poor.

    Every item needs both right and wrong answers, and three items are the fewest that can be told apart.
    """
    patterns = Counter(tuple(row) for row in rows)
    if any(mark not in (0, 1) for row in patterns for mark in row):
        raise ValueError("A fit needs marks of 0 and 1 only.")
    width = len(rows[0]) if rows else 0
    if width < 3 or any(len({row[at] for row in rows}) < 2 for at in range(width)):
        raise ValueError("A fit needs three items or more, each with right and with wrong answers.")
    items = tuple(TwoParameter(1.0, 0.0) for _ in range(width))
    for _ in range(ROUNDS):
        masses, rights = _expected(items, patterns)
        fitted = tuple(_improved(item, masses, right) for item, right in zip(items, rights, strict=True))
        moved = max(_distance(*pair) for pair in zip(items, fitted, strict=True))
        items = fitted
        if moved < CLOSE_ENOUGH:
            break
    return items


def _expected(
    items: Sequence[TwoParameter], patterns: Counter[tuple[float, ...]]
) -> tuple[list[float], list[list[float]]]:
    """How many people are expected at each grid point, and how many of them have each item right."""
    curves = [[item.p_right(ability) for ability in GRID] for item in items]
    prior = [exp(-ability * ability / 2) for ability in GRID]
    masses = [0.0] * len(GRID)
    rights = [[0.0] * len(GRID) for _ in items]
    for pattern, people in patterns.items():
        likely = list(prior)
        for mark, curve in zip(pattern, curves, strict=True):
            likely = [each * (p if mark else 1 - p) for each, p in zip(likely, curve, strict=True)]
        scale = people / sum(likely)
        for at, each in enumerate(likely):
            masses[at] += each * scale
        for mark, right in zip(pattern, rights, strict=True):
            if mark:
                for at, each in enumerate(likely):
                    right[at] += each * scale
    return masses, rights


def _improved(item: TwoParameter, masses: Sequence[float], right: Sequence[float]) -> TwoParameter:
    """One Newton step of the logistic regression of an item on ability."""
    g0 = g1 = h00 = h01 = h11 = 0.0
    for ability, mass, hits in zip(GRID, masses, right, strict=True):
        p = item.p_right(ability)
        missing, weight = hits - mass * p, mass * p * (1 - p)
        g0, g1 = g0 + missing, g1 + missing * ability
        h00, h01, h11 = h00 + weight, h01 + weight * ability, h11 + weight * ability * ability
    scale = h00 * h11 - h01 * h01
    slope = item.discrimination + (h00 * g1 - h01 * g0) / scale
    intercept = item.intercept + (h11 * g0 - h01 * g1) / scale
    return TwoParameter(_within(slope, STEEPEST), _within(intercept, FARTHEST))


def _within(value: float, most: float) -> float:
    # Items that everybody of some ability has right would otherwise run away.
    return max(-most, min(most, value))


def _distance(one: TwoParameter, other: TwoParameter) -> float:
    return max(abs(one.discrimination - other.discrimination), abs(one.intercept - other.intercept))
