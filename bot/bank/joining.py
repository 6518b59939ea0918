"""Banks seen as one: the main bank with what belongs to one place, without copying the main one."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from bot.bank.bank import Bank
from bot.model.knowledge import Question, Topic

K = TypeVar("K")
V = TypeVar("V")


class Beside(Mapping[K, V]):
    """A mapping that also finds what has gone, but does not list it."""

    def __init__(self, present: Mapping[K, V], gone: Mapping[K, V]) -> None:
        self._present = present
        self._gone = gone

    def __getitem__(self, key: K) -> V:
        found = self._present.get(key)
        return self._gone[key] if found is None else found

    def __contains__(self, key: object) -> bool:
        return key in self._present or key in self._gone

    def __iter__(self) -> Iterator[K]:
        return iter(self._present)

    def __len__(self) -> int:
        return len(self._present)


@dataclass(frozen=True, eq=False)
class JoinedBank(Bank):
    """The main bank and one more, whose ids differ and which has no exams.

    What is `gone` is offered and drawn no more, but whoever was asked about it can still be told: it is found
    by its id.
    """

    main: Bank
    own: Bank
    gone: Bank

    @classmethod
    def join(cls, main: Bank, own: Bank, gone: Bank) -> JoinedBank:
        """The three as one bank."""
        return cls(
            main.exams,
            Beside(_chained(own.topics, main.topics), gone.topics),
            Beside(_chained(own.facts, main.facts), gone.facts),
            Beside(_chained(own.questions, main.questions), gone.questions),
            main,
            own,
            gone,
        )

    @cached_property
    def by_fact(self) -> Mapping[str, tuple[Question, ...]]:
        """As in each of the banks."""
        return _chained(self.own.by_fact, self.main.by_fact)

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Question, ...]]:
        """As in each of the banks."""
        return _chained(self.own.by_topic, self.main.by_topic)

    @cached_property
    def by_domain(self) -> Mapping[tuple[str, str], tuple[Question, ...]]:
        """As in the main bank, which alone has exams."""
        return self.main.by_domain

    @cached_property
    def by_task(self) -> Mapping[tuple[str, str], tuple[Question, ...]]:
        """As in the main bank."""
        return self.main.by_task

    @cached_property
    def offered(self) -> tuple[Topic, ...]:
        """The main bank's topics first, so that their names keep their meaning."""
        return (*self.main.offered, *self.own.offered)

    def select(
        self, topics: Iterable[str] = (), exam: str | None = None, domain: str | None = None
    ) -> tuple[Question, ...]:
        """As in each of the banks."""
        wanted = tuple(topics)
        return (*self.main.select(wanted, exam, domain), *self.own.select(wanted, exam, domain))

    @cached_property
    def _exams_of(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        return Beside(_chained(self.own._exams_of, self.main._exams_of), self.gone._exams_of)


def together(banks: Iterable[Bank]) -> Bank:
    """Small banks, whose ids differ, as one."""
    banks = tuple(banks)
    return Bank.of(
        (exam for bank in banks for exam in bank.exams.values()),
        (topic for bank in banks for topic in bank.topics.values()),
        (fact for bank in banks for fact in bank.facts.values()),
        (question for bank in banks for question in bank.questions.values()),
    )


def _chained(first: Mapping[Any, V], then: Mapping[Any, V]) -> Mapping[Any, V]:
    # A chain lists its last mapping first, and looks into its first one first.
    return ChainMap(first, then)  # type: ignore[arg-type]
