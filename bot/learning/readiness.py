"""Readiness: the probability to pass an exam today.

The posterior of ability is integrated over the number-correct distribution of an exam drawn to the
blueprint's weights. The integral runs over general ability and, given that, over each domain's own, both by
Gauss-Hermite quadrature with nine nodes (Abramowitz and Stegun, table 25.10): deterministic.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import erfc, sqrt

from bot.learning.ability import LOGISTIC, PRIOR, Ability, Difficulty
from bot.learning.candidate import domain_name, shares
from bot.learning.memory import Memory, retrievability
from bot.learning.pooling import general, given
from bot.learning.scores import at_least, convolved, cuts, number_correct
from bot.model.knowledge import Exam

LEAST_ANSWERS = 30
TYPICAL_CHANCE = 0.2
TYPICAL_ITEM = Difficulty(mean=0.0, variance=1.0, answers=0)

# Nodes and weights for a standard normal: the tabled nodes times the root of 2, the weights over that of pi.
NODES = (0.0, 1.0232556637891326, 2.07684797867783, 3.20542900285647, 4.512745863399783)
WEIGHTS = (
    0.40634920634920635,
    0.24409750289493953,
    0.04991640676521782,
    0.0027891413212317692,
    2.2345844007746607e-05,
)
GRID = tuple(
    (sign * node, weight)
    for node, weight in zip(NODES, WEIGHTS, strict=True)
    for sign in ((1, -1) if node else (1,))
)


@dataclass(frozen=True, slots=True)
class Readiness:
    """The probability to pass, from `low` (if the highest assumed raw cut holds) to `high` (the lowest).

    `cuts` are those raw cuts, lowest first, out of `items`; `answers` is what the estimate rests on.
    `distribution` holds the probability of every number right; `domains` the expected share right in each
    domain, by its name.
    """

    low: float
    high: float
    answers: int
    cuts: tuple[int, int]
    items: int
    distribution: tuple[float, ...]
    domains: Mapping[str, float]

    @property
    def expected_right(self) -> float:
        """The expected number of right answers."""
        return sum(right * p for right, p in enumerate(self.distribution))


def readiness(
    exam: Exam,
    abilities: Mapping[str, Ability],
    difficulties: Mapping[str, Sequence[Difficulty]],
    answers: int,
    *,
    recalled: Mapping[str, float] | None = None,
    chance: float = TYPICAL_CHANCE,
) -> Readiness | None:
    """The probability to pass, or None while it would rest on fewer than 30 answers.

    All mappings are by domain name ("dva/security"); a domain that is missing counts as the prior. The
    difficulties are those of the questions that an exam could draw. `recalled` is the share, 0 to 1, of a
    domain's facts that the learner remembers from studying here; the others are left to ability. `chance`
    is that of a pure guess.
    """
    if answers < LEAST_ANSWERS:
        return None
    domains = [
        _Domain(
            items,
            abilities.get(name, PRIOR),
            tuple(_typical(difficulties.get(name, ()), items)),
            (recalled or {}).get(name, 0.0),
        )
        for name, items in shares(exam, exam.items_scored).items()
    ]
    names = [domain_name(exam, domain) for domain in exam.domains]
    return _integrated(names, domains, answers, chance)


def recalled_shares(
    memories: Mapping[str, Memory],
    facts: Mapping[str, Collection[str]],
    now: dt.datetime,
    parameters: Sequence[float] | None = None,
) -> dict[str, float]:
    """The share of each domain's facts that is recalled at `now`, as `readiness` takes it.

    `memories` are by fact, `facts` are all of a domain's by its name, `parameters` the learner's own of
    FSRS. What was never met counts as 0.
    """
    return {
        name: sum(retrievability(memories[fact], now, parameters) for fact in ids if fact in memories)
        / max(len(ids), 1)
        for name, ids in facts.items()
    }


@dataclass(frozen=True, slots=True)
class _Domain:
    items: int
    ability: Ability
    difficulties: tuple[Difficulty, ...]
    recalled: float


def _integrated(names: Sequence[str], domains: Sequence[_Domain], answers: int, chance: float) -> Readiness:
    belief = general([domain.ability for domain in domains])
    items = sum(domain.items for domain in domains)
    total = [0.0] * (items + 1)
    expected = [0.0] * len(domains)
    for value, weight in _grid(belief.mean, belief.variance):
        parts = [_right_in(domain, value, chance) for domain in domains]
        whole = [1.0]
        for at, part in enumerate(parts):
            whole = convolved(whole, part)
            expected[at] += weight * sum(right * p for right, p in enumerate(part))
        for right, p in enumerate(whole):
            total[right] += weight * p
    low_cut, high_cut = cuts(items)
    by_domain = {n: e / max(d.items, 1) for n, e, d in zip(names, expected, domains, strict=True)}
    low, high = at_least(total, high_cut), at_least(total, low_cut)
    return Readiness(low, high, answers, (low_cut, high_cut), items, tuple(total), by_domain)


def _right_in(domain: _Domain, general_ability: float, chance: float) -> list[float]:
    """The distribution of the number right in a domain, were general ability known."""
    mixed = [0.0] * (domain.items + 1)
    for ability, weight in _grid(*given(domain.ability, general_ability)):
        for right, p in enumerate(number_correct(_probabilities(domain, ability, chance))):
            mixed[right] += weight * p
    return mixed


def _probabilities(domain: _Domain, ability: float, chance: float) -> list[float]:
    # A fact that is remembered gives the answer; otherwise ability and luck decide.
    luck = domain.recalled + (1 - domain.recalled) * chance
    return [luck + (1 - luck) * _phi((ability - each.mean) / _spread(each)) for each in domain.difficulties]


def _typical(difficulties: Sequence[Difficulty], items: int) -> list[Difficulty]:
    """As many difficulties as items, at even quantiles of those given."""
    ordered = sorted(difficulties, key=lambda each: each.mean) or [TYPICAL_ITEM]
    return [ordered[int((at + 0.5) / items * len(ordered))] for at in range(items)]


def _grid(mean: float, variance: float) -> list[tuple[float, float]]:
    deviation = sqrt(variance)
    return [(mean + deviation * node, weight) for node, weight in GRID]


def _spread(difficulty: Difficulty) -> float:
    return sqrt(LOGISTIC * LOGISTIC + difficulty.variance)


def _phi(z: float) -> float:
    return 0.5 * erfc(-z * sqrt(0.5))
