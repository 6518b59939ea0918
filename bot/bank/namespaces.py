"""A team's bank under a name of its own, so that it never meets the ids of another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.bank.bank import Bank
from bot.model.knowledge import Fact, Option, Question, Topic

SEPARATOR = "/"
LONGEST = 80
"""Characters of an id with its namespace: the ids of buttons, at most 100, hold one and a few words more."""

Rename = Callable[[str], str]


def under(bank: Bank, namespace: str) -> Bank:
    """The bank with `namespace/` before every topic's slug and every id; references among them follow.

    What an option confuses is left as it is where it is not the bank's own. Exams are left out.
    """

    def rename(name: str) -> str:
        return f"{namespace}{SEPARATOR}{name}"

    def confused(name: str | None) -> str | None:
        return rename(name) if name and name.partition(".")[0] in bank.topics else name

    return Bank.of(
        (),
        (_topic(topic, rename) for topic in bank.topics.values()),
        (_fact(fact, rename) for fact in bank.facts.values()),
        (_question(question, rename, confused) for question in bank.questions.values()),
    )


def local(name: str) -> str:
    """An id or slug as its authors know it."""
    return name.rpartition(SEPARATOR)[2]


def is_private(name: str) -> bool:
    """Whether an id or slug is a team's own."""
    return SEPARATOR in name


def _topic(topic: Topic, rename: Rename) -> Topic:
    # People go on typing the slug that the authors chose.
    return replace(topic, slug=rename(topic.slug), aliases=(*topic.aliases, topic.slug))


def _fact(fact: Fact, rename: Rename) -> Fact:
    return replace(fact, id=rename(fact.id), topic=rename(fact.topic), exams={})


def _question(question: Question, rename: Rename, confused: Callable[[str | None], str | None]) -> Question:
    options: tuple[Option, ...] = tuple(
        replace(option, confuses=confused(option.confuses)) for option in question.options
    )
    return replace(
        question,
        id=rename(question.id),
        topic=rename(question.topic),
        facts=tuple(map(rename, question.facts)),
        options=options,
    )
