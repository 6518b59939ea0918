"""Drills: two things that are easily confused, asked one after the other."""

from __future__ import annotations

from collections import Counter

from bot import wording
from bot.messages import Button, Notice, Reply, Section, Sheet, Tone
from bot.messages.acts import RunCommand
from bot.model.knowledge import Question
from bot.storage import attempts, progress
from bot.tutor import practice
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor

COUNT = 6
LOOKED_AT = 300


async def drill(tutor: Tutor, who: Who, pair: str) -> Reply:
    """A session on a pair, given as `sqs-vs-kinesis`; without one, the caller's own confusions."""
    if not pair.strip():
        return await confusions(tutor, who)
    one, other = _sides(tutor, pair)
    questions = [q for q in tutor.bank.questions.values() if _is_about(tutor, q, one, other)]
    if not questions:
        raise RefusalError("I have no questions that set those two apart. /quiz asks about either of them.")
    met = await tutor.store.read(lambda db: progress.last_encounters(db, who.learner.id))
    names = [tutor.bank.topics[slug].name for slug in (one, other)]
    drawn = practice.draw(questions, met, COUNT, tutor.rng)
    return await practice.begin(tutor, who, "drill", f"Drill · {' or '.join(names)}?", drawn)


def _sides(tutor: Tutor, pair: str) -> tuple[str, str]:
    for mark in ("-vs-", " vs ", " or ", ","):
        if mark in pair.casefold():
            found = [tutor.bank.find_topic(part).topic for part in pair.casefold().split(mark, 1)]
            if found[0] is not None and found[1] is not None and found[0] != found[1]:
                return found[0].slug, found[1].slug
    raise RefusalError("Name two topics that I know, as in /drill sqs-vs-kinesis.")


def _is_about(tutor: Tutor, question: Question, one: str, other: str) -> bool:
    mistaken = {_topic(tutor, o.confuses) for o in question.options if o.confuses}
    taught = {tutor.bank.facts[fact].topic for fact in question.facts}
    return (one in taught and other in mistaken) or (other in taught and one in mistaken)


def _can_be_drilled(tutor: Tutor, one: str, other: str) -> bool:
    taught = tutor.bank.by_topic
    return one != other and one in taught and other in taught


def _topic(tutor: Tutor, target: str) -> str:
    fact = tutor.bank.facts.get(target)
    return fact.topic if fact else target.split(".", maxsplit=1)[0]


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
                pairs[question.topic, _topic(tutor, option.confuses)] += 1
    worst = [(pair, count) for pair, count in pairs.most_common() if _can_be_drilled(tutor, *pair)][:3]
    if not worst:
        return Reply(
            Notice(
                "I have not seen you mix anything up yet. Name a pair, as in /drill sqs-vs-kinesis.",
                Tone.GOOD,
            )
        )
    names = {slug: topic.name for slug, topic in tutor.bank.topics.items()}
    lines = tuple(
        f"{names.get(a, a)} taken for {names.get(b, b)}: {wording.count(count, 'time', 'times')}"
        for (a, b), count in worst
    )
    buttons = tuple(Button(f"{a} or {b}"[:40], RunCommand(f"drill {a}-vs-{b}")) for (a, b), _ in worst)
    return Reply(Sheet("What you mix up most", sections=(Section(lines=lines),), buttons=buttons))
