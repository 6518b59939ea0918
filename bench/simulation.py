"""How well readiness is calibrated and how fast practice teaches, on simulated learners. Prints one JSON object.

    python -m bench.simulation [--learners 500] [--seed 1]

The learners are made unlike the tutor's model on purpose. A fact is known beforehand or not, for good; one
that is not known is recalled after practice with the probability of its true retrievability, at a pace of
forgetting that differs from person to person; whoever does not recall guesses, with a luck that differs from
question to question; whoever does slips now and then. People come in cohorts, are a little more able than the
prior, and say "sure" or "unsure" to half of their answers. Question difficulty is at first known only from
the author's level. Everybody answers ten questions a day, and reviews come due as the tutor schedules them.

Calibration compares the told probability to pass with the true one, at the lowest and the highest raw cut, and
with one simulated exam each (Brier). Mastery is an expected score of 80 % in the exam; half as many learners
work towards it, the same for every way of choosing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from math import exp
from statistics import fmean

from fsrs.scheduler import DEFAULT_PARAMETERS

from bot.learning import ability
from bot.learning.ability import PRIOR, Ability, Difficulty
from bot.learning.candidate import Candidate, shares
from bot.learning.memory import Memory, grade, recall, retrievability, review
from bot.learning.practice import Learner, Pool, choose, fact_worth
from bot.learning.readiness import readiness, recalled_shares
from bot.learning.scores import at_least, cuts, number_correct
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
COHORTS, PER_DAY = 5, 10
CHECKPOINTS = (30, 60, 120)
EXAMS_SAT = 8
MASTERY, LONGEST_DAYS = 0.8, 100
LEITNER_DAYS = (1, 2, 4, 8, 16, 32)
START = dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC)
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


Policy = Callable[
    [World, Person, Mapping[str, Difficulty], Sequence[str], dt.datetime, random.Random], Candidate
]
Told = tuple[float, float, bool]


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


def by_tutor(
    world: World,
    person: Person,
    levels: Mapping[str, Difficulty],
    session: Sequence[str],
    now: dt.datetime,
    rng: random.Random,
) -> Candidate:
    """The tutor's own choice. What falls due later today counts as due."""
    if not session:
        due = [fact for fact, memory in person.memories.items() if memory.due <= now + DAY / 2]
        person.due = sorted(due, key=lambda fact: retrievability(person.memories[fact], now))
    due = [fact for fact in person.due if person.memories[fact].due <= now + DAY / 2]
    learner = Learner(due, person.memories.keys(), person.asked_at, session, person.abilities)
    chosen = choose(world.pool, learner, levels, world.worth, rng, now)
    assert chosen is not None
    return chosen


def by_chance(
    world: World,
    person: Person,
    levels: Mapping[str, Difficulty],
    session: Sequence[str],
    now: dt.datetime,
    rng: random.Random,
) -> Candidate:
    """Any question that the session has not had."""
    return rng.choice([each for each in world.pool.candidates if each.question_id not in session])


def by_leitner(
    world: World,
    person: Person,
    levels: Mapping[str, Difficulty],
    session: Sequence[str],
    now: dt.datetime,
    rng: random.Random,
) -> Candidate:
    """What is due in a box, then what is in no box."""
    had = {world.pool.by_id[each].facts[0] for each in session}
    due = [fact for fact, (_, at) in person.boxes.items() if at <= now and fact not in had]
    new = [fact for fact in world.pool.by_fact if fact not in person.boxes]
    left = [fact for fact in world.pool.by_fact if fact not in had]
    return rng.choice(world.pool.by_fact[rng.choice(due or new or left)])


POLICIES: Mapping[str, Policy] = {"tutor": by_tutor, "random": by_chance, "leitner": by_leitner}


def practise(
    world: World, person: Person, policy: Policy, levels: dict[str, Difficulty], day: int, rng: random.Random
) -> list[bool]:
    """One day's session."""
    session: list[str] = []
    results = []
    for minute in range(PER_DAY):
        now = START + day * DAY + dt.timedelta(minutes=minute)
        question = policy(world, person, levels, session, now, rng)
        results.append(answer(world, person, question, levels, now, rng))
        session.append(question.question_id)
    return results


def truly_passing(world: World, person: Person, now: dt.datetime, rng: random.Random) -> list[float]:
    """The true probability to pass at the highest and at the lowest cut, over exams drawn at random."""
    totals = [0.0, 0.0]
    for _ in range(EXAMS_SAT):
        drawn = [
            q for name, number in shares(EXAM, 50).items() for q in rng.sample(world.questions[name], number)
        ]
        distribution = number_correct(true_p(world, person, q, now) for q in drawn)
        for at, cut in enumerate(reversed(cuts(50))):
            totals[at] += at_least(distribution, cut) / EXAMS_SAT
    return totals


