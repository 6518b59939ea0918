"""A mock exam drawn to an exam's blueprint."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.learning.candidate import Candidate, domain_name, shares
from bot.model.knowledge import Exam

T = TypeVar("T")

# Of a large bank, so many of the least used questions are looked at for each that is wanted.
LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Draw:
    """One item of a mock exam. `domain` is where it counts, by name; an unscored one calibrates itself."""

    question_id: str
    domain: str
    scored: bool


def draw(
    exam: Exam,
    candidates: Sequence[Candidate],
    n_scored: int,
    n_unscored: int,
    rng: random.Random,
    avoid: Sequence[str] = (),
    *,
    answered: Mapping[str, int] | None = None,
) -> tuple[Draw, ...]:
    """A mock exam in random order, no question twice.

    Scored items come in the blueprint's weights by largest remainders, spread over each domain's tasks and
    topics. Questions in `avoid` (used before, the longest ago first) come only when there is no other, in
    that order. Unscored items follow the weights too and are those with the fewest first attempts in
    `answered`. A bank too small for a domain fills up from the others; one too small altogether gives less.
    """
    stock = _Stock(exam, candidates, avoid, rng)
    scored = [Draw(each, domain, True) for domain, each in stock.take(n_scored, {})]
    pilots = [Draw(each, domain, False) for domain, each in stock.take(n_unscored, answered or {})]
    return tuple(_shuffled(scored + pilots, rng))


class _Stock:
    """The questions that are left, by domain."""

    def __init__(
        self, exam: Exam, candidates: Sequence[Candidate], avoid: Sequence[str], rng: random.Random
    ) -> None:
        self._exam = exam
        self._prefix = f"{exam.slug}/"
        self._age = {question_id: age for age, question_id in enumerate(avoid, 1)}
        self._order = _shuffled(candidates, rng)
        self._taken: set[str] = set()
        self._tasks: Counter[str] = Counter()
        self._topics: Counter[str] = Counter()

    def take(self, number: int, answered: Mapping[str, int]) -> list[tuple[str, str]]:
        """Domain and id of so many questions: to the blueprint's weights, then any to make up the number."""
        names = [domain_name(self._exam, domain) for domain in self._exam.domains]
        wanted = shares(self._exam, number)
        found: list[tuple[str, str]] = []
        # Those with the fewest questions choose first, because a question may count in several domains.
        for name in sorted(names, key=lambda name: len(self._left(name)) - wanted[name]):
            found += self._from(name, wanted[name], answered)
        for name in sorted(names, key=lambda name: -len(self._left(name))):
            found += self._from(name, number - len(found), answered)
        return found

    def _from(self, domain: str, number: int, answered: Mapping[str, int]) -> list[tuple[str, str]]:
        by_use = sorted(self._left(domain), key=lambda each: self._use(each, answered))
        left = by_use[: LOOKED_AT * number]
        found = []
        for _ in range(min(number, len(left))):
            best = min(left, key=lambda each: (*self._use(each, answered), *self._crowd(each)))
            left.remove(best)
            self._take(best)
            found.append((domain, best.question_id))
        return found

    def _left(self, domain: str) -> list[Candidate]:
        return [
            each for each in self._order if domain in each.domains and each.question_id not in self._taken
        ]

    def _use(self, each: Candidate, answered: Mapping[str, int]) -> tuple[int, int]:
        return answered.get(each.question_id, 0), self._age.get(each.question_id, 0)

    def _crowd(self, each: Candidate) -> tuple[int, int]:
        """How many questions of its tasks and of its topic are taken already."""
        tasks = [self._tasks[task] for task in each.tasks if task.startswith(self._prefix)]
        return min(tasks, default=0), self._topics[each.topic]

    def _take(self, each: Candidate) -> None:
        self._taken.add(each.question_id)
        self._tasks.update(task for task in each.tasks if task.startswith(self._prefix))
        self._topics[each.topic] += 1


def _shuffled(values: Sequence[T], rng: random.Random) -> list[T]:
    order = list(values)
    for last in range(len(order) - 1, 0, -1):
        chosen = int(rng.random() * (last + 1))
        order[last], order[chosen] = order[chosen], order[last]
    return order
