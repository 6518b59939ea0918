"""Content roots compiled to a bank, as far as their faults allow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bot.bank import documents, models, references
from bot.bank.bank import Bank
from bot.bank.places import Place, Problem
from bot.bank.reading import Entry, Reading, read

T = TypeVar("T")
Subject = tuple[str, str]
"""What something is about: a noun (exam, topic, fact, question) and its id or slug."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A bank of all that is sound, where each entry stands, and what is wrong with the rest."""

    bank: Bank
    places: Mapping[Subject, Place]
    problems: tuple[Problem, ...]


def compile_content(roots: Iterable[Path], known: Collection[str] = ()) -> Compiled:
    """Reads and checks content roots; never raises for what is in them. Options may name the topics `known`
    besides their own."""
    reading = read(roots)
    problems = (*reading.problems, *references.check(reading, known))
    sound = _sound(reading, problems)
    bank = Bank.of(
        (models.exam_of(entry.value) for entry in sound.exams),
        (models.topic_of(entry.value) for entry in sound.topics),
        (models.fact_of(entry.value) for entry in sound.facts),
        (models.question_of(entry.value) for entry in sound.questions),
    )
    return Compiled(bank, _places(sound), problems)


def _sound(reading: Reading, problems: tuple[Problem, ...]) -> Reading:
    """The entries without problems, less all that leans on one with a problem."""
    bad = {(p.place.path, p.place.keys[:length]) for p in problems for length in (0, 2)}

    def keep(entries: list[Entry[T]]) -> list[Entry[T]]:
        return [entry for entry in entries if (entry.place.path, entry.place.keys) not in bad]

    exams, topics = keep(reading.exams), keep(reading.topics)
    tasks = _tasks(exams)
    slugs = {entry.value.slug for entry in topics}
    facts = [e for e in keep(reading.facts) if e.folder in slugs and tasks.issuperset(e.value.exams.items())]
    ids = {entry.value.id for entry in facts}
    questions = [e for e in keep(reading.questions) if e.folder in slugs and ids.issuperset(e.value.facts)]
    return Reading(exams, topics, facts, questions)


def _tasks(exams: list[Entry[documents.ExamDoc]]) -> set[tuple[str, str]]:
    return {(e.value.slug, task.id) for e in exams for domain in e.value.domains for task in domain.tasks}


def _places(reading: Reading) -> dict[Subject, Place]:
    named: list[tuple[str, Entry[Any]]] = [("exam", e) for e in reading.exams]
    named += [("topic", e) for e in reading.topics]
    entries: list[tuple[str, Entry[Any]]] = [("fact", e) for e in reading.facts]
    entries += [("question", e) for e in reading.questions]
    places = {(noun, entry.value.slug): entry.place for noun, entry in named}
    return places | {(noun, entry.value.id): entry.place for noun, entry in entries}
