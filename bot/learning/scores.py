"""Number-correct scores: their distribution, and what a raw score may mean on the exam's scale.

Source of the recursion: Lord and Wingersky, "Comparison of IRT true-score and equipercentile observed-score
equatings", Applied Psychological Measurement 8 (1984), 453-461.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.model.knowledge import Exam

# AWS publishes no raw cut; passing is assumed to take between 32 and 38 of 50, which is 64 % to 76 %.
CUT_SHARES = (0.64, 0.76)


def number_correct(probabilities: Iterable[float]) -> list[float]:
    """P(0 right), P(1 right), ... for independent items of these probabilities. Sums to 1."""
    distribution = [1.0]
    for p in probabilities:
        q = 1.0 - p
        grown = [q * each for each in distribution]
        grown.append(0.0)
        for right, each in enumerate(distribution):
            grown[right + 1] += p * each
        distribution = grown
    return distribution


def convolved(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """The distribution of the sum of two independent numbers."""
    total = [0.0] * (len(one) + len(other) - 1)
    for at, p in enumerate(one):
        for right, q in enumerate(other, at):
            total[right] += p * q
    return total


def at_least(distribution: Sequence[float], cut: int) -> float:
    """The probability of `cut` or more right."""
    return min(1.0, sum(distribution[cut:]))


def cuts(items: int) -> tuple[int, int]:
    """The lowest and the highest raw score at which so many scored items may be passed."""
    low, high = (round(share * items) for share in CUT_SHARES)
    return low, high


def scaled(exam: Exam, right: int, items: int) -> tuple[int, int]:
    """The range in which the scaled score of `right` of `items` scored items may lie, lowest first.

    An estimate: straight lines from nothing right (the scale's lowest score) through the raw cut (the
    passing score) to everything right (the highest), for the highest and for the lowest assumed cut.
    """
    low_cut, high_cut = cuts(items)
    return _on_lines(exam, right, items, high_cut), _on_lines(exam, right, items, low_cut)


def is_right(picks: Iterable[int], key: Iterable[int]) -> bool:
    """All or nothing: exactly the options of the key. A blank is wrong."""
    return frozenset(picks) == frozenset(key)


def _on_lines(exam: Exam, right: int, items: int, cut: int) -> int:
    lowest, highest = exam.scale
    if right < cut:
        return round(lowest + (exam.pass_scaled - lowest) * right / cut)
    if items == cut:
        return highest
    return round(exam.pass_scaled + (highest - exam.pass_scaled) * (right - cut) / (items - cut))
