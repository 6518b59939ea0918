"""A synthetic day of a million learners: who is where, when questions are posted, when people answer.

Nothing here is measured on people. The shape is what such services report in general, and each assumption is a
constant below, to be changed by whoever knows better.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

HOUR, DAY = 3600.0, 86_400.0
LARGEST = 100_000
SHAPE = 1.1
"""Sizes of communities fall off as rank to the power of minus this."""
ZONES = ((-8, 0.10), (-6, 0.12), (-5, 0.18), (0, 0.12), (1, 0.22), (5.5, 0.14), (8, 0.07), (9, 0.05))
"""Hours from UTC, and the share of communities."""
NINE = 0.6
"""The share of communities that keep the default time; the others post at any quarter between 8 and 18."""
DAILY = 0.35
"""The share of learners who answer the question of the day."""
MEDIAN_DELAY, SPREAD = 1_200.0, 1.3
"""Seconds from the post to an answer: log-normal."""
AT_ONCE = 0.05
"""The share of those who answer within a minute of the post, because their channel has just lit up."""
PRACTISING, SESSION, PACE = 0.15, 5, 25.0
"""The share who practise, questions a session, seconds a question."""
EVENING, WIDTH = 19.5 * HOUR, 2.0 * HOUR


@dataclass(frozen=True)
class Day:
    """Seconds since midnight UTC, sorted: when posts are due and when answers arrive."""

    posts: np.ndarray
    answers: np.ndarray
    largest: int


def synthetic_day(learners: int, communities: int, rng: np.random.Generator) -> Day:
    """One weekday."""
    sizes = _sizes(learners, communities)
    hours = rng.choice([zone for zone, _ in ZONES], communities, p=[share for _, share in ZONES])
    local = np.where(
        rng.random(communities) < NINE, 9 * HOUR, 8 * HOUR + 900 * rng.integers(0, 40, communities)
    )
    posts = local - hours * HOUR
    home = np.repeat(np.arange(communities), sizes)
    daily = _daily(posts[home[rng.random(len(home)) < DAILY]], rng)
    practice = _practice(hours[home[rng.random(len(home)) < PRACTISING]], rng)
    answers = np.sort(np.concatenate([daily, practice]) % DAY)
    return Day(np.sort(posts % DAY), answers, int(sizes.max()))


def _sizes(learners: int, communities: int) -> np.ndarray:
    weights = np.arange(1, communities + 1) ** -SHAPE
    sizes = np.minimum(LARGEST, weights / weights.sum() * learners).astype(int) + 1
    sizes[communities // 10 :] += max(0, learners - int(sizes.sum())) // (communities - communities // 10)
    return sizes


def _daily(posted: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    delays = np.exp(rng.normal(np.log(MEDIAN_DELAY), SPREAD, len(posted)))
    soon = rng.random(len(posted)) < AT_ONCE
    return posted + np.where(soon, rng.uniform(3, 60, len(posted)), delays)


def _practice(hours: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    begins = rng.normal(EVENING, WIDTH, len(hours)) - hours * HOUR
    steps = rng.exponential(PACE, (len(hours), SESSION)).cumsum(axis=1)
    return (begins[:, None] + steps).ravel()
