"""How much of what the bank holds, and what of a list of wanted facts it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.bank.bank import Bank
from bot.bank.lint.coverage import PER_FACT
from bot.model.knowledge import Question


@dataclass(frozen=True, slots=True)
class Coverage:
    """Wanted facts that are missing, and those in the bank with fewer than two questions."""

    wanted: int
    missing: tuple[str, ...]
    asked_rarely: tuple[str, ...]


def coverage_of(bank: Bank, wanted: Iterable[str]) -> Coverage:
    """How a list of fact ids is covered."""
    ids = tuple(dict.fromkeys(wanted))
    return Coverage(
        wanted=len(ids),
        missing=tuple(fact for fact in ids if fact not in bank.facts),
        asked_rarely=tuple(
            fact for fact in ids if fact in bank.facts and len(bank.by_fact.get(fact, ())) < PER_FACT
        ),
    )


def counts_of(bank: Bank) -> Mapping[str, Mapping[str, int]]:
    """Questions by topic, exam, domain, task, style, difficulty and kind; zero where a task has none."""
    tasks = {
        f"{exam.slug} {task.id}": len(bank.by_task.get((exam.slug, task.id), ()))
        for exam in bank.exams.values()
        for domain in exam.domains
        for task in domain.tasks
    }
    domains = {
        f"{exam.slug} {domain.slug}": len(bank.by_domain.get((exam.slug, domain.slug), ()))
        for exam in bank.exams.values()
        for domain in exam.domains
    }
    return {
        "total": {"questions": len(bank.questions), "facts": len(bank.facts), "topics": len(bank.offered)},
        "exam": {exam: len(bank.select(exam=exam)) for exam in bank.exams},
        "domain": domains,
        "task": tasks,
        "kind": _tally(bank, lambda question: question.kind),
        "style": _tally(bank, lambda question: question.style),
        "difficulty": _tally(bank, lambda question: str(question.difficulty)),
        "topic": {topic.slug: len(bank.by_topic[topic.slug]) for topic in bank.offered},
    }


def _tally(bank: Bank, key: Callable[[Question], str]) -> Mapping[str, int]:
    return dict(sorted(Counter(str(key(question)) for question in bank.questions.values()).items()))
