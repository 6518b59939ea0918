"""Completions of what is being typed."""

from __future__ import annotations

from bot.bank.bank import Bank
from bot.commands.command import ParameterKind

MOST = 25


def complete(bank: Bank, kind: ParameterKind, typed: str) -> list[tuple[str, str]]:
    """At most 25 (value, label) pairs: topics and exams whose names begin with, then contain, the text."""
    exams = [
        (exam.slug, f"{exam.code} · {exam.name}", [exam.slug, exam.code, exam.name])
        for exam in bank.exams.values()
    ]
    topics = [(topic.slug, topic.name, [topic.slug, topic.name, *topic.aliases]) for topic in bank.offered]
    offered = {
        ParameterKind.EXAM: exams,
        ParameterKind.TOPIC: [*topics, *exams],
    }.get(kind, [])
    wanted = typed.strip().casefold()
    begins = [(v, name) for v, name, words in offered if any(w.casefold().startswith(wanted) for w in words)]
    contains = [(v, name) for v, name, words in offered if any(wanted in w.casefold() for w in words)]
    return [(value, label[:100]) for value, label in dict.fromkeys([*begins, *contains])][:MOST]
