"""What answers say about questions and about a test as a whole.

All figures follow Moodle's published definitions, "Quiz statistics calculations" and "Quiz report
statistics" (docs.moodle.org/dev): facility, standard deviations, weights, discrimination and consistency are
percentages. A figure that is not defined for the data, such as a correlation with what never varies, is None.
In the tutor they are computed on first attempts only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median

from bot.learning.moments import correlation, covariance, kurtosis, ratio, skewness, variance


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One question. `discrimination` is the correlation of its marks with the rest of the score;
    `efficiency` compares that covariance with the highest that these marks and scores allow.
    """

    answers: int
    facility: float
    sd: float | None
    discrimination: float | None
    efficiency: float | None


@dataclass(frozen=True, slots=True)
class Weighted:
    """A question within a test: what share of the total it was meant to decide, and what it did decide."""

    item: ItemStatistics
    intended_weight: float
    effective_weight: float | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """A test that everybody took whole. `cic` is the coefficient of internal consistency (Cronbach's alpha).

    `mean`, `median`, `sd` and `standard_error` are percentages of the highest possible score.
    """

    attempts: int
    mean: float
    median: float
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    cic: float | None
    error_ratio: float | None
    standard_error: float | None
    items: tuple[Weighted, ...]


def item_statistics(marks: Sequence[float], rests: Sequence[float], highest: float = 1.0) -> ItemStatistics:
    """Statistics of a question from the marks of those who answered it.

    `rests` are their scores on everything else, on any common scale; `highest` is the highest mark.
    Raises ValueError without answers.
    """
    if not marks:
        raise ValueError("Statistics of a question need at least one answer.")
    best = covariance(sorted(marks), sorted(rests))
    spread = variance(marks)
    return ItemStatistics(
        len(marks),
        100 * fmean(marks) / highest,
        None if spread is None else 100 * sqrt(spread) / highest,
        _percent(correlation(marks, rests)),
        _percent(ratio(covariance(marks, rests), best)),
    )


def analysis(rows: Sequence[Sequence[float]], highest: Sequence[float] | None = None) -> Analysis:
    """Statistics of a test from a row of marks for every attempt.

    `highest` are the highest marks of the questions, 1 by default. Raises ValueError for rows of unequal
    length or for none at all.
    """
    width = len(rows[0]) if rows else 0
    if not width or any(len(row) != width for row in rows):
        raise ValueError("A test needs at least one attempt, and as many marks in each.")
    most = tuple(highest or [1.0] * width)
    totals = [sum(row) for row in rows]
    columns = [[row[at] for row in rows] for at in range(width)]
    spread, scale = variance(totals), 100 / sum(most)
    cic = _consistency(columns, spread)
    error = None if cic is None else 100 * sqrt(1 - cic / 100)
    sd = None if spread is None else scale * sqrt(spread)
    return Analysis(
        len(rows), scale * fmean(totals), scale * median(totals), sd, skewness(totals), kurtosis(totals),
        cic, error, None if error is None or sd is None else error / 100 * sd,
        _weighted(columns, totals, most),
    )  # fmt: skip


def _weighted(
    columns: Sequence[Sequence[float]], totals: Sequence[float], most: Sequence[float]
) -> tuple[Weighted, ...]:
    roots = [_root(covariance(column, totals)) for column in columns]
    whole = sum(root for root in roots if root is not None)
    return tuple(
        Weighted(
            item_statistics(column, [t - mark for t, mark in zip(totals, column, strict=True)], highest),
            100 * highest / sum(most),
            100 * root / whole if root is not None and whole else None,
        )
        for column, highest, root in zip(columns, most, roots, strict=True)
    )


def _consistency(columns: Sequence[Sequence[float]], spread: float | None) -> float | None:
    number = len(columns)
    if number < 2 or not spread:
        return None
    return 100 * number / (number - 1) * (1 - sum(variance(column) or 0.0 for column in columns) / spread)


def _root(value: float | None) -> float | None:
    return None if value is None or value < 0 else sqrt(value)


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value
