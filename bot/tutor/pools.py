"""The bank as practice and mock exams see it: candidates, pools and what a domain holds; built once."""

from __future__ import annotations

from bot.bank.bank import Bank
from bot.learning.ability import Difficulty
from bot.learning.candidate import Candidate, domain_name
from bot.learning.practice import Pool, fact_worth
from bot.model.knowledge import Question
from bot.tutor import showing


class Pools:
    """The candidates of one bank. What a bank `below` holds too is taken from there."""

    def __init__(self, bank: Bank, below: Pools | None = None) -> None:
        self._bank = bank
        self._below = below
        self._by_id: dict[str, Candidate] = {}
        self._pools: dict[tuple[tuple[str, ...], str], Pool] = {}
        self._worth: dict[str, float] = {}

    def candidate(self, question: Question) -> Candidate:
        """A question as a candidate."""
        if self._below is not None and question.id in self._below._bank.questions:
            return self._below.candidate(question)
        if question.id not in self._by_id:
            self._by_id[question.id] = self._candidate(question)
        return self._by_id[question.id]

    def pool(self, topics: tuple[str, ...] = (), exam: str = "") -> Pool:
        """The questions of topics or of an exam."""
        if (topics, exam) not in self._pools:
            chosen = self._bank.select(topics, exam or None)
            self._pools[topics, exam] = Pool.of(self.candidate(question) for question in chosen)
        return self._pools[topics, exam]

    @property
    def worth(self) -> dict[str, float]:
        """What one more known fact of a domain is worth."""
        if not self._worth:
            self._worth = fact_worth(self._bank.exams.values(), self.pool())
        return self._worth

    def facts_by_domain(self, exam: str) -> dict[str, set[str]]:
        """The facts of each of an exam's domains, by the domain's name."""
        blueprint = self._bank.exams[exam]
        facts: dict[str, set[str]] = {domain_name(blueprint, domain): set() for domain in blueprint.domains}
        for fact in self._bank.facts.values():
            if exam in fact.exams:
                facts[domain_name(blueprint, blueprint.domain_of(fact.exams[exam]))].add(fact.id)
        return facts

    def priors_by_domain(self, exam: str) -> dict[str, list[Difficulty]]:
        """The authored difficulties of the questions of each domain, by the domain's name."""
        found: dict[str, list[Difficulty]] = {}
        for each in self.pool((), exam).candidates:
            for domain in each.domains:
                found.setdefault(domain, []).append(Difficulty.prior(each.level))
        return found

    def _candidate(self, question: Question) -> Candidate:
        item = self._bank.item(question.id, 0)
        profile = showing.profile_of(self._bank, item)
        tasks = {f"{exam}/{task}" for f in question.facts for exam, task in self._bank.facts[f].exams.items()}
        return Candidate(
            question.id, question.facts, question.topic, profile.domains, tuple(sorted(tasks)),
            question.difficulty, profile.chance,
        )  # fmt: skip
