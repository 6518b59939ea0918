"""Review: facts that are about to be forgotten, each time through another question."""

from __future__ import annotations

from bot import wording
from bot.messages import Button, Notice, Reply, Tone
from bot.messages.acts import RunCommand
from bot.model.knowledge import Question
from bot.storage import progress
from bot.tutor import fitting, practice
from bot.tutor.healing.holding import held_from
from bot.tutor.people import Who
from bot.tutor.tutor import Tutor
from bot.wording.speech import _


async def start(tutor: Tutor, who: Who, number: int) -> Reply:
    """Begin a session on the facts that are due, the longest due first."""
    learner_id = who.learner.id
    await fitting.consider(tutor, learner_id)
    due = await tutor.store.read(lambda db: progress.due_facts(db, learner_id, who.now, 4 * number))
    total = await tutor.store.read(lambda db: progress.count_due(db, learner_id, who.now))
    met = await tutor.store.read(lambda db: progress.last_encounters(db, learner_id))
    held = await held_from(tutor, who)
    chosen: dict[str, Question] = {}
    for fact in due:
        asking = [q for q in tutor.bank.by_fact.get(fact, ()) if q.id not in chosen and q.id not in held]
        if asking and len(chosen) < number:
            (question,) = practice.draw(asking, met, 1, tutor.rng)
            chosen[question.id] = question
    if not chosen:
        return Reply(Notice(wording.nothing_due(), Tone.GOOD, (Button(_("Practise"), RunCommand("quiz")),)))
    title = _("Review · {total} due").format(total=wording.count(total, "fact", "facts"))
    return await practice.begin(tutor, who, "review", title, list(chosen.values()))
