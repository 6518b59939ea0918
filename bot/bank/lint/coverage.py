"""What the bank leaves out: facts asked too rarely, task statements without enough questions."""

from __future__ import annotations

from collections.abc import Iterator

from bot.bank.bank import Bank
from bot.bank.lint.finding import Finding, error, warning
from bot.model.knowledge import Style

PER_FACT = 2
PER_TASK = 15
SCENARIOS = 0.4
"""Share of questions that tell a situation, as the exams do."""


def coverage(bank: Bank) -> Iterator[Finding]:
    """Facts with fewer than two questions, tasks with fewer than fifteen, and too few scenarios."""
    yield from _facts(bank)
    yield from _tasks(bank)
    scenarios = sum(question.style is Style.SCENARIO for question in bank.questions.values())
    if scenarios < SCENARIOS * len(bank.questions):
        message = f"{scenarios} of {len(bank.questions)} questions are scenarios, wants {SCENARIOS:.0%}"
        yield warning("scenarios", message)


def _facts(bank: Bank) -> Iterator[Finding]:
    for fact in bank.facts:
        count = len(bank.by_fact.get(fact, ()))
        if count < PER_FACT:
            message = f"{fact}: {count or 'no'} question{'' if count == 1 else 's'}, needs {PER_FACT}"
            yield error("asked-rarely", message, ("fact", fact))


def _tasks(bank: Bank) -> Iterator[Finding]:
    for exam in bank.exams.values():
        for place, domain in enumerate(exam.domains):
            for number, task in enumerate(domain.tasks):
                count = len(bank.by_task.get((exam.slug, task.id), ()))
                if count < PER_TASK:
                    message = f"{exam.slug} {task.id}: {count} questions, wants {PER_TASK}: {task.title}"
                    keys = ("domains", place, "tasks", number)
                    yield warning("blueprint", message, ("exam", exam.slug), keys)
