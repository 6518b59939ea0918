"""Answers from the facts: what is known, since when it is verified, and where it stands."""

from __future__ import annotations

from bot.bank.search import search
from bot.messages import Button, Notice, Reply, Section, Sheet, Tone
from bot.messages.acts import RunCommand
from bot.model.knowledge import Fact
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor

SHOWN = 3


async def ask(tutor: Tutor, who: Who, words: str) -> Reply:
    """The facts that answer best, or an honest no."""
    if not words.strip():
        raise RefusalError("Ask me something, as in /ask how long does sqs keep messages.")
    hits = search(tutor.bank, words, SHOWN)
    if not hits:
        return Reply(
            Notice(
                "I do not know that. I answer from the facts of my bank; try other words, or /topics.",
                Tone.WARN,
            )
        )
    facts = [hit.fact for hit in hits]
    topics = dict.fromkeys(fact.topic for fact in facts)
    links = tuple(dict.fromkeys((tutor.bank.topics[fact.topic].name, fact.link) for fact in facts))
    buttons = tuple(
        Button(f"Practise {tutor.bank.topics[t].name}"[:40], RunCommand(f"quiz {t} 1")) for t in topics
    )
    return Reply(
        Sheet(
            "From the facts",
            sections=tuple(_section(tutor, fact) for fact in facts),
            links=links,
            buttons=buttons,
        )
    )


def _section(tutor: Tutor, fact: Fact) -> Section:
    changed = fact.changed
    lines = (
        fact.statement,
        f"Changed {changed.when}: {changed.was} → {changed.now}" if changed else "",
        f"Verified {fact.verified_on.isoformat()}.",
    )
    return Section(tutor.bank.topics[fact.topic].name, tuple(line for line in lines if line))
