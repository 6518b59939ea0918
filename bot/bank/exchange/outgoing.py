"""The questions of a bank as drafts, for any format."""

from __future__ import annotations

from collections.abc import Iterable

from bot.bank.bank import Bank
from bot.bank.exchange.drafts import Choice, Draft, Subject, Taught, tidy
from bot.bank.namespaces import local
from bot.model.knowledge import Fact, Kind, Question

SEED = 0
"""Decides the numbers of a drawn question."""


def drafts_of(bank: Bank, questions: Iterable[Question], *, draw: bool = True) -> tuple[Draft, ...]:
    """Drafts with options in the order of their authors. With `draw` numeric questions get numbers and options,
    else they keep their generator and have none."""
    return tuple(tidy(_draft(bank, question, draw=draw)) for question in questions)


def _draft(bank: Bank, question: Question, *, draw: bool) -> Draft:
    numeric = question.kind is Kind.NUMERIC
    item = bank.item(question.id, SEED) if numeric and draw else None
    options = sorted(item.options, key=lambda option: option.position) if item else question.options
    return Draft(
        stem=item.stem if item else question.stem,
        choices=tuple(Choice(o.text, o.right, o.why, local(o.confuses or "")) for o in options),
        id=local(question.id),
        topic=_subject(bank, question.topic),
        explanation=item.explanation if item else question.explanation,
        style=question.style.value,
        difficulty=question.difficulty,
        facts=tuple(_taught(bank.facts[fact]) for fact in question.facts),
        generator=question.generator or "",
        ranges=dict(question.ranges),
        fixed=dict(question.fixed),
    )


def _subject(bank: Bank, slug: str) -> Subject:
    topic = bank.topics[slug]
    aliases = tuple(alias for alias in topic.aliases if alias != local(slug))
    return Subject(local(slug), topic.name, topic.summary, topic.link, aliases)


def _taught(fact: Fact) -> Taught:
    day, exams = fact.verified_on.isoformat(), tuple(fact.exams.items())
    return Taught(local(fact.id), fact.statement, fact.link, day, fact.changed, exams)
