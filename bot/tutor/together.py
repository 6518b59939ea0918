"""What a team does together: a weekly goal, and seasons with a board of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import wording
from bot.messages import Notice, Reply, Tone
from bot.model.study import Season
from bot.storage import people
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor

LONGEST_NAME = 40


async def set_goal(tutor: Tutor, who: Who, answers: int) -> Reply:
    """Set how many answers a week the team wants to give."""
    await _keep(tutor, who, answers, who.community.seasons)
    return Reply(Notice(wording.goal_set(answers), Tone.GOOD))


async def start_season(tutor: Tutor, who: Who, name: str) -> Reply:
    """Begin a season; what was answered before does not count for it."""
    running = _running(who)
    if running:
        raise RefusalError(wording.season_runs(running.name))
    plain = " ".join(name.split())[:LONGEST_NAME]
    season = Season(len(who.community.seasons) + 1, plain, who.now)
    await _keep(tutor, who, who.community.goal, (*who.community.seasons, season))
    return Reply(Notice(wording.season_begun(plain), Tone.GOOD))


async def end_season(tutor: Tutor, who: Who) -> Reply:
    """End the season that runs."""
    running = _running(who)
    if running is None:
        raise RefusalError(wording.no_season_runs())
    ended = replace(running, ends=who.now)
    await _keep(tutor, who, who.community.goal, (*who.community.seasons[:-1], ended))
    return Reply(Notice(wording.season_ended(running.name), Tone.GOOD))


def _running(who: Who) -> Season | None:
    last = who.community.seasons[-1] if who.community.seasons else None
    return last if last and last.covers(who.now) else None


async def _keep(tutor: Tutor, who: Who, goal: int, seasons: Sequence[Season]) -> None:
    await tutor.store.write(lambda db: people.keep_together(db, who.community.id, goal, seasons))
    tutor.faces.forget()
