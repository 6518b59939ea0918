import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.candidate import shares
from tests.learning.samples import DVA, exam


@pytest.mark.parametrize(
    ("weights", "items", "expected"),
    [
        ((0.32, 0.26, 0.24, 0.18), 50, [16, 13, 12, 9]),
        ((0.30, 0.26, 0.24, 0.20), 50, [15, 13, 12, 10]),
        ((0.32, 0.26, 0.24, 0.18), 15, [5, 4, 3, 3]),
        ((0.32, 0.26, 0.24, 0.18), 0, [0, 0, 0, 0]),
        ((0.5, 0.5), 3, [2, 1]),
    ],
)
def test_gives_each_domain_its_weight_by_largest_remainders(weights, items, expected):
    assert list(shares(exam(*weights), items).values()) == expected


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.integers(0, 200))
def test_shares_are_within_one_of_the_exact_quota_and_sum_up(weights, items):
    total = sum(weights)
    found = shares(exam(*(each / total for each in weights)), items)
    assert sum(found.values()) == items
    for weight, share in zip(weights, found.values(), strict=True):
        assert abs(share - items * weight / total) < 1 + 1e-6


def test_names_domains_by_exam():
    assert list(shares(DVA, 50)) == ["dva/d1", "dva/d2", "dva/d3", "dva/d4"]
