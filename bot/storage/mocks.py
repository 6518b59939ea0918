"""Mock exams under way and finished, with the picks that may still change."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.model.study import month_of
from bot.storage.attempts import picks_of, picks_text
from bot.storage.tables import mock_answers, mocks
from bot.storage.upsert import put


class MockState(StrEnum):
    """A mock exam runs, rests, or is over."""

    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class MockItem:
    """One item of an exam: question, seed, the domain it counts in, and whether it counts."""

    question_id: str
    seed: int
    domain: str
    scored: bool


@dataclass(frozen=True, slots=True)
class Mock:
    """A mock exam. While it rests, `paused_at` is set and the deadline moves on when it resumes."""

    id: int
    learner_id: int
    community_id: int
    exam: str
    length: str
    items: tuple[MockItem, ...]
    state: MockState
    started_at: dt.datetime
    deadline_at: dt.datetime
    paused_at: dt.datetime | None
    finished_at: dt.datetime | None

    @property
    def month(self) -> int:
        """The month of its making."""
        return month_of(self.started_at)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a person did with an item so far."""

    picks: frozenset[int] = frozenset()
    flagged: bool = False


def add_mock(db: Connection, values: Mapping[str, Any], items: Sequence[MockItem]) -> int:
    """Insert an exam and return its number."""
    listed = json.dumps([[i.question_id, i.seed, i.domain, i.scored] for i in items])
    return int(db.execute(insert(mocks).values(**values, items=listed).returning(mocks.c.id)).scalar_one())


def find_mock(db: Connection, mock_id: int) -> Mock | None:
    """An exam by its number."""
    row = db.execute(select(mocks).where(mocks.c.id == mock_id)).first()
    return None if row is None else _mock(row)


def latest_mock(db: Connection, learner_id: int, *, unfinished: bool) -> Mock | None:
    """A learner's newest exam, or the newest that is not over."""
    query = select(mocks).where(mocks.c.learner_id == learner_id).order_by(mocks.c.id.desc()).limit(1)
    if unfinished:
        query = query.where(mocks.c.state != MockState.FINISHED.value)
    row = db.execute(query).first()
    return None if row is None else _mock(row)


def earlier_questions(db: Connection, learner_id: int, limit: int = 10) -> list[str]:
    """The questions of a learner's last exams, the longest ago first."""
    query = select(mocks).where(mocks.c.learner_id == learner_id).order_by(mocks.c.id.desc()).limit(limit)
    found = [_mock(row) for row in db.execute(query)]
    return [item.question_id for mock in reversed(found) for item in mock.items]


def set_mock(db: Connection, mock_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of an exam."""
    db.execute(update(mocks).where(mocks.c.id == mock_id).values(values))


def finish_mock(db: Connection, mock_id: int, now: dt.datetime) -> bool:
    """End an exam. False when it was over already."""
    open_ = (mocks.c.id == mock_id, mocks.c.state != MockState.FINISHED.value)
    values = {"state": MockState.FINISHED.value, "finished_at": now}
    return db.execute(update(mocks).where(*open_).values(values)).rowcount == 1


def marks_of(db: Connection, mock_id: int) -> dict[int, Mark]:
    """What was picked and flagged, by item number."""
    rows = db.execute(select(mock_answers).where(mock_answers.c.mock_id == mock_id))
    return {row.number: Mark(picks_of(row.picks), row.flagged) for row in rows}


def put_mark(db: Connection, mock_id: int, number: int, mark: Mark) -> None:
    """Keep what was done with an item."""
    row = {"mock_id": mock_id, "number": number, "picks": picks_text(mark.picks), "flagged": mark.flagged}
    put(db, mock_answers, [row])


def _mock(row: Row[Any]) -> Mock:
    items = tuple(MockItem(*each) for each in json.loads(row.items))
    return Mock(
        row.id, row.learner_id, row.community_id, row.exam, row.length, items, MockState(row.state),
        row.started_at, row.deadline_at, row.paused_at, row.finished_at,
    )  # fmt: skip
