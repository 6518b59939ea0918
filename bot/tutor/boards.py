"""Leaderboards that a person asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import wording
from bot.learning.streaks import Streak, as_of
from bot.messages import BoardRow, Button, Leaderboard, Reply
from bot.messages.acts import RunCommand
from bot.model.study import Learner, Standing
from bot.storage import people, progress, standings
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.timetable import week_of
from bot.tutor.tutor import Tutor

SHOWN = 10
WEEK = dt.timedelta(days=7)


async def asked(tutor: Tutor, who: Who, period: str) -> Reply:
    """The board of a period that `key_of` knows, or of the season, with the caller's own line."""
    today = who.now.astimezone(ZoneInfo(who.community.timezone)).date()
    if period == "season":
        return await _season(tutor, who)
    key = key_of(period, today)
    before = _before(period, today)
    board = await tutor.store.read(lambda db: board_of(db, who.community.id, key, before, who))
    notes = (*([] if board.rows else [wording.empty_board()]), *_hidden(who.learner))
    others = tuple(
        Button(wording.period(name), RunCommand(f"leaderboard {name}"))
        for name in ("week", "last", "month", "all")
        if name != period
    )
    return Reply(
        Leaderboard(
            wording.board_title(period), wording.span(key), board.rows, board.own, board.learners, notes, others,
            compare=bool(before),
        )
    )  # fmt: skip


async def _season(tutor: Tutor, who: Who) -> Reply:
    """The board of the season that runs, or ran last."""
    if not who.community.seasons:
        raise RefusalError(wording.no_season())
    season = who.community.seasons[-1]
    board = await tutor.store.read(lambda db: board_of(db, who.community.id, season.period, "", who))
    title = wording.season_title(season.name, over=not season.covers(who.now))
    begins = wording.since(season.begins.astimezone(ZoneInfo(who.community.timezone)).date())
    notes = (*([] if board.rows else [wording.empty_board()]), *_hidden(who.learner))
    return Reply(Leaderboard(title, begins, board.rows, board.own, board.learners, notes, compare=False))


def key_of(period: str, today: dt.date) -> str:
    """The name under which the points of this week, the last one, a month or all time are kept."""
    return {
        "week": week_of(today), "last": week_of(today - WEEK), "month": f"{today:%Y-%m}", "all": "all",
    }[period]  # fmt: skip


def _before(period: str, today: dt.date) -> str:
    """The week before a week; empty for what is not compared."""
    back = {"week": 1, "last": 2}.get(period)
    return week_of(today - back * WEEK) if back else ""


def board_of(
    db: Connection, community_id: int, key: str, before: str, who: Who | None, week: dt.date | None = None
) -> Leaderboard:
    """The best of a period, and the caller's own line; `week` is the Monday of a week that is announced."""
    best = standings.top(db, community_id, key, SHOWN)
    own = standings.rank_of(db, community_id, key, who.learner.id) if who else None
    shown = [*best, *([own] if own else [])]
    rows = _rows(db, community_id, shown, before, who, week)
    mine = rows[len(best)] if own else None
    among = mine is not None and any(row.me for row in rows[: len(best)])
    return Leaderboard(
        "",
        key,
        tuple(rows[: len(best)]),
        None if among else mine,
        standings.learners_in(db, community_id, key),
    )


def _rows(
    db: Connection,
    community_id: int,
    shown: Sequence[Standing],
    before: str,
    who: Who | None,
    week: dt.date | None,
) -> list[BoardRow]:
    ids = [standing.learner_id for standing in shown]
    earlier = standings.ranks_of(db, community_id, before, ids) if before else {}
    streaks = progress.streaks_in(db, ids)
    learners = people.learners_by_id(db, ids)
    day = week + dt.timedelta(days=6) if week else (who.local_date if who else dt.date.min)
    return [
        BoardRow(
            rank=standing.rank,
            name=standing.name,
            points=standing.points,
            right=standing.correct,
            answered=standing.answered,
            streak=_streak(streaks, learners, standing.learner_id, day),
            movement=earlier[standing.learner_id] - standing.rank if standing.learner_id in earlier else None,
            me=who is not None and standing.learner_id == who.learner.id,
        )
        for standing in shown
    ]


def _streak(
    streaks: Mapping[int, Streak], learners: Mapping[int, Learner], learner_id: int, day: dt.date
) -> int:
    workdays = learners[learner_id].workdays if learner_id in learners else 0
    return as_of(streaks.get(learner_id, Streak()), day, workdays).current


def _hidden(learner: Learner) -> tuple[str, ...]:
    return () if learner.visible else (wording.hidden_row(),)
