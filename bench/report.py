"""Medians, and numbers a person can read."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

REPEATS = 5


def median(values: Sequence[float]) -> float:
    """The median, to four significant digits."""
    return float(f"{statistics.median(values):.4g}")


def quantile(sorted_values: Sequence[float], share: float) -> float:
    """A quantile of sorted values."""
    return sorted_values[min(int(len(sorted_values) * share), len(sorted_values) - 1)]
