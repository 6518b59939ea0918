"""Drills: two things that are easily confused, asked one after the other."""

from __future__ import annotations

from collections import Counter

from bot import wording
from bot.bank.pairs import questions_about, sides_of, topic_confused
from bot.messages import Button, Notice, Reply, Section, Sheet, Tone
from bot.messages.acts import RunCommand
from bot.storage import attempts, progress
from bot.tutor import practice
from bot.tutor.healing.holding import held_from
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor
from bot.wording.speech import _, either

COUNT = 6
LOOKED_AT = 300


async def drill(tutor: Tutor, who: Who, pair: str) -> Reply:
    """A session on a pair, given as `sqs-vs-kinesis`; without one, the caller's own confusions."""
    if not pair.strip():
        return await confusions(tutor, who)
    sides = sides_of(tutor.bank, pair)
    if sides is None:
        raise RefusalError(
            _("Name two things, as in /drill sqs-vs-kinesis or /drill nat gateway vs nat instance.")
        )
    held = await held_from(tutor, who)
    questions = [question for question in questions_about(tutor.bank, sides) if question.id not in held]
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
        tutor,
        who,
        "drill",
        _("Drill · {name} or {name2}?").format(name=sides[0].name, name2=sides[1].name),
        drawn,
    )


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
                pairs[question.topic, topic_confused(tutor.bank, option.confuses)] += 1
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
    buttons = tuple(
        Button(either(pair)[:40], RunCommand(f"drill {pair[0]}-vs-{pair[1]}")) for pair, _ in worst
    )
    return Reply(Sheet(_("What you mix up most"), sections=(Section(lines=lines),), buttons=buttons))
