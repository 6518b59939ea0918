"""What questions that prepare for an exam must look like, because the exam's own do."""

from __future__ import annotations

from collections.abc import Iterator

from bot.bank.bank import Bank
from bot.bank.lint.finding import Finding, error, warning
from bot.model.knowledge import Kind

OPTIONS = {Kind.SINGLE: (4, 4), Kind.MULTIPLE: (5, 6)}


def shape(bank: Bank) -> Iterator[Finding]:
    """Questions with another number of options than exams have, and facts that were left without an exam."""
    yield from _options(bank)
    served = {fact.topic for fact in bank.facts.values() if fact.exams}
    for fact in bank.facts.values():
        if not fact.exams and fact.topic in served:
            message = f"{fact.id}: serves no exam, as other facts of its topic do"
            yield warning("exam", message, ("fact", fact.id))


def _options(bank: Bank) -> Iterator[Finding]:
    for question in bank.questions.values():
        low, high = OPTIONS.get(question.kind, (0, 0))
        given = len(question.options)
        if bank.exams_of(question) and not low <= given <= high:
            wanted = str(low) if low == high else f"{low} or {high}"
            message = f"{question.id}: {given} options, a {question.kind} question of an exam has {wanted}"
            yield error("options", message, ("question", question.id), ("options",))
