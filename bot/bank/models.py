"""Documents turned into the nouns of the model."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

import msgspec

from bot.bank import documents
from bot.model.knowledge import Change, Domain, Exam, Fact, Kind, Option, Question, Style, Task, Topic

VERSION_BYTES = 6


def version_of(doc: documents.QuestionDoc) -> str:
    """A short hash of all that the author wrote; it moves when any of it does."""
    authored = msgspec.json.encode(doc, order="deterministic")
    return hashlib.blake2b(authored, digest_size=VERSION_BYTES).hexdigest()


def exam_of(doc: documents.ExamDoc) -> Exam:
    """The blueprint with tuples in place of lists."""
    domains = tuple(
        Domain(d.number, d.slug, d.name, d.weight, tuple(Task(t.id, t.title) for t in d.tasks))
        for d in doc.domains
    )
    return Exam(
        slug=doc.slug,
        code=doc.code,
        name=doc.name,
        items_total=doc.items_total,
        items_scored=doc.items_scored,
        minutes=doc.minutes,
        scale=doc.scale,
        pass_scaled=doc.pass_scaled,
        domains=domains,
    )


def topic_of(doc: documents.TopicDoc) -> Topic:
    """The topic as authored."""
    return Topic(doc.slug, doc.name, tuple(doc.aliases), doc.summary, doc.link)


def fact_of(doc: documents.FactDoc) -> Fact:
    """The fact; its topic is the part of its id before the dot."""
    return Fact(
        id=doc.id,
        topic=doc.id.partition(".")[0],
        statement=doc.statement,
        exams=dict(doc.exams),
        link=doc.link,
        verified_on=dt.date.fromisoformat(doc.verified_on),
        changed=Change(doc.changed.when, doc.changed.was, doc.changed.now) if doc.changed else None,
    )


def question_of(doc: documents.QuestionDoc) -> Question:
    """The question with its version; options get their places as authored, from 0."""
    question = Question(
        id=doc.id,
        topic=doc.id.partition(".")[0],
        facts=tuple(doc.facts),
        kind=_kind(doc),
        style=Style(doc.style),
        difficulty=doc.difficulty,
        stem=doc.stem,
        explanation=doc.explanation,
        version=version_of(doc),
    )
    if isinstance(doc, documents.NumericDoc):
        return replace(question, generator=doc.generator, ranges=dict(doc.ranges), fixed=dict(doc.fixed))
    return replace(question, options=tuple(_option(*pair) for pair in enumerate(doc.options)))


def _option(position: int, doc: documents.OptionDoc) -> Option:
    return Option(position, doc.text, doc.right, doc.why, doc.confuses)


def _kind(doc: documents.QuestionDoc) -> Kind:
    match doc:
        case documents.SingleDoc():
            return Kind.SINGLE
        case documents.MultipleDoc():
            return Kind.MULTIPLE
        case documents.NumericDoc():
            return Kind.NUMERIC
