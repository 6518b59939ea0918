"""Ways of choosing the next question of a simulated learner."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence

from bench.learners import DAY, Person, World
from bot.learning.ability import Difficulty
from bot.learning.candidate import Candidate
from bot.learning.memory import retrievability
from bot.learning.practice import Learner, choose

Policy = Callable[
    [World, Person, Mapping[str, Difficulty], Sequence[str], dt.datetime, random.Random], Candidate
]


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
