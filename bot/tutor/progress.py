"""What a learner has reached: totals, streak, exam domains."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot import wording
from bot.learning.ability import PRIOR, Ability, Difficulty, p_right
from bot.learning.candidate import domain_name
from bot.learning.streaks import Streak, as_of
from bot.messages import Button, Meter, Reply, Section, Sheet
from bot.messages.acts import RunCommand
from bot.model.study import Standing
from bot.storage import progress, standings
from bot.tutor import charts
from bot.tutor.people import Who
from bot.tutor.timetable import week_of
from bot.tutor.tutor import Tutor
from bot.wording.speech import _

WINDOW = dt.timedelta(days=30)
RANKED_WEEKS = 8
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
    forecast: Sequence[int]
    ranks: Sequence[tuple[str, int | None]]


def _known(db: Connection, who: Who) -> Known:
    learner_id = who.learner.id
    return Known(
        progress.streaks_in(db, [learner_id]).get(learner_id, Streak()),
        progress.days_of(db, learner_id, who.local_date - dt.timedelta(weeks=charts.WEEKS)),
        {domain: ability for (_, domain), ability in progress.abilities_in(db, [learner_id]).items()},
        progress.count_due(db, learner_id, who.now),
        standings.rank_of(db, who.community.id, "all", learner_id),
        _forecast(db, who),
        _ranks(db, who),
    )


def _forecast(db: Connection, who: Who) -> list[int]:
    """How many facts fall due today (or have before), tomorrow, and so on."""
    counts = [0] * charts.AHEAD
    for memory in progress.memories_of(db, who.learner.id).values():
        ahead = max(0, (memory.due - who.now).days)
        if ahead < charts.AHEAD:
            counts[ahead] += 1
    return counts


def _ranks(db: Connection, who: Who) -> list[tuple[str, int | None]]:
    """The caller's rank in each of the last weeks."""
    weeks = [week_of(who.local_date - dt.timedelta(weeks=back)) for back in reversed(range(RANKED_WEEKS))]
    mine = [who.learner.id]
    return [(w, standings.ranks_of(db, who.community.id, w, mine).get(who.learner.id)) for w in weeks]


async def show(tutor: Tutor, who: Who) -> Reply:
    """The caller's progress, with a picture once there is something to see."""
    known = await tutor.store.read(lambda db: _known(db, who))
    page = _page(tutor, who, known)
    if not known.days:
        return Reply(page)
    return Reply(replace(page, pictures=(await charts.draw(_chart(tutor, who, known)),)))


def _chart(tutor: Tutor, who: Who, known: Known) -> charts.ProgressChart:
    mastery = [
        (domain.name, p_right(ability, TYPICAL, CHANCE))
        for exam in tutor.bank.exams.values()
        for domain in exam.domains
        if (ability := known.abilities.get(domain_name(exam, domain), PRIOR)).answers
    ]
    counts = {day: answered for day, (answered, _) in known.days.items()}
    return charts.ProgressChart(who.local_date, mastery, counts, known.forecast, known.ranks)


async def sheet(tutor: Tutor, who: Who) -> Sheet:
    """The caller's progress as a page."""
    return _page(tutor, who, await tutor.store.read(lambda db: _known(db, who)))


def _page(tutor: Tutor, who: Who, known: Known) -> Sheet:
    days = [counts for day, counts in known.days.items() if day > who.local_date - WINDOW]
    if known.standing is None and not days:
        return Sheet(
            _("Your progress"),
            _("Nothing here yet: answer the question in the channel, or practise a little."),
            buttons=(Button(_("Practise"), RunCommand("quiz")),),
        )
    return Sheet(
        _("Your progress"),
        sections=(Section(lines=_totals(who, known, days)), *_domains(tutor, known.abilities)),
        buttons=(
            Button(_("Practise"), RunCommand("quiz")),
            Button(_("Leaderboard"), RunCommand("leaderboard")),
        ),
    )


def _totals(who: Who, known: Known, days: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Points, answers, streak and what is due; `days` are (answers, right ones) of late."""
    now = as_of(known.streak, who.local_date, who.learner.workdays)
    longest, due = known.streak.longest, known.due
    lines = (
        _points(known.standing),
        _answers(sum(answered for answered, _right in days), sum(right for _answered, right in days)),
        wording.streak(now, False) or _("No streak running: the next workday you answer starts one."),
        _("Longest streak: {longest}").format(longest=wording.count(longest, "workday", "workdays"))
        if longest
        else "",
        _("{due} due for review").format(due=wording.count(due, "fact", "facts")) if due else "",
    )
    return tuple(line for line in lines if line)


def _points(standing: Standing | None) -> str:
    if standing is None:
        return ""
    points = wording.count(standing.points, "point", "points")
    return _("{points} in all, rank {rank}").format(points=points, rank=standing.rank)


def _answers(answered: int, right: int) -> str:
    if not answered:
        return ""
    answers = wording.count(answered, "answer", "answers")
    return _("{answered} in the last 30 days, {right} right").format(answered=answers, right=right)


def _domains(tutor: Tutor, abilities: Mapping[str, Ability]) -> list[Section]:
    sections = []
    for exam in tutor.bank.exams.values():
        meters = [
            Meter(
                domain.name,
                p_right(ability, TYPICAL, CHANCE),
                wording.count(ability.answers, "answer", "answers"),
            )
            for domain in exam.domains
            if (ability := abilities.get(f"{exam.slug}/{domain.slug}", PRIOR)).answers
        ]
        if meters:
            title = _("{code}: how likely you get a typical question right that is new to you").format(
                code=exam.code
            )
            sections.append(Section(title, meters=tuple(meters)))
    return sections
