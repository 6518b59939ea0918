"""What the files say of one another: ids used once, references that lead somewhere, keys that fit.

Each check takes what was read and yields problems; none of them changes anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from bot.bank import documents
from bot.bank.numerics import faults
from bot.bank.places import Keys, Place, Problem
from bot.bank.reading import Entry, Reading
from bot.bank.topics import plain

RIGHT = {"single": (1, 1), "multiple": (2, 3)}


def check(reading: Reading, known: Collection[str] = ()) -> Iterator[Problem]:
    """All that is wrong between the entries of a reading. Options may confuse what is asked with the topics
    `known` beside it."""
    yield from _twice(reading.exams, "exam", "slug")
    yield from _twice(reading.topics, "topic", "slug")
    yield from _twice(reading.facts, "fact", "id")
    yield from _twice(reading.questions, "question", "id")
    yield from _spellings(reading.topics)
    for exam in reading.exams:
        yield from _exam(exam)
    topics = {entry.value.slug for entry in reading.topics} | reading.broken
    yield from _folders(reading, topics)
    tasks = {(e.value.slug, t.id) for e in reading.exams for d in e.value.domains for t in d.tasks}
    exams = {entry.value.slug for entry in reading.exams}
    for fact in reading.facts:
        yield from _fact(fact, exams, tasks, reading.broken)
    facts = {entry.value.id for entry in reading.facts} | reading.broken
    for question in reading.questions:
        yield from _question(question, facts, topics.union(known))


def _twice(entries: Iterable[Entry[Any]], noun: str, attribute: str) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for entry in entries:
        name = getattr(entry.value, attribute)
        if name in first:
            message = f"the {noun} {name!r} stands already in {first[name].path}"
            yield Problem(entry.place.under(attribute), message)
        else:
            first[name] = entry.place


def _spellings(entries: list[Entry[documents.TopicDoc]]) -> Iterator[Problem]:
    """Slugs, names and aliases that two topics share, once reduced to what is compared."""
    owner: dict[str, str] = {}
    for entry in entries:
        topic = entry.value
        spelled: list[tuple[str, Keys]] = [(topic.slug, ("slug",)), (topic.name, ("name",))]
        spelled += [(alias, ("aliases", index)) for index, alias in enumerate(topic.aliases)]
        for spelling, keys in spelled:
            other = owner.setdefault(plain(spelling).replace(" ", "") or topic.slug, topic.slug)
            if other != topic.slug:
                message = f"{topic.slug}: {spelling!r} is taken by the topic {other}"
                yield Problem(entry.place.under(*keys), message)


def _exam(entry: Entry[documents.ExamDoc]) -> Iterator[Problem]:
    exam = entry.value
    if abs(sum(domain.weight for domain in exam.domains) - 1) > 1e-9:
        yield Problem(entry.place.under("domains"), f"{exam.slug}: the weights of the domains must sum to 1")
    if exam.items_scored > exam.items_total:
        yield Problem(entry.place.under("items_scored"), f"{exam.slug}: more items scored than there are")
    if not exam.scale[0] <= exam.pass_scaled <= exam.scale[1]:
        yield Problem(entry.place.under("pass_scaled"), f"{exam.slug}: the pass mark is outside the scale")
    for index, domain in enumerate(exam.domains):
        for number, task in enumerate(domain.tasks):
            if task.id.split(".")[0] != str(domain.number):
                place = entry.place.under("domains", index, "tasks", number)
                yield Problem(place, f"{exam.slug}: task {task.id} is not of domain {domain.number}")


def _folders(reading: Reading, topics: set[str]) -> Iterator[Problem]:
    entries: list[Entry[Any]] = [*reading.facts, *reading.questions]
    for entry in entries:
        topic, _, _ = entry.value.id.partition(".")
        if topic != entry.folder:
            message = f"{entry.value.id}: must begin with {entry.folder + '.'!r}, the name of its folder"
            yield Problem(entry.place.under("id"), message)
        elif topic not in topics:
            yield Problem(entry.place.under("id"), f"{entry.value.id}: topics.yaml has no topic {topic!r}")


def _fact(
    entry: Entry[documents.FactDoc], exams: set[str], tasks: set[tuple[str, str]], broken: set[str]
) -> Iterator[Problem]:
    fact = entry.value
    for exam, task in fact.exams.items():
        if exam in broken:
            continue
        if exam not in exams:
            yield Problem(entry.place.under("exams"), f"{fact.id}: no exam is called {exam!r}")
        elif (exam, task) not in tasks:
            yield Problem(entry.place.under("exams"), f"{fact.id}: {exam} has no task statement {task}")
    try:
        dt.date.fromisoformat(fact.verified_on)
    except ValueError:
        message = f"{fact.id}: {fact.verified_on} is not a day of the calendar"
        yield Problem(entry.place.under("verified_on"), message)


def _question(entry: Entry[documents.QuestionDoc], facts: set[str], topics: set[str]) -> Iterator[Problem]:
    question = entry.value
    for index, fact in enumerate(question.facts):
        if fact not in facts:
            yield Problem(entry.place.under("facts", index), f"{question.id}: there is no fact {fact!r}")
    if isinstance(question, documents.NumericDoc):
        yield from (Problem(entry.place.under(*keys), f"{question.id}: {m}") for keys, m in faults(question))
        return
    yield from _keys(entry, question)
    for index, option in enumerate(question.options):
        if option.confuses and option.confuses.partition(".")[0] not in topics:
            message = f"{question.id}: confuses names no topic: {option.confuses!r}"
            yield Problem(entry.place.under("options", index, "confuses"), message)


def _keys(entry: Entry[Any], question: documents.SingleDoc | documents.MultipleDoc) -> Iterator[Problem]:
    low, high = RIGHT["single" if isinstance(question, documents.SingleDoc) else "multiple"]
    right = sum(option.right for option in question.options)
    if not low <= right <= high:
        wanted = "one right option" if high == 1 else f"{low} or {high} right options"
        yield Problem(entry.place.under("options"), f"{question.id}: has {right} right, needs {wanted}")
    texts = [option.text for option in question.options]
    for index, text in enumerate(texts):
        if text in texts[:index]:
            place = entry.place.under("options", index, "text")
            yield Problem(place, f"{question.id}: two options have the same text")
