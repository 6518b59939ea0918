"""What a learner got wrong last, as a deck for Anki."""

from __future__ import annotations

import asyncio

from bot import wording
from bot.bank.exchange.formats import WRITTEN
from bot.bank.exchange.outgoing import drafts_of
from bot.messages import Button, File, Notice, Reply, Sheet, Tone
from bot.messages.acts import RunCommand
from bot.model.study import RoundState
from bot.storage import progress, rounds
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor

MOST = 500
RECENT = 50


async def export(tutor: Tutor, who: Who) -> Reply:
    """The questions that the caller's last answer to was wrong, as a package with a deck for each topic.

    Questions of rounds that are open are left out: their keys are not known to everybody yet.
    """
    ids = await tutor.store.read(lambda db: progress.missed_questions(db, who.learner.id, MOST))
    latest = await tutor.store.read(lambda db: rounds.latest_rounds(db, who.community.id, RECENT))
    open_ = {round_.question_id for round_ in latest if round_.state is not RoundState.CLOSED}
    listed = set(tutor.bank.questions)
    questions = [tutor.bank.questions[each] for each in ids if each in listed and each not in open_]
    if not questions:
        button = Button(wording.practise(), RunCommand("quiz"))
        return Reply(Notice(wording.missed_none(), Tone.GOOD, (button,)))
    drafts = drafts_of(tutor.bank, questions)
    form = WRITTEN["anki"]
    data = await asyncio.to_thread(form.write, drafts)
    decks = len({draft.topic.slug for draft in drafts})
    file = File(f"cloudlark-missed{form.suffix}", data, form.media_type)
    return Reply(Sheet(wording.missed_title(), wording.missed_lead(len(drafts), decks), files=(file,)))
