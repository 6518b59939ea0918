"""Drills: two things that are easily confused, asked one after the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bot import wording
from bot.bank.words import expanded, stems
from bot.messages import Button, Notice, Reply, Section, Sheet, Tone
from bot.messages.acts import RunCommand
from bot.model.knowledge import Question
from bot.storage import attempts, progress
from bot.tutor import practice, showing
from bot.tutor.healing.holding import held_from
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor
from bot.wording.speech import _

COUNT = 6
LOOKED_AT = 300


async def drill(tutor: Tutor, who: Who, pair: str) -> Reply:
    """A session on a pair, given as `sqs-vs-kinesis`; without one, the caller's own confusions."""
    if not pair.strip():
        return await confusions(tutor, who)
    one, other = _sides(tutor, pair)
    held = await held_from(tutor, who)
    all_ = tutor.bank.questions.values()
    questions = [q for q in all_ if q.id not in held and _is_about(tutor, q, one, other)]
    if not questions:
        raise RefusalError(
            _(
                "I have no questions that set those two apart. Name two things, as in /drill "
                "sqs-vs-kinesis or /drill nat gateway vs nat instance."
            )
        )
    met = await tutor.store.read(lambda db: progress.last_encounters(db, who.learner.id))
    drawn = practice.draw(questions, met, COUNT, tutor.rng)
    return await practice.begin(
        tutor, who, "drill", _("Drill · {name} or {name2}?").format(name=one.name, name2=other.name), drawn
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a topic, or words that stand for a thing within one, as `nat gateway`."""

    name: str
    topic: str = ""
    words: frozenset[str] = frozenset()


def _sides(tutor: Tutor, pair: str) -> tuple[Side, Side]:
    for mark in ("-vs-", " vs ", " or ", ","):
        if mark in pair.casefold():
            texts = [part.replace("-", " ").strip() for part in pair.split(_mark(pair, mark), 1)]
            topics = [tutor.bank.find_topic(text).topic for text in texts]
            if topics[0] is not None and topics[1] is not None and topics[0] != topics[1]:
                return Side(topics[0].name, topics[0].slug), Side(topics[1].name, topics[1].slug)
            one, other = (Side(text, words=frozenset(expanded(stems(text)))) for text in texts)
            if one.words and other.words and one.words != other.words:
                return one, other
    raise RefusalError(
        _("Name two things, as in /drill sqs-vs-kinesis or /drill nat gateway vs nat instance.")
    )


def _mark(pair: str, mark: str) -> str:
    """The mark between two sides as it was typed."""
    at = pair.casefold().index(mark)
    return pair[at : at + len(mark)]


def _is_about(tutor: Tutor, question: Question, one: Side, other: Side) -> bool:
    return any(
        _teaches(tutor, question, right) and _tempts(tutor, question, wrong)
        for right, wrong in ((one, other), (other, one))
    )


def _teaches(tutor: Tutor, question: Question, side: Side) -> bool:
    if side.topic:
        return any(tutor.bank.facts[fact].topic == side.topic for fact in question.facts)
    return any(option.right and _names(option.text, side) for option in question.options)


def _tempts(tutor: Tutor, question: Question, side: Side) -> bool:
    wrong = [option for option in question.options if not option.right]
    if side.topic:
        return any(
            option.confuses and showing.topic_of(tutor.bank, option.confuses) == side.topic
            for option in wrong
        )
    return any(_names(option.text, side) for option in wrong)


def _names(text: str, side: Side) -> bool:
    return side.words <= set(expanded(stems(text)))


def _can_be_drilled(tutor: Tutor, one: str, other: str) -> bool:
    taught = tutor.bank.by_topic
    return one != other and one in taught and other in taught


async def confusions(tutor: Tutor, who: Who) -> Reply:
    """The three things that the caller mixes up most, from their latest wrong answers."""
    found = await tutor.store.read(lambda db: attempts.attempts_of(db, who.learner.id, LOOKED_AT))
    pairs: Counter[tuple[str, str]] = Counter()
    for attempt in found:
        question = tutor.bank.questions.get(attempt.question_id)
        if question is None or attempt.correct:
            continue
        for option in question.options:
            if option.position in attempt.picks and option.confuses:
                pairs[question.topic, showing.topic_of(tutor.bank, option.confuses)] += 1
    worst = [(pair, count) for pair, count in pairs.most_common() if _can_be_drilled(tutor, *pair)][:3]
    if not worst:
        return Reply(
            Notice(
                _("I have not seen you mix anything up yet. Name a pair, as in /drill sqs-vs-kinesis."),
                Tone.GOOD,
            )
        )
    names = {slug: topic.name for slug, topic in tutor.bank.topics.items()}
    lines = tuple(
        _("{a} taken for {b}: {count}").format(
            a=names.get(a, a), b=names.get(b, b), count=wording.count(count, "time", "times")
        )
        for (a, b), count in worst
    )
    buttons = tuple(Button(f"{a} or {b}"[:40], RunCommand(f"drill {a}-vs-{b}")) for (a, b), _ in worst)
    return Reply(Sheet(_("What you mix up most"), sections=(Section(lines=lines),), buttons=buttons))
