"""Reports of questions, by those who answered them. The open ones on one question are a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.storage.tables import reports

OPEN = "open"


@dataclass(frozen=True, slots=True)
class Report:
    """What a learner says is wrong with a version of a question."""

    question_id: str
    question_version: str
    learner_id: int
    community_id: int
    reason: str
    text: str
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Case:
    """The open reports on one question in one community."""

    question_id: str
    reports: int
    people: int
    since: dt.datetime


def put_report(db: Connection, report: Report) -> None:
    """Keep a report in the place of the learner's earlier open one on the same question."""
    r = reports.c
    mine = (r.question_id == report.question_id, r.learner_id == report.learner_id, r.state == OPEN)
    db.execute(delete(reports).where(*mine, r.community_id == report.community_id))
    db.execute(insert(reports).values(**asdict(report), state=OPEN))


def cases_of(db: Connection, community_id: int) -> list[Case]:
    """The open cases of a community: those with most people first, then the oldest."""
    r = reports.c
    people, since = func.count(r.learner_id.distinct()), func.min(r.created_at)
    query = select(r.question_id, func.count(), people, since)
    query = query.where(r.community_id == community_id, r.state == OPEN).group_by(r.question_id)
    return [Case(*row) for row in db.execute(query.order_by(people.desc(), since, r.question_id))]


def reports_on(db: Connection, community_id: int, question_id: str) -> list[Report]:
    """The open reports of a case, oldest first."""
    r = reports.c
    where = (r.question_id == question_id, r.state == OPEN, r.community_id == community_id)
    rows = db.execute(select(reports).where(*where).order_by(r.id))
    return [
        Report(
            row.question_id,
            row.question_version,
            row.learner_id,
            row.community_id,
            row.reason,
            row.text,
            row.created_at,
        )
        for row in rows
    ]


def count_closed(db: Connection, community_id: int, question_id: str) -> dict[str, int]:
    """How many earlier reports on a question came to which end."""
    r = reports.c
    where = (r.question_id == question_id, r.state != OPEN, r.community_id == community_id)
    query = select(r.state, func.count().label("reports")).where(*where).group_by(r.state)
    return {row.state: row.reports for row in db.execute(query)}


def close_case(db: Connection, community_id: int, question_id: str, end: str, now: dt.datetime) -> list[int]:
    """Close the open reports of a case and return who made them, each once, in order."""
    r = reports.c
    where = (r.question_id == question_id, r.state == OPEN, r.community_id == community_id)
    values = {"state": end, "closed_at": now}
    rows = db.execute(update(reports).where(*where).values(values).returning(r.learner_id))
    return sorted(set(rows.scalars()))


def count_people(db: Connection, community_id: int) -> int:
    """How many people have an open report in a community."""
    r = reports.c
    query = select(func.count(r.learner_id.distinct())).where(r.community_id == community_id, r.state == OPEN)
    return int(db.execute(query).scalar_one())
