"""A small bank, made here, so that tests of the core do not depend on what is taught."""

from __future__ import annotations

import datetime as dt
from functools import cache

from bot.bank.bank import Bank
from bot.model.knowledge import Domain, Exam, Fact, Kind, Option, Question, Style, Task, Topic

EXAM = Exam(
    "ex", "EX-1", "Example exam", 65, 50, 130, (100, 1000), 720,
    (
        Domain(1, "first", "First domain", 0.6, (Task("1.1", "one"), Task("1.2", "two"))),
        Domain(2, "second", "Second domain", 0.4, (Task("2.1", "three"),)),
    ),
)  # fmt: skip


@cache
def small_bank(topics: int = 4, questions: int = 6) -> Bank:
    """A bank of topics t0, t1 ... with single-pick questions, the last of each topic with two picks."""
    names = [f"t{number}" for number in range(topics)]
    return Bank.of(
        [EXAM],
        [
            Topic(name, f"Topic {name}", (f"alias{name}",), "A topic.", "https://docs.aws.amazon.com/")
            for name in names
        ],
        [fact(name, number) for name in names for number in range(questions)],
        [
            question(name, number, double=number == questions - 1)
            for name in names
            for number in range(questions)
        ],
    )


def fact(topic: str, number: int) -> Fact:
    """Fact `topic.fN`, of task 1.1 or 2.1."""
    task = "1.1" if number % 2 else "2.1"
    link = "https://docs.aws.amazon.com/"
    return Fact(f"{topic}.f{number}", topic, f"Fact {number}.", {"ex": task}, link, dt.date(2026, 1, 1))


def question(topic: str, number: int, double: bool = False) -> Question:
    """Question `topic.qN`, whose right options are the first, or with `double` the first two."""
    right = 2 if double else 1
    options = tuple(
        Option(n, f"option {n}", n < right, f"reason {n}", None if n < right else topic)
        for n in range(5 if double else 4)
    )
    return Question(
        f"{topic}.q{number}", topic, (f"{topic}.f{number}",), Kind.MULTIPLE if double else Kind.SINGLE, Style.DIRECT,
        1 + number % 3, f"Stem {number} of {topic}?", "Because.", options, version="v1",
    )  # fmt: skip
