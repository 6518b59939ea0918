"""Answers from the facts: what is known, since when it is verified, and where it stands."""

from __future__ import annotations

import re

from bot.bank.search import search
from bot.messages import Button, Notice, Reply, Section, Sheet, Tone
from bot.messages.acts import RunCommand
from bot.model.knowledge import Fact, Topic
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor
from bot.wording.speech import _

SHOWN = 3
_ASKS_WHAT = re.compile(
    r"\s*(?:(?:what(?:'s| is| are)|define|explain)\s+)?(?:an?\s+|the\s+)?(.+?)[\s?.!]*", re.IGNORECASE
)


async def ask(tutor: Tutor, who: Who, words: str) -> Reply:
    """The facts that answer best, or an honest no."""
    if not words.strip():
        raise RefusalError(_("Ask me something, as in /ask how long does sqs keep messages."))
    topic = _topic_asked_for(tutor, words)
    hits = search(tutor.bank, words, SHOWN)
    if topic is not None:
        hits = tuple(hit for hit in hits if hit.fact.topic == topic.slug)
    if not hits and topic is None:
        return Reply(
            Notice(
                _("I do not know that. I answer from the facts of my bank; try other words, or /topics."),
                Tone.WARN,
            )
        )
    facts = [hit.fact for hit in hits]
    topics = dict.fromkeys([*([topic.slug] if topic else ()), *(fact.topic for fact in facts)])
    links = dict.fromkeys((tutor.bank.topics[fact.topic].name, fact.link) for fact in facts if fact.link)
    links |= {(topic.name, topic.link): None} if topic and topic.link else {}
    buttons = tuple(
        Button(_("Practise {name}").format(name=tutor.bank.topics[t].name)[:40], RunCommand(f"quiz {t} 1"))
        for t in topics
    )
    return Reply(
        Sheet(
            _("From the facts"),
            lead=f"{topic.name}: {topic.summary}" if topic else "",
            sections=tuple(_section(tutor, fact) for fact in facts),
            links=tuple(links),
            buttons=buttons,
        )
    )


def _topic_asked_for(tutor: Tutor, words: str) -> Topic | None:
    """The topic of `what is s3` or `s3`: its own line says more than any single fact."""
    asked = _ASKS_WHAT.fullmatch(words[:200])
    return tutor.bank.topic_named(asked[1]) if asked else None


def _section(tutor: Tutor, fact: Fact) -> Section:
    changed = fact.changed
    lines = (
        fact.statement,
        _("Changed {when}: {was} → {now}").format(when=changed.when, was=changed.was, now=changed.now)
        if changed
        else "",
        _("Verified {isoformat}.").format(isoformat=fact.verified_on.isoformat()),
    )
    return Section(tutor.bank.topics[fact.topic].name, tuple(line for line in lines if line))
