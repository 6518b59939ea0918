from itertools import product
from math import comb, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.scores import at_least, convolved, cuts, is_right, number_correct, scaled
from tests.learning.samples import DVA

probabilities = st.lists(st.floats(0, 1), max_size=9)


def enumerated(ps: list[float]) -> list[float]:
    found = [0.0] * (len(ps) + 1)
    for outcome in product((0, 1), repeat=len(ps)):
        found[sum(outcome)] += prod(p if hit else 1 - p for p, hit in zip(ps, outcome, strict=True))
    return found


@given(probabilities)
def test_equals_the_sum_over_all_outcomes(ps):
    assert number_correct(ps) == pytest.approx(enumerated(ps))


def test_gives_the_small_cases_exactly():
    assert number_correct([]) == [1.0]
    assert number_correct([0.25]) == [0.75, 0.25]
    assert number_correct([0.5, 0.5]) == [0.25, 0.5, 0.25]
    assert number_correct([0.26, 0.27, 0.29]) == pytest.approx(
        [0.383542, 0.433274, 0.162826, 0.020358], abs=1e-9
    )


def test_is_binomial_for_equal_items():
    expected = [comb(50, k) * 0.7**k * 0.3 ** (50 - k) for k in range(51)]
    assert number_correct([0.7] * 50) == pytest.approx(expected)


@given(probabilities, probabilities)
def test_halves_of_a_test_convolve_to_the_whole(one, other):
    assert convolved(number_correct(one), number_correct(other)) == pytest.approx(number_correct(one + other))


def test_adds_up_what_lies_at_the_cut_and_above():
    assert at_least([0.25, 0.5, 0.25], 1) == 0.75
    assert at_least([0.25, 0.5, 0.25], 0) == 1.0


def test_assumes_a_cut_of_32_to_38_of_50():
    assert cuts(50) == (32, 38)
    assert cuts(20) == (13, 15)


@pytest.mark.parametrize(
    ("right", "expected"), [(0, (100, 100)), (32, (622, 720)), (38, (720, 813)), (50, (1000, 1000))]
)
def test_scales_in_straight_lines_through_the_raw_cut(right, expected):
    assert scaled(DVA, right, 50) == expected


@given(st.integers(1, 65))
def test_a_scaled_score_never_falls_with_one_more_right(items):
    ranges = [scaled(DVA, right, items) for right in range(items + 1)]
    assert ranges == sorted(ranges)
    assert all(low <= high for low, high in ranges)
    assert ranges[-1][1] == 1000


def test_multiple_answers_count_only_when_all_of_them_are_right():
    assert is_right([2, 1], (1, 2))
    assert not is_right([1], (1, 2))
    assert not is_right([1, 2, 3], (1, 2))
    assert not is_right([], (1, 2))
