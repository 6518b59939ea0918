"""How well readiness is calibrated and how fast practice teaches, on simulated learners. Prints JSON.

    python -m bench.simulation [--learners 500] [--seed 1]

The learners are made unlike the model on purpose: ability is logistic and not centred on the prior, every
person forgets at a pace of their own, and question difficulty is known only from the authored level until
answers come in. A fact met in practice is recalled with the probability of its (true) retrievability;
otherwise ability and luck decide. Everybody answers ten questions a day.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, sqrt
from statistics import fmean

from bot.learning import ability as ability_of
from bot.learning.ability import PRIOR, Ability, Difficulty
from bot.learning.candidate import Candidate, shares
from bot.learning.memory import Memory, grade, retrievability, review
from bot.learning.practice import Learner, Pool, choose, fact_worth
from bot.learning.readiness import readiness
from bot.learning.scores import at_least, number_correct
from bot.model.knowledge import Domain, Exam, Task

DOMAINS = (("development", 0.32), ("security", 0.26), ("deployment", 0.24), ("troubleshooting", 0.18))
EXAM = Exam(
    "dva", "DVA-C02", "Developer", 65, 50, 130, (100, 1000), 720,
    tuple(Domain(n, slug, slug, weight, (Task(f"{n}.1", slug),)) for n, (slug, weight) in enumerate(DOMAINS, 1)),
)  # fmt: skip
FACTS, TOPICS, QUESTIONS_PER_FACT = 360, 24, 2
PER_DAY = 10
START = dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
CHANCE = 0.25
SLIP = 0.04
CONF = 0.5
AIDED = True
MODE = "aided"
COHORTS = 5
REC = "recall"
CHECKPOINTS = (30, 60, 120)
MASTERY = 0.8
LONGEST_DAYS = 120
LEITNER_DAYS = (1, 2, 4, 8, 16, 32)


@dataclass
class World:
    """A bank with the true difficulty of every question."""

    pool: Pool
    truth: Mapping[str, float]
    worth: Mapping[str, float]
    by_domain: Mapping[str, Sequence[Candidate]]
    recall_share: Mapping[str, int]
    guess: Mapping[str, float]
    base: Mapping[str, float]


def make_world(rng: random.Random) -> World:
    candidates, truth, guess, bases = [], {}, {}, {}
    for number in range(FACTS):
        slug = DOMAINS[number % len(DOMAINS)][0]
        topic = f"{slug}-{rng.randrange(TOPICS // len(DOMAINS))}"
        base = rng.gauss(0.0, 0.7)
        for variant in range(QUESTIONS_PER_FACT):
            real = base + rng.gauss(0.0, 0.4)
            seen = real + rng.gauss(0.0, 0.6)
            level = 1 if seen < -0.5 else 3 if seen > 0.5 else 2
            name = f"q{number}-{variant}"
            truth[name] = real
            guess[name] = rng.uniform(0.15, 0.4)
            bases[f"f{number}"] = base
            candidates.append(Candidate(name, (f"f{number}",), topic, (f"dva/{slug}",), (), level, CHANCE))
    pool = Pool.of(candidates)
    by_domain = {f"dva/{slug}": [c for c in candidates if f"dva/{slug}" in c.domains] for slug, _ in DOMAINS}
    counts = {name: len({c.facts[0] for c in each}) for name, each in by_domain.items()}
    return World(pool, truth, fact_worth([EXAM], pool), by_domain, counts, guess, bases)


@dataclass
class Person:
    """A simulated learner: what is true of them, and what the tutor believes."""

    abilities: Mapping[str, float]
    parameters: tuple[float, ...]
    knows: frozenset[str]
    traces: dict[str, Memory] = field(default_factory=dict)
    memories: dict[str, Memory] = field(default_factory=dict)
    believed: dict[str, Ability] = field(default_factory=dict)
    asked_at: dict[str, dt.datetime] = field(default_factory=dict)
    boxes: dict[str, tuple[int, dt.datetime]] = field(default_factory=dict)
    answers: int = 0
    _due: set = field(default_factory=set)


def make_person(rng: random.Random, mean: float, world) -> Person:
    from fsrs.scheduler import DEFAULT_PARAMETERS

    general = rng.gauss(mean, 0.8)
    abilities = {f"dva/{slug}": general + rng.gauss(0.0, 0.5) for slug, _ in DOMAINS}
    pace = exp(rng.gauss(0.0, 0.4))
    first = tuple(min(max(each * pace, 0.01), 100.0) for each in DEFAULT_PARAMETERS[:4])
    knows = frozenset(
        f
        for f, b in world.base.items()
        if rng.random() < 1 / (1 + exp(b - abilities[world.pool.by_fact[f][0].domains[0]]))
    )
    return Person(abilities, first + tuple(DEFAULT_PARAMETERS[4:]), knows)


def recall(person: Person, fact: str, now: dt.datetime) -> float:
    trace = person.traces.get(fact)
    return 1.0 if fact in person.knows else retrievability(trace, now, person.parameters) if trace else 0.0


def true_p(world: World, person: Person, question: Candidate, now: dt.datetime) -> float:
    r = recall(person, question.facts[0], now)
    return r * (1 - SLIP) + (1 - r) * world.guess[question.question_id]


def answer(world, person, question, difficulties, now, rng):
    fact, domain = question.facts[0], question.domains[0]
    got = rng.random() < recall(person, fact, now)
    right = rng.random() < (1 - SLIP if got else world.guess[question.question_id])
    confidence = None
    if rng.random() < CONF:
        confidence = "sure" if rng.random() < (0.85 if got else 0.2) else "unsure"
    g = grade(right, confidence=confidence, seconds=8 if rng.random() < 0.3 else 20)
    known = person.memories.get(fact)
    chance = (
        ability_of.chance_with_recall(CHANCE, retrievability(known, now) if known else 0.0)
        if AIDED
        else CHANCE
    )
    level = difficulties.get(question.question_id) or Difficulty.prior(question.level)
    if MODE != "first" or known is None:
        person.believed[domain], learned = ability_of.update(
            person.believed.get(domain, PRIOR), level, right, chance if MODE == "aided" else CHANCE
        )
    if question.question_id not in person.asked_at and (MODE != "first" or known is None):
        difficulties[question.question_id] = learned
    person.traces[fact] = review(person.traces.get(fact), g, now, parameters=person.parameters)
    person.memories[fact] = review(known, g, now, rng=rng)
    box = 0 if not right else min(person.boxes.get(fact, (-1, now))[0] + 1, len(LEITNER_DAYS) - 1)
    person.boxes[fact] = (box, now + LEITNER_DAYS[box] * DAY)
    person.asked_at[question.question_id] = now
    person.answers += 1
    return right


Policy = Callable[[World, Person, dict[str, Difficulty], list[str], dt.datetime, random.Random], Candidate]


def by_tutor(world, person, difficulties, session, now, rng):  # type: ignore[no-untyped-def]
    due = [(retrievability(m, now), f) for f, m in person.memories.items() if m.due <= now + DAY / 2]
    names = [fact for _, fact in sorted(due)]
    learner = Learner(names, person.memories.keys(), person.asked_at, session, person.believed)
    return choose(world.pool, learner, difficulties, world.worth, rng, now)


def by_chance(world, person, difficulties, session, now, rng):  # type: ignore[no-untyped-def]
    return rng.choice([c for c in world.pool.candidates if c.question_id not in session])


def by_leitner(world, person, difficulties, session, now, rng):  # type: ignore[no-untyped-def]
    asked = {world.pool.by_id[each].facts[0] for each in session}
    due = [f for f, (_, at) in person.boxes.items() if at <= now and f not in asked]
    new = [f for f in world.pool.by_fact if f not in person.boxes]
    facts = due or new or [f for f in world.pool.by_fact if f not in asked]
    return rng.choice(world.pool.by_fact[rng.choice(facts)])


def practise_day(
    world: World,
    person: Person,
    policy: Policy,
    difficulties: dict[str, Difficulty],
    day: int,
    rng: random.Random,
) -> list[bool]:
    session: list[str] = []
    results = []
    for number in range(PER_DAY):
        now = START + day * DAY + dt.timedelta(minutes=number)
        question = policy(world, person, difficulties, session, now, rng)
        results.append(answer(world, person, question, difficulties, now, rng))
        session.append(question.question_id)
    return results


def share_right(world: World, person: Person, now: dt.datetime) -> float:
    """The true expected share right in an exam drawn to the blueprint."""
    return sum(
        weight * fmean(true_p(world, person, q, now) for q in world.by_domain[f"dva/{slug}"])
        for slug, weight in DOMAINS
    )


def truly_passing(
    world: World, person: Person, now: dt.datetime, cuts: Sequence[int], rng: random.Random
) -> list[float]:
    """The true probability to pass at each cut, over exams drawn at random."""
    totals = [0.0] * len(cuts)
    for _ in range(8):
        items = [
            q
            for name, number in shares(EXAM, EXAM.items_scored).items()
            for q in rng.sample(world.by_domain[name], number)
        ]
        distribution = number_correct(true_p(world, person, q, now) for q in items)
        totals = [total + at_least(distribution, cut) / 8 for total, cut in zip(totals, cuts, strict=True)]
    return totals


def believed_passing(
    world: World, person: Person, difficulties: Mapping[str, Difficulty], now: dt.datetime
) -> list[float]:
    recalled: dict[str, float] = {}
    for fact, memory in person.memories.items():
        domain = world.pool.by_fact[fact][0].domains[0]
        recalled[domain] = (
            recalled.get(domain, 0.0)
            + (retrievability(memory, now) if REC == "recall" else 0) / world.recall_share[domain]
        )
    known = {
        name: [difficulties.get(q.question_id) or Difficulty.prior(q.level) for q in questions]
        for name, questions in world.by_domain.items()
    }
    found = readiness(EXAM, person.believed, known, person.answers, recalled=recalled, chance=CHANCE)
    assert found is not None
    return [found.high, found.low]


def calibration(seed: int, learners: int, mean=0.3) -> dict[str, list[tuple[float, float, int]]]:
    """Pairs of predicted and true probability to pass, with an exam's outcome, by number of answers."""
    rng = random.Random(seed)
    world = make_world(rng)
    people = [make_person(rng, mean, world) for _ in range(learners)]
    difficulties: dict[str, Difficulty] = {}
    pairs: dict[str, list[tuple[float, float, int]]] = {}
    for cohort in range(COHORTS):
        group = people[cohort::COHORTS]
        for day in range(max(CHECKPOINTS) // PER_DAY):
            for person in group:
                practise_day(world, person, by_tutor, difficulties, day, rng)
            if group[0].answers in CHECKPOINTS:
                now = START + (day + 1) * DAY
                found = pairs.setdefault(str(group[0].answers), [])
                for person in group:
                    told = believed_passing(world, person, difficulties, now)
                    true = truly_passing(world, person, now, (32, 38), rng)
                    found += [(p, t, int(rng.random() < t)) for p, t in zip(told, true, strict=True)]
    return pairs


def summary(pairs: Sequence[tuple[float, float, int]]) -> dict[str, float]:
    bins: dict[int, list[tuple[float, float, int]]] = {}
    for pair in pairs:
        bins.setdefault(min(int(pair[0] * 10), 9), []).append(pair)
    error = sum(abs(sum(p - t for p, t, _ in each)) for each in bins.values()) / len(pairs)
    return {
        "ece": round(error, 4),
        "brier": round(fmean((p - won) ** 2 for p, _, won in pairs), 4),
        "bias": round(fmean(p - t for p, t, _ in pairs), 4),
        "rms": round(sqrt(fmean((p - t) ** 2 for p, t, _ in pairs)), 4),
    }


def answers_to_mastery(policy_name: str, seed: int, learners: int) -> tuple[list[int], float]:
    policy = {"tutor": by_tutor, "random": by_chance, "leitner": by_leitner}[policy_name]
    rng = random.Random(seed)
    world = make_world(rng)
    difficulties = {name: Difficulty(b, 0.05, 50) for name, b in world.truth.items()}
    needed, results = [], []
    people = [make_person(rng, 0.3, world) for _ in range(learners)]
    for person in people:
        if share_right(world, person, START) >= MASTERY:
            continue
        for day in range(LONGEST_DAYS):
            results += practise_day(world, person, policy, difficulties, day, rng)
            if share_right(world, person, START + (day + 1) * DAY) >= MASTERY:
                break
        needed.append(person.answers)
    return needed, fmean(results)
