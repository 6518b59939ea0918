"""The bank: all that there is to know, indexed for those who ask for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from bot.bank.items import draw
from bot.bank.topics import TopicFinder, TopicMatch
from bot.model.knowledge import Exam, Fact, Item, Question, Topic

K = TypeVar("K")


@dataclass(frozen=True, eq=False)
class Bank:
    """Exams, topics, facts and questions by id or slug, each mapping in the order of its files.

    Immutable: a reloaded bank is another object, and equal to none but itself. Every fact that a
    question names exists, and so does every topic and every task statement that a fact names.
    """

    exams: Mapping[str, Exam]
    topics: Mapping[str, Topic]
    facts: Mapping[str, Fact]
    questions: Mapping[str, Question]

    @classmethod
    def of(
        cls,
        exams: Iterable[Exam] = (),
        topics: Iterable[Topic] = (),
        facts: Iterable[Fact] = (),
        questions: Iterable[Question] = (),
    ) -> Bank:
        """A bank of these values, which must be consistent with one another."""
        return cls(
            MappingProxyType({exam.slug: exam for exam in exams}),
            MappingProxyType({topic.slug: topic for topic in topics}),
            MappingProxyType({fact.id: fact for fact in facts}),
            MappingProxyType({question.id: question for question in questions}),
        )

    @cached_property
    def by_fact(self) -> Mapping[str, tuple[Question, ...]]:
        """Questions that test a fact, by the fact's id."""
        return self._index(lambda question: question.facts)

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Question, ...]]:
        """Questions of a topic, by its slug."""
        return self._index(lambda question: (question.topic,))

    @cached_property
    def by_domain(self) -> Mapping[tuple[str, str], tuple[Question, ...]]:
        """Questions that count in an exam's domain, by (exam slug, domain slug)."""
        return self._index(
            lambda question: [
                (exam, domain)
                for exam, domains in self.exams_of(question).items()
                for domain in sorted(domains)
            ]
        )

    @cached_property
    def by_task(self) -> Mapping[tuple[str, str], tuple[Question, ...]]:
        """Questions that serve a task statement, by (exam slug, task id)."""
        return self._index(
            lambda question: dict.fromkeys(
                pair for fact in question.facts for pair in self.facts[fact].exams.items()
            )
        )

    @cached_property
    def offered(self) -> tuple[Topic, ...]:
        """Topics that have questions, in the order of topics.yaml."""
        return tuple(topic for slug, topic in self.topics.items() if slug in self.by_topic)

    def item(self, question_id: str, seed: int) -> Item:
        """The question as shown under a seed, the same in every process. KeyError when unknown."""
        return draw(self.questions[question_id], seed)

    def topic_named(self, text: str) -> Topic | None:
        """The offered topic of exactly this name, alias or slug."""
        return self._finder.named(text)

    def find_topic(self, text: str) -> TopicMatch:
        """The offered topic that a person means, or up to five that it may be. Never raises."""
        return self._finder.find(text)

    def select(
        self, topics: Iterable[str] = (), exam: str | None = None, domain: str | None = None
    ) -> tuple[Question, ...]:
        """Questions of any of the topics (none given: of all) that count in the exam and domain.

        Unknown names select nothing. A domain without an exam is one of that slug in any exam.
        """
        wanted = frozenset(topics)
        return tuple(
            question
            for question in self.questions.values()
            if (not wanted or question.topic in wanted) and self._counts_in(question, exam, domain)
        )

    def exams_of(self, question: Question) -> Mapping[str, frozenset[str]]:
        """The exams that a question prepares for, each with the slugs of its domains, by its facts."""
        return self._exams_of[question.id]

    @cached_property
    def _exams_of(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        domains = {
            (exam.slug, task.id): domain.slug
            for exam in self.exams.values()
            for domain in exam.domains
            for task in domain.tasks
        }
        return {question.id: self._domains(question, domains) for question in self.questions.values()}

    def _domains(
        self, question: Question, domains: Mapping[tuple[str, str], str]
    ) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for fact in question.facts:
            for pair in self.facts[fact].exams.items():
                found.setdefault(pair[0], set()).add(domains[pair])
        return MappingProxyType({exam: frozenset(slugs) for exam, slugs in found.items()})

    def _counts_in(self, question: Question, exam: str | None, domain: str | None) -> bool:
        exams = self.exams_of(question)
        if exam is not None:
            return exam in exams and (domain is None or domain in exams[exam])
        return domain is None or any(domain in domains for domains in exams.values())

    def _index(self, keys: Callable[[Question], Iterable[K]]) -> Mapping[K, tuple[Question, ...]]:
        index: dict[K, list[Question]] = defaultdict(list)
        for question in self.questions.values():
            for key in keys(question):
                index[key].append(question)
        return MappingProxyType({key: tuple(found) for key, found in index.items()})

    @cached_property
    def _finder(self) -> TopicFinder:
        return TopicFinder(self.offered)
