import datetime as dt
import random
from math import exp

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS as W
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.memory import Grade, Memory, grade, interval, recall, retrievability, review

NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
AGAIN, HARD, GOOD, EASY = Grade


def written_out(history: list[tuple[int, int]]) -> tuple[float, float]:
    """Stability and difficulty after (days since the last review, rating), straight from FSRS-6's formulas."""
    factor = 0.9 ** (-1 / W[20]) - 1
    s = d = 0.0
    for days, rating in history:
        if s == 0:
            s, d = W[rating - 1], W[4] - exp(W[5] * (rating - 1)) + 1
        else:
            r = (1 + factor * days / s) ** -W[20]
            if days < 1:
                growth = exp(W[17] * (rating - 3 + W[18])) * s ** -W[19]
                s *= max(growth, 1.0) if rating > 1 else growth
            elif rating == 1:
                long = W[11] * d ** -W[12] * ((s + 1) ** W[13] - 1) * exp((1 - r) * W[14])
                s = min(long, s / exp(W[17] * W[18]))
            else:
                bonus = {2: W[15], 3: 1.0, 4: W[16]}[rating]
                s *= 1 + exp(W[8]) * (11 - d) * s ** -W[9] * (exp((1 - r) * W[10]) - 1) * bonus
            easiest = W[4] - exp(W[5] * 3) + 1
            d = W[7] * easiest + (1 - W[7]) * (d - W[6] * (rating - 3) * (10 - d) / 9)
        d = min(max(d, 1.0), 10.0)
        s = max(s, 0.001)
    return s, d


def followed(history: list[tuple[int, int]]) -> Memory:
    memory, now = None, NOW
    for days, rating in history:
        now += days * DAY
        memory = review(memory, Grade(rating), now)
    assert memory is not None
    return memory


@pytest.mark.parametrize(
    ("right", "confidence", "seconds", "expected"),
    [
        (True, None, None, GOOD),
        (True, "sure", None, GOOD),
        (True, "sure", 10.0, GOOD),
        (True, "sure", 9.9, EASY),
        (True, "unsure", 3.0, HARD),
        (True, None, 3.0, GOOD),
        (False, "sure", 3.0, AGAIN),
        (False, "unsure", None, AGAIN),
    ],
)
def test_grades_by_correctness_then_confidence_then_speed(right, confidence, seconds, expected):
    assert grade(right, confidence=confidence, seconds=seconds) is expected


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 4)), min_size=1, max_size=12))
def test_follows_the_published_formulas_of_fsrs_6(history):
    memory = followed(history)
    stability, difficulty = written_out(history)
    assert memory.stability == pytest.approx(stability)
    assert memory.difficulty == pytest.approx(difficulty)


def test_counts_reviews_and_what_was_forgotten_after_it_was_learnt():
    memory = followed([(0, 1), (1, 3), (5, 1), (1, 1)])
    assert (memory.reps, memory.lapses) == (4, 2)


def test_what_was_forgotten_is_due_within_a_day_however_stable_it_was():
    memory = followed([(0, 4), (20, 4), (100, 4), (300, 4)])
    assert memory.stability > 300
    lost = review(memory, AGAIN, NOW + 2000 * DAY)
    assert interval(lost) > 1
    assert lost.due == NOW + 2001 * DAY


def test_is_due_after_the_interval_that_keeps_the_desired_retention():
    memory = followed([(0, 3), (3, 3)])
    assert memory.due - memory.last_review == interval(memory) * DAY
    assert retrievability(memory, memory.due) == pytest.approx(0.9, abs=0.01)
    eager = review(None, GOOD, NOW, retention=0.97)
    relaxed = review(None, GOOD, NOW, retention=0.8)
    assert eager.due < review(None, GOOD, NOW).due < relaxed.due


def test_spreads_intervals_by_the_generator_passed_in_and_by_nothing_else():
    memory = followed([(0, 3), (3, 3), (14, 3)])
    later = NOW + 80 * DAY
    random.seed(7)
    untouched = random.getstate()
    seeded = [review(memory, GOOD, later, rng=random.Random(seed)).due for seed in range(200)]
    assert random.getstate() == untouched
    assert seeded == [review(memory, GOOD, later, rng=random.Random(seed)).due for seed in range(200)]
    exact = (review(memory, GOOD, later).due - later).days
    days = {(due - later).days for due in seeded}
    reach = 1 + 0.15 * 4.5 + 0.1 * 13 + 0.05 * (exact - 20)
    assert len(days) > 5
    assert min(days) >= round(exact - reach)
    assert max(days) <= round(exact + reach)


def test_leaves_short_intervals_and_stability_unspread():
    first = review(None, GOOD, NOW, rng=random.Random(1))
    assert first == review(None, GOOD, NOW)


def test_never_changes_its_argument():
    memory = followed([(0, 3)])
    copy = Memory(memory.stability, memory.difficulty, memory.due, memory.last_review, 1, 0)
    review(memory, AGAIN, NOW + DAY)
    assert memory == copy


def test_takes_personal_parameters():
    slow = [each * (5 if at < 4 else 1) for at, each in enumerate(W)]
    assert review(None, GOOD, NOW, parameters=slow).stability == pytest.approx(5 * W[2])


def test_refuses_local_times_and_impossible_retention():
    with pytest.raises(ValueError, match="UTC"):
        review(None, GOOD, NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="between 0 and 1"):
        review(None, GOOD, NOW, retention=1.0)


def test_recalls_a_question_as_well_as_its_weakest_fact():
    strong, weak = followed([(0, 4)]), followed([(0, 1)])
    later = NOW + 5 * DAY
    assert recall([strong, weak], later) == retrievability(weak, later)
    assert recall([strong, None], later) == 0.0
    assert recall([], later) == 0.0
