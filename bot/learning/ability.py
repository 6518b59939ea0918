"""How able a learner is in a domain, how hard a question is: both believed as normal distributions.

Model: one-parameter normal ogive with guessing, P(right) = chance + (1 - chance) * Phi((ability -
difficulty) / 1.702), which stays within 0.01 of the logistic model (Haley 1952). Sources: Lord,
"Applications of Item Response Theory" (1980), chapter 2, for the model; Minka, "A family of algorithms
for approximate Bayesian inference" (2001), chapter 3, for the update, which keeps the first two moments
of the exact posterior. Both beliefs are on the logit scale; nothing here is random.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, exp, pi, sqrt

LOGISTIC = 1.702
LEVEL_MEANS = {1: -0.7, 2: 0.0, 3: 0.7}
LEAST_ABILITY_VARIANCE = 0.02
LEAST_DIFFICULTY_VARIANCE = 0.01

_SCALE2 = LOGISTIC * LOGISTIC
_ROOT_HALF = sqrt(0.5)
_PEAK = 1 / sqrt(2 * pi)
_FARTHEST = 8.0


@dataclass(frozen=True, slots=True)
class Ability:
    """A learner's ability in one exam domain, in logits: normal, after `answers` scored answers."""

    mean: float
    variance: float
    answers: int


@dataclass(frozen=True, slots=True)
class Difficulty:
    """A question's difficulty in logits: normal, after `answers` first attempts."""

    mean: float
    variance: float
    answers: int

    @classmethod
    def prior(cls, level: int) -> Difficulty:
        """What an author's level 1, 2 or 3 says before anybody answered. KeyError for another level."""
        return cls(LEVEL_MEANS[level], 0.5, 0)


PRIOR = Ability(mean=0.0, variance=1.0, answers=0)


def chance_with_recall(chance: float, recall: float) -> float:
    """The chance of a right answer that owes nothing to ability: recalled from study, or else guessed.

    Passed on as `chance` for a fact that the learner has met before, it keeps what memory explains out of
    the estimate of ability. `recall` is the fact's retrievability, 0 to 1.
    """
    return recall + (1 - recall) * chance


def p_right(ability: Ability, difficulty: Difficulty, chance: float) -> float:
    """The chance of a right answer, averaged over what is unknown of both. `chance` is of a pure guess."""
    spread = sqrt(_SCALE2 + ability.variance + difficulty.variance)
    return chance + (1 - chance) * _phi((ability.mean - difficulty.mean) / spread)


def update(
    ability: Ability, difficulty: Difficulty, right: bool, chance: float
) -> tuple[Ability, Difficulty]:
    """Both beliefs after one answer; neither becomes less certain by it.

    The exact posterior's mean and variance are kept, with two limits: a lucky guess may not widen a
    belief, and variances end at small floors, so that a learner who improves is still followed.
    """
    spread = sqrt(_SCALE2 + ability.variance + difficulty.variance)
    slope, curve = _derivatives((ability.mean - difficulty.mean) / spread, right, chance)
    slope, curve = slope / spread, curve / (spread * spread)
    return (
        Ability(
            ability.mean + ability.variance * slope,
            _narrowed(ability.variance, curve, LEAST_ABILITY_VARIANCE),
            ability.answers + 1,
        ),
        Difficulty(
            difficulty.mean - difficulty.variance * slope,
            _narrowed(difficulty.variance, curve, LEAST_DIFFICULTY_VARIANCE),
            difficulty.answers + 1,
        ),
    )


def _derivatives(z: float, right: bool, chance: float) -> tuple[float, float]:
    """First and second derivative, by z, of the log-probability of the answer."""
    z = max(-_FARTHEST, min(_FARTHEST, z))  # beyond, the tails are lost to rounding
    density = _PEAK * exp(-0.5 * z * z)
    slope = (1 - chance) * density / (chance + (1 - chance) * _phi(z)) if right else -density / _phi(-z)
    return slope, -slope * (slope + z)


def _narrowed(variance: float, curve: float, least: float) -> float:
    if curve >= 0:
        return variance
    return min(variance, max(least, variance + variance * variance * curve))


def _phi(z: float) -> float:
    """The standard normal distribution function."""
    return 0.5 * erfc(-z * _ROOT_HALF)
