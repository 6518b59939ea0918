"""The weekly announcement: podium, movement, who improved, the goal, confusions, and a theme."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import wording
from bot.bank.bank import Bank
from bot.bank.pairs import topic_confused
from bot.messages import Button, Leaderboard
from bot.messages.acts import RunCommand
from bot.model.study import Community, Round
from bot.storage import attempts, people, rounds, standings
from bot.tutor import podium, showing
from bot.tutor.boards import board_of
from bot.tutor.timetable import instant_of, week_of
from bot.tutor.tutor import Tutor

LEAST_ANSWERS = 3
PAIRS = 3
IMPROVED = 5

Given = list[tuple[Round, Counter[frozenset[int]]]]


@dataclass(frozen=True, slots=True)
class Week:
    """What a week has brought."""

    board: Leaderboard
    learners: int
    answers: int
    right: int
    improved: tuple[list[str], int] | None
    given: Given
    community: Community


async def announcement(tutor: Tutor, community_id: int, week: str) -> Leaderboard | None:
    """The announcement of a week that has ended; None when nobody answered in it."""
    found = await tutor.store.read(lambda db: _week(db, community_id, week))
    if found is None or not found.answers:
        return None
    theme = _theme(tutor.bank, found.given)
    picture = await podium.draw(found.board.rows) if found.board.rows else None
    return Leaderboard(
        wording.weekly_title(),
        wording.span(week),
        found.board.rows,
        None,
        found.learners,
        notes=_notes(tutor.bank, found, theme),
        buttons=(Button(wording.practise(), RunCommand(f"quiz {theme}" if theme else "quiz")),),
        pictures=(picture,) if picture else (),
    )


def _week(db: Connection, community_id: int, week: str) -> Week | None:
    community = people.community_by_id(db, community_id)
    if community is None:
        return None
    monday = dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
    before = week_of(monday - dt.timedelta(days=7))
    board = board_of(db, community_id, week, before, None, monday)
    return Week(
        board,
        *standings.totals(db, community_id, week),
        standings.most_improved(db, community_id, week, before, IMPROVED),
        _given(db, community, monday),
        community,
    )


def _given(db: Connection, community: Community, monday: dt.date) -> Given:
    zone = ZoneInfo(community.timezone)
    begins, ends = (instant_of(monday + dt.timedelta(days=days), 0, zone) for days in (0, 7))
    closed = rounds.closed_between(db, community.id, begins, ends)
    return [(round_, attempts.distribution(db, round_.month, round_.slot)) for round_ in closed]


def _notes(bank: Bank, week: Week, theme: str) -> tuple[str, ...]:
    pairs = _confusions(bank, week.given)
    lines = (
        wording.board_note(week.learners, week.answers, week.right),
        wording.goal_line(week.answers, week.community.goal) if week.community.goal else "",
        wording.improved(*week.improved) if week.improved else "",
        wording.confusions(pairs) if pairs else "",
        wording.theme(bank.topics[theme].name) if theme else "",
    )
    return tuple(line for line in lines if line)


def _confusions(bank: Bank, given: Given) -> list[tuple[str, str]]:
    """What was asked for and what was taken for it, the most frequent first."""
    mixed: Counter[tuple[str, str]] = Counter()
    for round_, counts in given:
        question = bank.questions.get(round_.question_id)
        for option in question.options if question else ():
            wrong = topic_confused(bank, option.confuses) if option.confuses else ""
            if question and wrong and wrong != question.topic and wrong in bank.topics:
                mixed[question.topic, wrong] += sum(
                    n for picks, n in counts.items() if option.position in picks
                )
    names = {slug: topic.name for slug, topic in bank.topics.items()}
    return [(names[right], names[wrong]) for (right, wrong), n in mixed.most_common(PAIRS) if n > 1]


def _theme(bank: Bank, given: Given) -> str:
    """The topic of which least was right, of those that some have answered; empty when all went well."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for round_, counts in given:
        question = bank.questions.get(round_.question_id)
        if question is not None:
            asked[question.topic] += counts.total()
            right[question.topic] += counts[showing.item_of(bank, question.id, round_.seed).key]
    shares = {topic: right[topic] / n for topic, n in asked.items() if n >= LEAST_ANSWERS}
    worst = min(shares, key=lambda topic: (shares[topic], topic), default="")
    return worst if worst and shares[worst] < 1 else ""
