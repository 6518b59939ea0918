from math import exp

import pytest

from bot.learning.ability import PRIOR, Ability
from bot.learning.pooling import GENERAL_SHARE, general, given


def summed(abilities: list[Ability]) -> tuple[float, float, list[float]]:
    """Mean and variance of general ability, and the mean in each domain, by summing over a grid."""
    points = [at / 20 for at in range(-120, 121)]
    own = 1 - GENERAL_SHARE
    totals = mean = square = 0.0
    domains = [0.0] * len(abilities)
    for g in points:
        mass = exp(-g * g / (2 * GENERAL_SHARE))
        parts = []
        for each in abilities:
            # What the answers say is the belief over the prior that it was formed from.
            weights = [
                exp(-((t - each.mean) ** 2) / (2 * each.variance) + t * t / 2 - (t - g) ** 2 / (2 * own))
                for t in points
            ]
            parts.append((sum(weights), sum(w * t for w, t in zip(weights, points, strict=True))))
        for total, _ in parts:
            mass *= total
        totals, mean, square = totals + mass, mean + mass * g, square + mass * g * g
        for at, (total, first) in enumerate(parts):
            domains[at] += mass * first / total
    mean /= totals
    return mean, square / totals - mean * mean, [each / totals for each in domains]


def test_agrees_with_the_sum_over_all_abilities():
    abilities = [Ability(0.9, 0.3, 20), Ability(-0.4, 0.5, 8), PRIOR]
    mean, variance, domains = summed(abilities)
    found = general(abilities)
    assert found.mean == pytest.approx(mean, abs=1e-3)
    assert found.variance == pytest.approx(variance, abs=1e-3)
    assert [given(each, found.mean)[0] for each in abilities] == pytest.approx(domains, abs=1e-2)


def test_without_answers_it_is_the_prior():
    found = general([PRIOR, PRIOR])
    assert (found.mean, found.variance) == pytest.approx((0.0, GENERAL_SHARE))
    assert given(PRIOR, 0.7) == pytest.approx((0.7, 1 - GENERAL_SHARE))


def test_a_strong_domain_speaks_for_one_without_answers():
    strong = [Ability(1.5, 0.1, 40), PRIOR]
    assert given(PRIOR, general(strong).mean)[0] > 0.5


def test_a_domain_with_many_answers_speaks_for_itself():
    weak = Ability(-1.0, 0.02, 300)
    assert given(weak, 2.0)[0] == pytest.approx(-1.0, abs=0.2)
