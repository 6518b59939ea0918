import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bot.learning.moments import correlation, kurtosis, skewness, variance

samples = st.lists(st.integers(-50, 50), min_size=4, max_size=30).filter(lambda xs: len(set(xs)) > 1)


@given(samples)
def test_skewness_and_kurtosis_are_the_unbiased_ones(xs):
    assert skewness(xs) == pytest.approx(stats.skew(xs, bias=False), abs=1e-9)
    assert kurtosis(xs) == pytest.approx(stats.kurtosis(xs, bias=False), abs=1e-9)


@given(samples, st.randoms(use_true_random=False))
def test_correlation_is_pearsons(xs, rng):
    ys = rng.sample(xs, len(xs))
    assert correlation(xs, ys) == pytest.approx(stats.pearsonr(xs, ys)[0], abs=1e-9)


def test_too_small_and_constant_samples_have_none():
    assert variance([1.0]) is None
    assert skewness([1.0, 2.0]) is None
    assert kurtosis([1.0, 2.0, 3.0]) is None
    assert correlation([1.0, 1.0], [1.0, 2.0]) is None
    assert skewness([2.0, 2.0, 2.0]) is None
