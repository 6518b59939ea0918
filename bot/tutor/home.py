"""The caller's own page, and the greeting in a new channel."""

from __future__ import annotations

from dataclasses import replace

from bot import wording
from bot.messages import Button, ButtonStyle, Notice, Reply, Section, Sheet, Tone
from bot.messages.acts import OpenForm, RunCommand
from bot.model.people import Channel
from bot.model.study import RoundState
from bot.storage import attempts, rounds
from bot.tutor import progress
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor
from bot.wording.speech import _


async def sheet(tutor: Tutor, who: Who) -> Sheet:
    """Today's question, streak, reviews and progress, with buttons to begin."""
    page = await progress.sheet(tutor, who)
    today = await _today(tutor, who)
    sections = (Section(_("Today"), (today,)), *page.sections) if today else page.sections
    buttons = (
        Button(_("Practise"), RunCommand("quiz"), ButtonStyle.PRIMARY),
        Button(_("Review"), RunCommand("review")),
        Button(_("Leaderboard"), RunCommand("leaderboard")),
        Button(_("Settings"), OpenForm("settings")),
    )
    return replace(page, sections=sections, buttons=buttons)


async def greet(tutor: Tutor, channel: Channel) -> Reply:
    """What the tutor says when it is added to a channel."""
    button = Button(_("Set it up"), OpenForm("setup", channel.id), ButtonStyle.PRIMARY)
    return Reply(Notice(wording.greeting(), Tone.INFO, (button,)), private=False)


async def _today(tutor: Tutor, who: Who) -> str:
    latest = await tutor.store.read(lambda db: rounds.latest_rounds(db, who.community.id, 20))
    open_ = [round_ for round_ in latest if round_.state is RoundState.OPEN]
    if not open_:
        return ""
    keys = [(round_.month, round_.slot, who.learner.id) for round_ in open_]
    done = await tutor.store.read(lambda db: attempts.attempts_in(db, keys))
    waiting = len(open_) - len(done)
    if waiting == 0:
        return _("You have answered every open question.")
    return _("{waiting} waiting for your answer in the channel.").format(
        waiting=wording.count(waiting, "open question", "open questions")
    )
