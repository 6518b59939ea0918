"""Simulated learners, made unlike the tutor's model on purpose.

A fact is known beforehand or not, for good; one that is not known is recalled after practice with the probability of
its true retrievability, at a pace of forgetting that differs from person to person; whoever does not recall guesses,
with a luck that differs from question to question; whoever does slips now and then. People are a little more able
than the prior, and say "sure" or "unsure" to half of their answers. Question difficulty is at first known only from
the author's level.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from statistics import fmean

from fsrs.scheduler import DEFAULT_PARAMETERS

from bot.learning import ability
from bot.learning.ability import PRIOR, Ability, Difficulty
from bot.learning.candidate import Candidate, shares
from bot.learning.memory import Memory, grade, recall, retrievability, review
from bot.learning.practice import Pool, fact_worth
from bot.model.knowledge import Domain, Exam

EXAM = Exam(
    "dva", "DVA-C02", "Developer", 65, 50, 130, (100, 1000), 720,
    (
        Domain(1, "development", "Development", 0.32, ()),
        Domain(2, "security", "Security", 0.26, ()),
        Domain(3, "deployment", "Deployment", 0.24, ()),
        Domain(4, "troubleshooting", "Troubleshooting", 0.18, ()),
    ),
)  # fmt: skip
DOMAINS = tuple(shares(EXAM, 50))
FACTS, TOPICS_PER_DOMAIN, QUESTIONS_PER_FACT = 360, 6, 2
POPULATION_MEAN, GENERAL_SD, SPECIAL_SD = 0.15, 0.8, 0.5
SLIP, CHANCE = 0.04, 0.25
LEITNER_DAYS = (1, 2, 4, 8, 16, 32)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class World:
    """A bank: how hard its facts are, and how lucky its questions make those who guess."""

    pool: Pool
    hardness: Mapping[str, float]
    luck: Mapping[str, float]
    questions: Mapping[str, Sequence[Candidate]]
    facts: Mapping[str, Sequence[str]]
    worth: Mapping[str, float]


@dataclass
class Person:
    """What is true of a learner, and what the tutor believes."""

    knows: frozenset[str]
    parameters: tuple[float, ...]
    traces: dict[str, Memory] = field(default_factory=dict)
    memories: dict[str, Memory] = field(default_factory=dict)
    abilities: dict[str, Ability] = field(default_factory=dict)
    asked_at: dict[str, dt.datetime] = field(default_factory=dict)
    due: list[str] = field(default_factory=list)
    boxes: dict[str, tuple[int, dt.datetime]] = field(default_factory=dict)
    answers: int = 0


def make_world(rng: random.Random) -> World:
    """A bank whose authors judge difficulty roughly."""
    candidates, hardness, luck = [], {}, {}
    for number in range(FACTS):
        fact, domain = f"f{number}", DOMAINS[number % len(DOMAINS)]
        topic = f"{domain}-{rng.randrange(TOPICS_PER_DOMAIN)}"
        hardness[fact] = rng.gauss(0.0, 0.8)
        for variant in range(QUESTIONS_PER_FACT):
            looks = hardness[fact] + rng.gauss(0.0, 0.6)
            level = 1 if looks < -0.5 else 3 if looks > 0.5 else 2
            name = f"{fact}-{variant}"
            luck[name] = rng.uniform(0.15, 0.4)
            candidates.append(Candidate(name, (fact,), topic, (domain,), (), level, CHANCE))
    pool = Pool.of(candidates)
    questions = {name: [each for each in candidates if name in each.domains] for name in DOMAINS}
    facts = {name: sorted({each.facts[0] for each in questions[name]}) for name in DOMAINS}
    return World(pool, hardness, luck, questions, facts, fact_worth([EXAM], pool))


def make_person(world: World, rng: random.Random) -> Person:
    """A learner with abilities that go together, facts known beforehand, and a pace of forgetting."""
    general = rng.gauss(POPULATION_MEAN, GENERAL_SD)
    knows = set()
    for domain in DOMAINS:
        able = general + rng.gauss(0.0, SPECIAL_SD)
        knows |= {f for f in world.facts[domain] if rng.random() < 1 / (1 + exp(world.hardness[f] - able))}
    pace = exp(rng.gauss(0.0, 0.4))
    first = tuple(min(each * pace, 100.0) for each in DEFAULT_PARAMETERS[:4])
    return Person(frozenset(knows), first + DEFAULT_PARAMETERS[4:])


def recalls(person: Person, fact: str, now: dt.datetime) -> float:
    """The true chance that a fact comes to mind."""
    if fact in person.knows:
        return 1.0
    trace = person.traces.get(fact)
    return retrievability(trace, now, person.parameters) if trace else 0.0


def true_p(world: World, person: Person, question: Candidate, now: dt.datetime) -> float:
    """The true chance of a right answer."""
    known = recalls(person, question.facts[0], now)
    return known * (1 - SLIP) + (1 - known) * world.luck[question.question_id]


def answer(
    world: World,
    person: Person,
    question: Candidate,
    levels: dict[str, Difficulty],
    now: dt.datetime,
    rng: random.Random,
) -> bool:
    """Let a person answer, and let the tutor learn from it as it does from a click."""
    fact = question.facts[0]
    knew = rng.random() < recalls(person, fact, now)
    right = rng.random() < (1 - SLIP if knew else world.luck[question.question_id])
    confidence = None
    if rng.random() < 0.5:
        confidence = "sure" if rng.random() < (0.85 if knew else 0.2) else "unsure"
    given = grade(right, confidence=confidence, seconds=rng.uniform(5, 40))
    _estimate(person, question, right, levels, now)
    person.traces[fact] = review(person.traces.get(fact), given, now, parameters=person.parameters)
    person.memories[fact] = review(person.memories.get(fact), given, now, rng=rng)
    box = min(person.boxes.get(fact, (-1, now))[0] + 1, len(LEITNER_DAYS) - 1) if right else 0
    person.boxes[fact] = (box, now + LEITNER_DAYS[box] * DAY)
    person.asked_at[question.question_id] = now
    person.answers += 1
    return right


def _estimate(
    person: Person, question: Candidate, right: bool, levels: dict[str, Difficulty], now: dt.datetime
) -> None:
    domain = question.domains[0]
    remembered = recall((person.memories.get(fact) for fact in question.facts), now)
    chance = ability.chance_with_recall(question.chance, remembered)
    level = levels.get(question.question_id) or Difficulty.prior(question.level)
    before = person.abilities.get(domain, PRIOR)
    person.abilities[domain], learned = ability.update(before, level, right, chance)
    if question.question_id not in person.asked_at:
        levels[question.question_id] = learned


def expected_share(world: World, person: Person, now: dt.datetime) -> float:
    """The true expected share right in an exam drawn to the blueprint."""
    means = {name: fmean(true_p(world, person, q, now) for q in world.questions[name]) for name in DOMAINS}
    return sum(number * means[name] for name, number in shares(EXAM, 50).items()) / 50
