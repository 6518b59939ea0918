"""Pairs of things that are easily confused, and the questions that set them apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.bank.bank import Bank
from bot.bank.words import expanded, stems
from bot.model.knowledge import Question

_BETWEEN = re.compile(r"-vs-|\s+(?:vs\.?|or)\s+|,", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a topic, or words that stand for a thing within one, as `nat gateway`."""

    name: str
    topic: str = ""
    words: frozenset[str] = frozenset()


def sides_of(bank: Bank, pair: str) -> tuple[Side, Side] | None:
    """The two sides of `sqs-vs-kinesis` or `nat gateway vs nat instance`, None when it names no two things.

    Two different topics are taken as topics, anything else by its words.
    """
    texts = [part.replace("-", " ").strip() for part in _BETWEEN.split(pair, maxsplit=1)]
    if len(texts) != 2:
        return None
    one, other = (bank.find_topic(text).topic for text in texts)
    if one is not None and other is not None and one != other:
        return Side(one.name, one.slug), Side(other.name, other.slug)
    first, second = (Side(text, words=frozenset(expanded(stems(text)))) for text in texts)
    return (first, second) if first.words and second.words and first.words != second.words else None


def questions_about(bank: Bank, sides: tuple[Side, Side]) -> list[Question]:
    """The questions of which one side is the key, or what is taught, and the other a temptation."""
    one, other = sides
    both = ((one, other), (other, one))
    return [
        question
        for question in bank.questions.values()
        if any(_teaches(bank, question, right) and _tempts(bank, question, wrong) for right, wrong in both)
    ]


def topic_confused(bank: Bank, target: str) -> str:
    """The topic of what an option confuses: a fact's, or the target itself."""
    fact = bank.facts.get(target)
    return fact.topic if fact else target.split(".", maxsplit=1)[0]


def _teaches(bank: Bank, question: Question, side: Side) -> bool:
    if side.topic:
        return any(bank.facts[fact].topic == side.topic for fact in question.facts)
    keys = (option.text for option in question.options if option.right)
    return any(_names(text, side) for text in (*keys, *question.facts))


def _tempts(bank: Bank, question: Question, side: Side) -> bool:
    wrong = [option for option in question.options if not option.right]
    if side.topic:
        return any(
            option.confuses and topic_confused(bank, option.confuses) == side.topic for option in wrong
        )
    return any(_names(text, side) for option in wrong for text in (option.text, option.confuses or ""))


def _names(text: str, side: Side) -> bool:
    # The id of a fact, as vpc.nat-instance, names what it is about.
    return side.words <= set(expanded(stems(text.replace("-", " "))))
