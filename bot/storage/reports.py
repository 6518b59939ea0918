"""Reports of questions, by those who answered them."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, insert

from bot.storage.tables import reports


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


def put_report(db: Connection, report: Report) -> None:
    """Keep a report in the place of the learner's earlier open one on the same question."""
    r = reports.c
    mine = (r.question_id == report.question_id, r.learner_id == report.learner_id, r.state == "open")
    db.execute(delete(reports).where(*mine))
    db.execute(insert(reports).values(**asdict(report), state="open"))
