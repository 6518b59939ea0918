"""The questions that schedules draw from, by exam and topics; built once and kept."""

from __future__ import annotations

from bot.bank.bank import Bank
from bot.learning.rotation import Candidate, Deck


class Decks:
    """The decks of one bank."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._decks: dict[tuple[str, tuple[str, ...]], Deck] = {}

    def of(self, exam: str = "", topics: tuple[str, ...] = ()) -> Deck:
        """The questions of an exam and of topics, weighted by the exam's blueprint; all without either."""
        if (exam, topics) not in self._decks:
            self._decks[exam, topics] = self._build(exam, topics)
        return self._decks[exam, topics]

    def _build(self, exam: str, topics: tuple[str, ...]) -> Deck:
        blueprint = self._bank.exams.get(exam)
        weights = {domain.slug: domain.weight for domain in blueprint.domains} if blueprint else {}
        return Deck.of(
            (
                Candidate(question.id, question.topic, self._domain(question.id, exam))
                for question in self._bank.select(topics, exam or None)
            ),
            weights,
        )

    def _domain(self, question_id: str, exam: str) -> str:
        exams = self._bank.exams_of(self._bank.questions[question_id])
        return min(exams.get(exam, ()), default="")
