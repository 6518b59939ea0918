"""Moments of samples; None where a sample is too small or does not vary.

Variances and covariances divide by S - 1. Skewness and kurtosis are ratios of k-statistics, as in Moodle's
"Quiz statistics calculations"; both are 0 for a normal distribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean


def covariance(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Of two equally long samples, in the product of their units."""
    if len(xs) < 2:
        return None
    x_mean, y_mean = fmean(xs), fmean(ys)
    return sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True)) / (len(xs) - 1)


def variance(xs: Sequence[float]) -> float | None:
    """Of a sample, in its unit squared."""
    return covariance(xs, xs)


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Pearson's, from -1 to 1. With one sample of zeros and ones it is the point-biserial correlation."""
    spread = (variance(xs) or 0.0) * (variance(ys) or 0.0)
    return ratio(covariance(xs, ys), sqrt(spread))


def ratio(part: float | None, whole: float | None) -> float | None:
    """Their quotient; None when either is missing or the whole is nothing but a rounding error."""
    return None if part is None or whole is None or abs(whole) < 1e-12 else part / whole


def skewness(xs: Sequence[float]) -> float | None:
    """k3 / k2 to the power of 3/2."""
    s = len(xs)
    if s < 3:
        return None
    k2, k3 = _central(xs, 2) * s / (s - 1), _central(xs, 3) * s * s / ((s - 1) * (s - 2))
    return ratio(k3, k2**1.5)


def kurtosis(xs: Sequence[float]) -> float | None:
    """k4 / k2 squared."""
    s = len(xs)
    if s < 4:
        return None
    m2, m4 = _central(xs, 2), _central(xs, 4)
    k4 = s * s / ((s - 1) * (s - 2) * (s - 3)) * ((s + 1) * m4 - 3 * (s - 1) * m2 * m2)
    return ratio(k4, (m2 * s / (s - 1)) ** 2)


def _central(xs: Sequence[float], power: int) -> float:
    mean = fmean(xs)
    return fmean((x - mean) ** power for x in xs)
