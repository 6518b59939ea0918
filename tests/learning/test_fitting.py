"""Personal parameters predict a learner's own forgetting better than the defaults do."""

from __future__ import annotations

import datetime as dt
import random

from fsrs.scheduler import DEFAULT_PARAMETERS

from bot.learning import memory
from bot.learning.fitting import Review, fit, is_due
from bot.learning.memory import Grade, Memory

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
# Somebody whose first impressions fade three times as fast.
FORGETFUL = tuple(w * 0.3 if n < 4 else w for n, w in enumerate(DEFAULT_PARAMETERS))


def history(rng: random.Random, truth: tuple[float, ...]) -> list[Review]:
    """Five reviews of one fact, each when the defaults would have it, recalled by the true memory."""
    now = START
    planned: Memory | None = None
    true: Memory | None = None
    reviews: list[Review] = []
    for _ in range(5):
        days = 0 if planned is None else max(1, round(memory.interval(planned) * rng.uniform(0.7, 1.3)))
        now += dt.timedelta(days=days)
        right = rng.random() < (0.7 if true is None else memory.retrievability(true, now, truth))
        grade = Grade.GOOD if right else Grade.AGAIN
        planned = memory.review(planned, grade, now)
        true = memory.review(true, grade, now, parameters=truth)
        reviews.append((int(grade), days))
    return reviews


def test_the_forgetful_get_shorter_first_intervals_and_better_predictions() -> None:
    rng = random.Random(5)
    found = fit([history(rng, FORGETFUL) for _ in range(200)])
    assert found is not None
    assert found.log_loss < found.default_log_loss
    usual = memory.review(None, Grade.GOOD, START)
    own = memory.review(None, Grade.GOOD, START, parameters=found.parameters)
    assert own.stability < 0.8 * usual.stability


def test_a_fit_is_the_same_every_time() -> None:
    histories = [history(random.Random(n), FORGETFUL) for n in range(100)]
    assert fit(histories) == fit(histories)


def test_nothing_is_fitted_to_nothing_or_to_a_single_day() -> None:
    assert fit([]) is None
    assert fit([[(3, 0), (1, 0)]] * 50) is None


def test_a_fit_is_due_at_four_hundred_reviews_and_after_each_quarter_more() -> None:
    assert [is_due(n, 0) for n in (399, 400)] == [False, True]
    assert [is_due(n, 400) for n in (499, 500)] == [False, True]
