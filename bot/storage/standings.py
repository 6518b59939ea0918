"""Standings: points by community, period and learner; ranks come from an index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, select

from bot.model.study import Standing
from bot.storage.tables import learners, standings
from bot.storage.upsert import add

SUMS = ("points", "correct", "answered")


def add_standings(db: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add points, right answers and answers to (community, period, learner)."""
    add(db, standings, rows, SUMS)


def top(db: Connection, community_id: int, period: str, limit: int) -> list[Standing]:
    """The best of a period among learners who want to be seen, equal points sharing a rank."""
    s, people = standings.c, learners.c
    query = (
        select(s.learner_id, people.name, s.points, s.correct, s.answered)
        .join(learners, people.id == s.learner_id)
        .where(s.community_id == community_id, s.period == period, people.visible, s.points > 0)
        .order_by(s.points.desc(), s.learner_id)
        .limit(limit)
    )
    found: list[Standing] = []
    for place, row in enumerate(db.execute(query), 1):
        tied = found and found[-1].points == row.points
        found.append(Standing(*row, rank=found[-1].rank if tied else place))
    return found


def rank_of(db: Connection, community_id: int, period: str, learner_id: int) -> Standing | None:
    """A learner's own line, or None before the first point."""
    s, people = standings.c, learners.c
    key = and_(s.community_id == community_id, s.period == period)
    query = select(s.learner_id, people.name, s.points, s.correct, s.answered)
    row = db.execute(
        query.join(learners, people.id == s.learner_id).where(key, s.learner_id == learner_id)
    ).first()
    if row is None:
        return None
    better = db.execute(select(func.count()).where(key, s.points > row.points)).scalar_one()
    return Standing(*row, rank=better + 1)


def ranks_of(db: Connection, community_id: int, period: str, learner_ids: Sequence[int]) -> dict[int, int]:
    """The ranks of several learners in a period; those without a line are left out."""
    s = standings.c
    key = and_(s.community_id == community_id, s.period == period)
    rows = db.execute(select(s.learner_id, s.points).where(key, s.learner_id.in_(learner_ids)))
    points = {row.learner_id: row.points for row in rows}
    better = {
        value: db.execute(select(func.count()).where(key, s.points > value)).scalar_one()
        for value in set(points.values())
    }
    return {learner_id: better[value] + 1 for learner_id, value in points.items()}


def most_improved(
    db: Connection, community_id: int, period: str, before: str, limit: int
) -> tuple[list[str], int] | None:
    """Who gained most points on an earlier period in which they took part, and how many; None for nobody.

    Of those who gained the same, `limit` at most.
    """
    s, earlier, people = standings.c, standings.alias(), learners.c
    gain = (s.points - earlier.c.points).label("gain")
    query = (
        select(people.name, gain)
        .join(earlier, (earlier.c.learner_id == s.learner_id) & (earlier.c.community_id == s.community_id))
        .join(learners, people.id == s.learner_id)
        .where(s.community_id == community_id, s.period == period, earlier.c.period == before, people.visible)
        .where(s.points > earlier.c.points)
        .order_by(gain.desc(), s.learner_id)
    )
    rows = db.execute(query.limit(limit)).all()
    return ([row.name for row in rows if row.gain == rows[0].gain], rows[0].gain) if rows else None


def learners_in(db: Connection, community_id: int, period: str) -> int:
    """How many learners have a line in a period."""
    s = standings.c
    return int(
        db.execute(
            select(func.count()).where(s.community_id == community_id, s.period == period)
        ).scalar_one()
    )


def totals(db: Connection, community_id: int, period: str) -> tuple[int, int, int]:
    """Learners, answers and right answers of a period."""
    s = standings.c
    query = select(
        func.count(), func.coalesce(func.sum(s.answered), 0), func.coalesce(func.sum(s.correct), 0)
    )
    learners_, answers, right = db.execute(
        query.where(s.community_id == community_id, s.period == period)
    ).one()
    return learners_, answers, right
