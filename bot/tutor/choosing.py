"""Questions for a practice session: due facts first, then where an answer is worth most."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.learning import practice
from bot.learning.ability import Difficulty
from bot.learning.practice import Learner, Pool
from bot.model.knowledge import Question
from bot.storage import progress, quarantine
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor

DUE = 60
FEW = 800


@dataclass(frozen=True, slots=True)
class _Known:
    learner: Learner
    held: frozenset[str]
    difficulties: dict[str, Difficulty]


async def choose(tutor: Tutor, who: Who, pool: Pool, number: int) -> list[Question]:
    """Up to so many questions of a pool, none twice; fewer only when the pool is smaller."""
    known = await tutor.store.read(lambda db: _known(db, who, pool))
    learner, pool = known.learner, pool.without(known.held)
    chosen: list[Question] = []
    for _ in range(number):
        session = frozenset(question.id for question in chosen)
        facts = {fact for question in chosen for fact in question.facts}
        now = Learner(
            [fact for fact in learner.due_facts if fact not in facts],
            learner.met,
            learner.asked_at,
            session,
            learner.abilities,
        )
        found = practice.choose(pool, now, known.difficulties, tutor.pools.worth, tutor.rng, who.now)
        if found is None:
            break
        chosen.append(tutor.bank.questions[found.question_id])
    return chosen


def _known(db: Connection, who: Who, pool: Pool) -> _Known:
    learner_id = who.learner.id
    ids = list(pool.by_id)[:FEW]
    abilities = {domain: ability for (_, domain), ability in progress.abilities_in(db, [learner_id]).items()}
    learner = Learner(
        progress.due_facts(db, learner_id, who.now, DUE),
        progress.memories_of(db, learner_id).keys(),
        progress.last_encounters(db, learner_id),
        frozenset(),
        abilities,
    )
    levels = {question_id: level for question_id, (level, _) in progress.difficulties_in(db, ids).items()}
    return _Known(learner, quarantine.quarantined(db, [who.community.id])[who.community.id], levels)