def told_passing(
    world: World, person: Person, levels: Mapping[str, Difficulty], now: dt.datetime
) -> list[float]:
    """What the tutor says at the highest and at the lowest cut."""
    known = {
        name: [levels.get(q.question_id) or Difficulty.prior(q.level) for q in questions]
        for name, questions in world.questions.items()
    }
    recalled = recalled_shares(person.memories, world.facts, now)
    found = readiness(EXAM, person.abilities, known, person.answers, recalled=recalled, chance=CHANCE)
    assert found is not None
    return [found.low, found.high]


def calibration(seed: int, learners: int) -> dict[str, dict[str, float]]:
    """Calibration after 30, 60 and 120 answers of learners who practise with the tutor."""
    rng = random.Random(seed)
    world = make_world(rng)
    levels: dict[str, Difficulty] = {}
    told: dict[str, list[Told]] = {str(each): [] for each in CHECKPOINTS}
    for _ in range(COHORTS):
        people = [make_person(world, rng) for _ in range(learners // COHORTS)]
        for day in range(max(CHECKPOINTS) // PER_DAY):
            for person in people:
                practise(world, person, by_tutor, levels, day, rng)
            if people[0].answers in CHECKPOINTS:
                now = START + (day + 1) * DAY
                for person in people:
                    told[str(person.answers)] += _told(world, person, levels, now, rng)
    return {answers: summary(each) for answers, each in told.items()}


def _told(
    world: World, person: Person, levels: Mapping[str, Difficulty], now: dt.datetime, rng: random.Random
) -> list[Told]:
    pairs = zip(told_passing(world, person, levels, now), truly_passing(world, person, now, rng), strict=True)
    return [(said, true, rng.random() < true) for said, true in pairs]


def summary(told: Sequence[Told]) -> dict[str, float]:
    """Expected calibration error over ten equal bins, Brier score, and mean of told minus true."""
    bins: dict[int, float] = {}
    for said, true, _ in told:
        place = min(int(said * 10), 9)
        bins[place] = bins.get(place, 0.0) + said - true
    return {
        "ece": round(sum(map(abs, bins.values())) / len(told), 4),
        "brier": round(fmean((said - passed) ** 2 for said, _, passed in told), 4),
        "bias": round(fmean(said - true for said, true, _ in told), 4),
    }


def mastery(policy: str, seed: int, learners: int) -> dict[str, float]:
    """The mean number of answers to mastery of those who do not begin with it, and the share right on the way."""
    rng = random.Random(seed)
    world = make_world(rng)
    levels: dict[str, Difficulty] = {}
    needed, results = [], []
    for person in [make_person(world, rng) for _ in range(learners)]:
        for day in range(LONGEST_DAYS):
            if expected_share(world, person, START + day * DAY) >= MASTERY:
                break
            results += practise(world, person, POLICIES[policy], levels, day, rng)
        if person.answers:
            needed.append(person.answers)
    unfinished = sum(answers == LONGEST_DAYS * PER_DAY for answers in needed)
    return {
        "learners": len(needed), "answers": round(fmean(needed), 1), "share_right": round(fmean(results), 3),
        "unfinished": unfinished,
    }  # fmt: skip


def expected_share(world: World, person: Person, now: dt.datetime) -> float:
    """The true expected share right in an exam drawn to the blueprint."""
    means = {name: fmean(true_p(world, person, q, now) for q in world.questions[name]) for name in DOMAINS}
    return sum(number * means[name] for name, number in shares(EXAM, 50).items()) / 50


def main() -> None:
    """Run everything on all processors and print the figures."""
    parser = argparse.ArgumentParser(description="Calibration of readiness and speed of practice.")
    parser.add_argument("--learners", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.perf_counter()
    with ProcessPoolExecutor() as workers:
        found = {name: workers.submit(mastery, name, asked.seed, asked.learners // 2) for name in POLICIES}
        calibrated = workers.submit(calibration, asked.seed, asked.learners)
        answers = {name: each.result() for name, each in found.items()}
        report = {
            "learners": asked.learners,
            "seed": asked.seed,
            "readiness": calibrated.result(),
            "mastery": answers,
        }
    tutor = answers["tutor"]["answers"]
    report["fewer_than"] = {
        name: round(1 - tutor / each["answers"], 3) for name, each in answers.items() if name != "tutor"
    }
    report["seconds"] = round(time.perf_counter() - began, 1)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
