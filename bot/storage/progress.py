"""What is kept of each learner's progress: encounters, days, streaks, memories, abilities, item difficulties.

The `*_in` functions read many keys in one query; the `put_*` functions write many rows in one statement.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, func, select

from bot.learning.ability import Ability, Difficulty
from bot.learning.memory import Memory
from bot.learning.streaks import Streak
from bot.storage.lookup import rows_by_key
from bot.storage.tables import abilities, days, encounters, items, memories, streaks
from bot.storage.upsert import put

Pair = tuple[int, str]


def memories_in(db: Connection, keys: Collection[Pair]) -> dict[Pair, Memory]:
    """Memories by (learner, fact)."""
    rows = rows_by_key(db, memories, "learner_id", "fact_id", keys)
    return {(row.learner_id, row.fact_id): _memory(row) for row in rows}


def memories_of(db: Connection, learner_id: int) -> dict[str, Memory]:
    """All of a learner's memories by fact."""
    rows = db.execute(select(memories).where(memories.c.learner_id == learner_id))
    return {row.fact_id: _memory(row) for row in rows}


def due_facts(db: Connection, learner_id: int, now: dt.datetime, limit: int) -> list[str]:
    """The facts that a learner is about to forget, the longest due first."""
    m = memories.c
    query = select(m.fact_id).where(m.learner_id == learner_id, m.due <= now).order_by(m.due).limit(limit)
    return [row.fact_id for row in db.execute(query)]


def count_due(db: Connection, learner_id: int, now: dt.datetime) -> int:
    """How many facts are due."""
    return counts_due(db, [learner_id], now).get(learner_id, 0)


def counts_due(db: Connection, learner_ids: Collection[int], now: dt.datetime) -> dict[int, int]:
    """How many facts are due, by learner; learners without any are left out."""
    m = memories.c
    query = select(m.learner_id, func.count().label("facts")).where(
        m.learner_id.in_(learner_ids), m.due <= now
    )
    return {row.learner_id: row.facts for row in db.execute(query.group_by(m.learner_id))}


def put_memories(db: Connection, known: Mapping[Pair, Memory]) -> None:
    """Write memories by (learner, fact)."""
    rows = [
        {"learner_id": learner_id, "fact_id": fact_id, "stability": memory.stability,
         "difficulty": memory.difficulty, "due": memory.due, "last_review": memory.last_review,
         "reps": memory.reps, "lapses": memory.lapses}
        for (learner_id, fact_id), memory in sorted(known.items())
    ]  # fmt: skip
    put(db, memories, rows)


def abilities_in(db: Connection, learner_ids: Collection[int]) -> dict[Pair, Ability]:
    """Abilities by (learner, domain); a domain is named `exam/domain`."""
    rows = db.execute(select(abilities).where(abilities.c.learner_id.in_(learner_ids)))
    return {(row.learner_id, row.domain): Ability(row.mean, row.variance, row.answers) for row in rows}


def put_abilities(db: Connection, known: Mapping[Pair, Ability]) -> None:
    """Write abilities by (learner, domain)."""
    rows = [
        {"learner_id": learner_id, "domain": domain, "mean": ability.mean, "variance": ability.variance,
         "answers": ability.answers}
        for (learner_id, domain), ability in sorted(known.items())
    ]  # fmt: skip
    put(db, abilities, rows)


def difficulties_in(db: Connection, question_ids: Collection[str]) -> dict[str, tuple[Difficulty, int]]:
    """Difficulties, each with the count of right first answers, by question."""
    rows = db.execute(select(items).where(items.c.question_id.in_(question_ids)))
    return {row.question_id: (Difficulty(row.mean, row.variance, row.answers), row.correct) for row in rows}


def encounters_in(db: Connection, keys: Collection[Pair]) -> dict[Pair, int]:
    """How often learners have answered questions, by (learner, question)."""
    rows = rows_by_key(db, encounters, "learner_id", "question_id", keys)
    return {(row.learner_id, row.question_id): row.times for row in rows}


def put_encounters(db: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write encounters from column values."""
    put(db, encounters, rows)


def last_encounters(db: Connection, learner_id: int) -> dict[str, dt.datetime]:
    """When a learner last answered each question."""
    e = encounters.c
    rows = db.execute(select(e.question_id, e.last_at).where(e.learner_id == learner_id))
    return {row.question_id: row.last_at for row in rows}


def missed_questions(db: Connection, learner_id: int, limit: int) -> list[str]:
    """The questions that a learner's last answer to was wrong, the latest first."""
    e = encounters.c
    query = select(e.question_id).where(e.learner_id == learner_id, ~e.correct).order_by(e.last_at.desc())
    return list(db.execute(query.limit(limit)).scalars())


def days_in(db: Connection, keys: Collection[Pair]) -> dict[Pair, Row[Any]]:
    """Rows of answered, correct and practice_points by (learner, day)."""
    rows = rows_by_key(db, days, "learner_id", "day", keys)
    return {(row.learner_id, row.day): row for row in rows}


def days_of(db: Connection, learner_id: int, since: dt.date) -> dict[dt.date, tuple[int, int]]:
    """A learner's answers and right answers by local date."""
    d = days.c
    query = select(d.day, d.answered, d.correct).where(d.learner_id == learner_id, d.day >= since.isoformat())
    return {dt.date.fromisoformat(row.day): (row.answered, row.correct) for row in db.execute(query)}


def put_days(db: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write days from column values."""
    put(db, days, rows)


def streaks_in(db: Connection, learner_ids: Collection[int]) -> dict[int, Streak]:
    """Streaks by learner."""
    rows = db.execute(select(streaks).where(streaks.c.learner_id.in_(learner_ids)))
    return {
        row.learner_id: Streak(row.current, row.longest, row.freezes, dt.date.fromisoformat(row.last_day))
        for row in rows
    }


def put_streaks(db: Connection, known: Mapping[int, Streak]) -> None:
    """Write streaks by learner."""
    rows = [
        {"learner_id": learner_id, "current": streak.current, "longest": streak.longest,
         "freezes": streak.freezes, "last_day": streak.last_day.isoformat()}
        for learner_id, streak in sorted(known.items())
    ]  # fmt: skip
    put(db, streaks, rows)


def _memory(row: Row[Any]) -> Memory:
    return Memory(row.stability, row.difficulty, row.due, row.last_review, row.reps, row.lapses)


def make_due(db: Connection, learner_id: int, facts: Collection[str], now: dt.datetime) -> int:
    """Bring facts forward to now; facts without a memory get a fresh one. Returns how many facts."""
    known = memories_in(db, [(learner_id, fact) for fact in facts])
    fresh = Memory(stability=0.5, difficulty=6.0, due=now, last_review=now, reps=0, lapses=0)
    put_memories(db, {(learner_id, f): replace(known.get((learner_id, f), fresh), due=now) for f in facts})
    return len(facts)
