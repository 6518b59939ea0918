"""How well readiness is calibrated and how fast practice teaches, on simulated learners (see `bench/learners.py`).

People come in cohorts, answer ten questions a day, and reviews come due as the tutor schedules them.

Calibration compares the told probability to pass with the true one, at the lowest and the highest raw cut, and
with one simulated exam each (Brier). Mastery is an expected score of 80 % in the exam; half as many learners
work towards it, the same for every way of choosing.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from statistics import fmean
from typing import Any

from bench.learners import (
    CHANCE,
    DAY,
    EXAM,
    Person,
    World,
    answer,
    expected_share,
    make_person,
    make_world,
    true_p,
)
from bench.policies import POLICIES, Policy, by_tutor
from bot.learning.ability import Difficulty
from bot.learning.candidate import shares
from bot.learning.readiness import readiness, recalled_shares
from bot.learning.scores import at_least, cuts, number_correct

LEARNERS, SEED = 500, 1
COHORTS, PER_DAY = 5, 10
CHECKPOINTS = (30, 60, 120)
EXAMS_SAT = 8
MASTERY, LONGEST_DAYS = 0.8, 100
START = dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC)

Told = tuple[float, float, bool]


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


def run(learners: int = LEARNERS, seed: int = SEED) -> dict[str, Any]:
    """Everything, on all processors."""
    began = time.perf_counter()
    with ProcessPoolExecutor() as workers:
        found = {name: workers.submit(mastery, name, seed, learners // 2) for name in POLICIES}
        calibrated = workers.submit(calibration, seed, learners)
        answers = {name: each.result() for name, each in found.items()}
        report: dict[str, Any] = {
            "learners": learners,
            "seed": seed,
            "readiness": calibrated.result(),
            "mastery": answers,
        }
    tutor = answers["tutor"]["answers"]
    report["fewer_than"] = {
        name: round(1 - tutor / each["answers"], 3) for name, each in answers.items() if name != "tutor"
    }
    report["seconds"] = round(time.perf_counter() - began, 1)
    return report
