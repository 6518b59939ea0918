"""Exams and candidates that several tests share."""

from __future__ import annotations

from bot.learning.candidate import Candidate
from bot.model.knowledge import Domain, Exam, Task


def exam(*weights: float, slug: str = "dva") -> Exam:
    """An exam with one domain for each weight, called d1, d2, ... with the tasks 1.1, 1.2, ..."""
    domains = tuple(
        Domain(n, f"d{n}", f"Domain {n}", weight, tuple(Task(f"{n}.{t}", "") for t in (1, 2)))
        for n, weight in enumerate(weights, 1)
    )
    return Exam(slug, slug.upper(), slug, 65, 50, 130, (100, 1000), 720, domains)


DVA = exam(0.32, 0.26, 0.24, 0.18)


def candidate(name: str, domain: int = 1, topic: str = "t", task: int = 1, level: int = 2) -> Candidate:
    """A question on a fact of its own."""
    return Candidate(name, (f"fact-{name}",), topic, (f"dva/d{domain}",), (f"dva/{domain}.{task}",), level)
