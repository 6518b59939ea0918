"""What a learner has reached: totals, streak, exam domains."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot import wording
from bot.learning.ability import PRIOR, Ability, Difficulty, p_right
from bot.learning.streaks import Streak, as_of
from bot.messages import Button, Meter, Reply, Section, Sheet
from bot.messages.acts import RunCommand
from bot.model.study import Standing
from bot.storage import progress, standings
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor

WINDOW = dt.timedelta(days=30)
TYPICAL = Difficulty.prior(2)
CHANCE = 0.25


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of one learner."""

    streak: Streak
    days: Mapping[dt.date, tuple[int, int]]
    abilities: Mapping[str, Ability]
    due: int
    standing: Standing | None


def _known(db: Connection, who: Who) -> Known:
    learner_id = who.learner.id
    return Known(
        progress.streaks_in(db, [learner_id]).get(learner_id, Streak()),
        progress.days_of(db, learner_id, who.local_date - WINDOW),
        {domain: ability for (_, domain), ability in progress.abilities_in(db, [learner_id]).items()},
        progress.count_due(db, learner_id, who.now),
        standings.rank_of(db, who.community.id, "all", learner_id),
    )


async def show(tutor: Tutor, who: Who) -> Reply:
    """The caller's progress."""
    return Reply(await sheet(tutor, who))


async def sheet(tutor: Tutor, who: Who) -> Sheet:
    """The caller's progress as a page."""
    known = await tutor.store.read(lambda db: _known(db, who))
    streak, days, due, standing = known.streak, known.days, known.due, known.standing
    if standing is None and not days:
        return Sheet(
            "Your progress",
            "Nothing here yet: answer the question in the channel, or practise a little.",
            buttons=(Button("Practise", RunCommand("quiz")),),
        )
    now = as_of(streak, who.local_date, who.learner.workdays)
    answered, right = (sum(column) for column in zip(*days.values(), strict=True)) if days else (0, 0)
    lines = [
        f"{wording.count(standing.points, 'point')} in all, rank {standing.rank}" if standing else "",
        f"{wording.count(answered, 'answer')} in the last 30 days, {right} right" if answered else "",
        wording.streak(now, False) or "No streak running: the next workday you answer starts one.",
        f"Longest streak: {wording.count(streak.longest, 'workday')}" if streak.longest else "",
        f"{wording.count(due, 'fact')} due for review" if due else "",
    ]
    return Sheet(
        "Your progress",
        sections=(
            Section(lines=tuple(line for line in lines if line)),
            *_domains(tutor, known.abilities),
        ),
        buttons=(Button("Practise", RunCommand("quiz")), Button("Leaderboard", RunCommand("leaderboard"))),
    )


def _domains(tutor: Tutor, abilities: Mapping[str, Ability]) -> list[Section]:
    sections = []
    for exam in tutor.bank.exams.values():
        meters = [
            Meter(domain.name, p_right(ability, TYPICAL, CHANCE), f"{ability.answers} answers")
            for domain in exam.domains
            if (ability := abilities.get(f"{exam.slug}/{domain.slug}", PRIOR)).answers
        ]
        if meters:
            title = f"{exam.code}: how likely you get a typical question right"
            sections.append(Section(title, meters=tuple(meters)))
    return sections
