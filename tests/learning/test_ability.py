from math import erf, exp, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.ability import (
    LEAST_ABILITY_VARIANCE,
    PRIOR,
    Ability,
    Difficulty,
    chance_with_recall,
    p_right,
    update,
)

means = st.floats(-3, 3)
variances = st.floats(0.05, 1.5)
chances = st.sampled_from([0.0, 0.1, 0.25])


def integrated(
    ability: Ability, difficulty: Difficulty, chance: float, right: bool
) -> tuple[float, float, float]:
    """Probability of the answer, and mean and variance of ability after it, summed over a fine grid."""
    spread = sqrt(1.702**2 + difficulty.variance)
    total = first = second = 0.0
    deviation = sqrt(ability.variance)
    for step in range(-800, 801):
        z = step / 100
        theta = ability.mean + deviation * z
        p = chance + (1 - chance) * 0.5 * (1 + erf((theta - difficulty.mean) / spread / sqrt(2)))
        mass = exp(-z * z / 2) * (p if right else 1 - p)
        total, first, second = total + mass, first + mass * theta, second + mass * theta * theta
    mean = first / total
    return total * 0.01 / sqrt(6.283185307179586), mean, second / total - mean * mean


@given(means, variances, means, variances, chances, st.booleans())
def test_keeps_the_moments_of_the_exact_posterior(m, v, n, w, chance, right):
    ability, difficulty = Ability(m, v, 3), Difficulty(n, w, 5)
    after, _ = update(ability, difficulty, right, chance)
    _, mean, variance = integrated(ability, difficulty, chance, right)
    assert after.mean == pytest.approx(mean, abs=1e-6)
    assert after.variance == pytest.approx(max(min(variance, v), LEAST_ABILITY_VARIANCE), abs=1e-6)


@given(means, variances, means, variances, chances)
def test_predicts_the_average_over_what_is_unknown(m, v, n, w, chance):
    ability, difficulty = Ability(m, v, 0), Difficulty(n, w, 0)
    probability, _, _ = integrated(ability, difficulty, chance, True)
    assert p_right(ability, difficulty, chance) == pytest.approx(probability, abs=1e-6)


@given(st.floats(-60, 60), variances, means, variances, chances, st.booleans())
def test_moves_ability_and_difficulty_apart_and_never_less_certain(m, v, n, w, chance, right):
    ability, difficulty = Ability(m, v, 0), Difficulty(n, w, 0)
    after, harder = update(ability, difficulty, right, chance)
    sign = 1 if right else -1
    assert sign * (after.mean - m) >= 0
    assert sign * (harder.mean - n) <= 0
    assert after.variance <= v
    assert harder.variance <= w
    assert (after.answers, harder.answers) == (1, 1)


def test_a_likely_guess_tells_less_than_an_answer_that_cannot_be_guessed():
    level = Difficulty.prior(2)
    assert update(PRIOR, level, True, 0.5)[0].mean < update(PRIOR, level, True, 0.0)[0].mean


def test_finds_a_constant_ability_and_grows_sure_of_it():
    ability = PRIOR
    for at in range(300):
        ability, _ = update(ability, Difficulty(0.0, 0.01, 100), at % 4 != 0, 0.0)
    assert ability.mean == pytest.approx(1.702 * 0.6745, abs=0.2)
    assert ability.variance < 0.1


def test_follows_a_learner_who_improves():
    ability = PRIOR
    for _ in range(400):
        ability, _ = update(ability, Difficulty(0.0, 0.01, 100), False, 0.0)
    low = ability.mean
    for _ in range(60):
        ability, _ = update(ability, Difficulty(0.0, 0.01, 100), True, 0.0)
    assert ability.mean > low + 1


def test_an_author_says_only_roughly_how_hard_a_question_is():
    easy, medium, hard = (Difficulty.prior(level) for level in (1, 2, 3))
    assert easy.mean < medium.mean < hard.mean
    assert medium.answers == 0
    with pytest.raises(KeyError):
        Difficulty.prior(4)


def test_what_is_recalled_owes_nothing_to_ability():
    assert chance_with_recall(0.25, 0.0) == 0.25
    assert chance_with_recall(0.25, 0.8) == pytest.approx(0.85)
    assert chance_with_recall(0.25, 1.0) == 1.0
