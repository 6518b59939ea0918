"""Difficulties of questions, learnt by several replicas at once.

Everybody may be answering the question of the day, so its row is not held while answers are computed. What was
learnt is written as it is when nobody else wrote since it was read, and else as a change: counts add up exactly,
beliefs as independent observations do, to first order.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, case
from sqlalchemy.dialects import postgresql, sqlite

from bot.learning.ability import Difficulty
from bot.storage.tables import items
from bot.storage.upsert import put

Known = tuple[Difficulty, int]
"""A difficulty, and how many of its first answers were right."""


def merge_difficulties(db: Connection, learnt: Mapping[str, tuple[Known, Known]]) -> None:
    """Write difficulties by question, given as they were read and as they are now."""
    rows = [_row(question_id, *both) for question_id, both in sorted(learnt.items())]
    if rows:
        db.execute(_statement(db.dialect.name), rows)


def put_difficulties(db: Connection, known: Mapping[str, Known]) -> None:
    """Write difficulties by question as they are, while nobody else learns anything."""
    put(db, items, [
        {"question_id": question_id, "mean": level.mean, "variance": level.variance,
         "answers": level.answers, "correct": right}
        for question_id, (level, right) in sorted(known.items())
    ])  # fmt: skip


def _row(question_id: str, before: Known, after: Known) -> dict[str, Any]:
    (old, was_right), (new, is_right) = before, after
    return {
        "question_id": question_id, "mean": new.mean, "variance": new.variance, "answers": new.answers,
        "correct": is_right, "b_seen": old.answers, "b_moved": new.mean - old.mean,
        "b_narrowed": new.variance / old.variance, "b_answers": new.answers - old.answers,
        "b_right": is_right - was_right,
    }  # fmt: skip


@cache
def _statement(dialect: str) -> Any:
    insert = sqlite.insert(items) if dialect == "sqlite" else postgresql.insert(items)
    i, given = items.c, insert.excluded
    alone = i.answers == bindparam("b_seen", type_=i.answers.type)
    moved = i.mean + bindparam("b_moved", type_=i.mean.type)
    narrowed = i.variance * bindparam("b_narrowed", type_=i.variance.type)
    return insert.on_conflict_do_update(
        index_elements=[i.question_id],
        set_={
            "mean": case((alone, given.mean), else_=moved),
            "variance": case((alone, given.variance), else_=narrowed),
            "answers": i.answers + bindparam("b_answers", type_=i.answers.type),
            "correct": i.correct + bindparam("b_right", type_=i.correct.type),
        },
    )
