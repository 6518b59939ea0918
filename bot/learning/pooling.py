"""What answers in one domain tell about the others.

Abilities in the domains of one exam go together. Model: ability in a domain = general ability + what is
special to the domain, both normal around 0, the general part with `GENERAL_SHARE` of the prior variance.
Each domain's own belief was formed from the prior alone; dividing the prior out leaves what its answers say,
and the model's posterior follows in closed form. Source: Gelman and others, "Bayesian Data Analysis", 3rd
edition, section 5.4 (the hierarchical normal model with known variances).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.learning.ability import PRIOR, Ability

GENERAL_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class General:
    """A learner's ability in general: a normal belief in logits."""

    mean: float
    variance: float


def general(abilities: Sequence[Ability]) -> General:
    """The belief about general ability, from the domains' own beliefs."""
    precision, weighted = 1 / (GENERAL_SHARE * PRIOR.variance), 0.0
    for each in abilities:
        told, said = _evidence(each)
        if told > 0:
            weight = 1 / (1 / told + (1 - GENERAL_SHARE) * PRIOR.variance)
            precision += weight
            weighted += weight * said / told
    return General(weighted / precision, 1 / precision)


def given(ability: Ability, general: float) -> tuple[float, float]:
    """Mean and variance of the ability in a domain, were general ability known."""
    told, said = _evidence(ability)
    own = 1 / ((1 - GENERAL_SHARE) * PRIOR.variance)
    precision = told + own
    return (said + own * general) / precision, 1 / precision


def _evidence(ability: Ability) -> tuple[float, float]:
    """What the answers say: their precision, and their precision times their mean."""
    told = 1 / ability.variance - 1 / PRIOR.variance
    return max(told, 0.0), ability.mean / ability.variance - PRIOR.mean / PRIOR.variance
