"""Answers from the facts: what is known, since when it is verified, and where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from bot.bank.bank import Bank
from bot.bank.search import search
from bot.bank.words import stems
from bot.messages import Button, Notice, Reply, Section, Sheet, Tone
from bot.messages.acts import RunCommand
from bot.model.knowledge import Fact, Topic
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor
from bot.wording.speech import _, date

SHOWN = 3
PAGE = 60
"""Characters of a page's name that are shown."""
_ASKS_WHAT = re.compile(
    r"\s*(?:(?:what(?:'s| is| are)|define|explain)\s+)?(?:an?\s+|the\s+)?(.+?)[\s?.!]*", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"\s*(?:what(?:'s| is| are)\s+)?(?:the\s+)?(?:differences?\s+between\s+(.+?)\s+and\s+(.+?)"
    r"|(.+?)\s+(?:vs\.?|versus)\s+(.+?))[\s?.!]*",
    re.IGNORECASE,
)


async def ask(tutor: Tutor, who: Who, words: str) -> Reply:
    """The facts that answer best, or an honest no."""
    if not words.strip():
        raise RefusalError(_("Ask me something, as in /ask how long does sqs keep messages."))
    named = _compared(tutor.bank, words) or _asked_for(tutor.bank, words)
    facts = _facts(tutor.bank, words, named)
    if not facts and not named:
        return Reply(
            Notice(
                _("I do not know that. I answer from the facts of my bank; try other words, or /topics."),
                Tone.WARN,
            )
        )
    about = tuple(f"{topic.name}: {topic.summary}" for topic in named)
    return Reply(
        Sheet(
            _("From the facts"),
            lead=about[0] if len(about) == 1 else "",
            sections=(
                *([Section(lines=about)] if len(about) > 1 else []),
                *(_section(tutor, fact) for fact in facts),
            ),
            links=_links(tutor.bank, named, facts),
            buttons=_buttons(tutor.bank, named, facts),
        )
    )


def _asked_for(bank: Bank, words: str) -> tuple[Topic, ...]:
    """The topic of `what is s3` or `s3`: its own line says more than any single fact."""
    asked = _ASKS_WHAT.fullmatch(words[:200])
    topic = bank.topic_named(asked[1]) if asked else None
    return (topic,) if topic else ()


def _compared(bank: Bank, words: str) -> tuple[Topic, ...]:
    """The two topics of `difference between sqs and sns` or `sqs vs sns`."""
    asked = _BETWEEN.fullmatch(words[:200])
    topics = [bank.topic_named(part) for part in asked.groups() if part] if asked else []
    one, other = topics if len(topics) == 2 else (None, None)
    return (one, other) if one and other and one != other else ()


def _facts(bank: Bank, words: str, named: Sequence[Topic]) -> list[Fact]:
    """What to show: of two topics what sets them apart and what each is, of one its own facts, else the best."""
    if len(named) < 2:
        topic = named[0].slug if named else ""
        return [hit.fact for hit in search(bank, words, SHOWN, topic)]
    both = {word for topic in named for word in stems(topic.slug)}
    apart = [
        hit.fact for hit in search(bank, words) if both <= set(stems(f"{hit.fact.id} {hit.fact.statement}"))
    ]
    return [*apart[:1], *(fact for topic in named if (fact := _definition(bank, topic)))]


def _definition(bank: Bank, topic: Topic) -> Fact | None:
    return bank.facts.get(f"{topic.slug}.what-is") or bank.facts.get(f"{topic.slug}.definition")


def _links(bank: Bank, named: Sequence[Topic], facts: Sequence[Fact]) -> tuple[tuple[str, str], ...]:
    links = [(bank.topics[fact.topic].name, fact.link) for fact in facts if fact.link]
    each = dict.fromkeys([*links, *((topic.name, topic.link) for topic in named if topic.link)])
    names = Counter(name for name, _link in each)
    return tuple((name if names[name] == 1 else f"{name}: {_page(link)}", link) for name, link in each)


def _page(link: str) -> str:
    """What a page is called in its address, to tell it from others on the same topic."""
    last = unquote(urlsplit(link).path).rstrip("/").rpartition("/")[2]
    return re.sub(r"[-_\s]+", " ", last.removesuffix(".html")).strip()[:PAGE]


def _buttons(bank: Bank, named: Sequence[Topic], facts: Sequence[Fact]) -> tuple[Button, ...]:
    topics = dict.fromkeys([*(topic.slug for topic in named), *(fact.topic for fact in facts)])
    return tuple(
        Button(_("Practise {name}").format(name=bank.topics[t].name)[:40], RunCommand(f"quiz {t} 1"))
        for t in topics
    )


def _section(tutor: Tutor, fact: Fact) -> Section:
    changed = fact.changed
    lines = (
        fact.statement,
        _("Changed {when}: {was} → {now}").format(when=changed.when, was=changed.was, now=changed.now)
        if changed
        else "",
        _("Verified {day}.").format(day=date(fact.verified_on, "d MMMM y")),
    )
    return Section(tutor.bank.topics[fact.topic].name, tuple(line for line in lines if line))
