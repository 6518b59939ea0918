"""Private practice: a few questions, answered at leisure, with the reasons at once."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence

from bot import wording
from bot.messages import (
    Button,
    ButtonStyle,
    Feedback,
    Meter,
    Notice,
    QuestionCard,
    Reply,
    Section,
    Sheet,
    Tone,
)
from bot.messages.acts import AnswerPractice, OpenForm, RunCommand, ShowPractice
from bot.messages.cards import Verdict
from bot.model.knowledge import Item, Question
from bot.model.study import Attempt, Origin
from bot.storage import attempts, practices
from bot.storage.practices import Practice
from bot.tutor import choosing, showing
from bot.tutor.answering import Outcome
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.rounds import CONFIDENCE, checked_picks, headline, notes
from bot.tutor.submission import Submission
from bot.tutor.tutor import Tutor
from bot.wording.speech import _


async def start(tutor: Tutor, who: Who, topics: Sequence[str], exam: str, number: int) -> Reply:
    """Begin a session of up to `number` questions and show the first."""
    pool = tutor.pools.pool(tuple(topics), exam)
    if not pool.candidates:
        raise RefusalError(wording.empty_bank())
    chosen = await choosing.choose(tutor, who, pool, number)
    if not chosen:
        raise RefusalError(wording.empty_bank())
    names = [tutor.bank.topics[slug].name for slug in topics] or (
        [tutor.bank.exams[exam].code] if exam else []
    )
    return await begin(tutor, who, "practice", wording.practice_title(names), chosen)


async def begin(tutor: Tutor, who: Who, kind: str, title: str, questions: Sequence[Question]) -> Reply:
    """Begin a session of these questions and show the first."""
    items = [(question.id, tutor.seed()) for question in questions]
    session = await tutor.store.write(
        lambda db: practices.add_practice(db, who.learner.id, who.community.id, kind, title, items, who.now)
    )
    return Reply(_card(tutor, session, 0))


def draw(
    questions: Sequence[Question], met: Mapping[str, dt.datetime], number: int, rng: random.Random
) -> list[Question]:
    """Questions for a session: unmet ones first in a random order, then those met the longest ago."""
    shuffled = rng.sample(questions, len(questions))
    shuffled.sort(key=lambda question: met[question.id].timestamp() if question.id in met else 0.0)
    return shuffled[:number]


async def show(tutor: Tutor, who: Who, act: ShowPractice) -> Reply:
    """The next item of a session, the verdict if it was answered before, or the summary behind the last."""
    session = await _own(tutor, who, act.session)
    if not 0 <= act.number < len(session.items):
        return Reply(await _summary(tutor, who, session), replace=True)
    given = await _given(tutor, who, session)
    if act.number in given:
        item = _item(tutor, session, act.number)
        return Reply(
            _feedback(tutor, session, act.number, item, Outcome(given[act.number], False)), replace=True
        )
    await tutor.store.write(lambda db: practices.touch_practice(db, session.id, who.now))
    return Reply(_card(tutor, session, act.number), replace=True)


async def answer(tutor: Tutor, who: Who, act: AnswerPractice, picks: frozenset[int]) -> Reply:
    """Answer an item of one's own session."""
    session = await _own(tutor, who, act.session)
    if not 0 <= act.number < len(session.items):
        raise RefusalError(wording.stale_button())
    item = _item(tutor, session, act.number)
    outcome = await tutor.commit(
        Submission(
            slot_of(session.id, act.number), who.learner, who.community, item,
            showing.profile_of(tutor.bank, item), checked_picks(item, picks), Origin(session.kind),
            who.now, who.local_date, CONFIDENCE.get(act.confidence, ""), _seconds(session, who.now),
            month=session.month,
        )
    )  # fmt: skip
    return Reply(_feedback(tutor, session, act.number, item, outcome), replace=True)


def slot_of(session_id: int, number: int) -> str:
    """The slot of an item's answer."""
    return f"p{session_id}.{number}"


async def _own(tutor: Tutor, who: Who, session_id: int) -> Practice:
    session = await tutor.store.read(lambda db: practices.find_practice(db, session_id))
    if session is None:
        raise RefusalError(wording.practice_gone())
    if session.learner_id != who.learner.id:
        raise RefusalError(wording.not_yours())
    return session


def _item(tutor: Tutor, session: Practice, number: int) -> Item:
    question_id, seed = session.items[number]
    return showing.item_of(tutor.bank, question_id, seed)


def _seconds(session: Practice, now: dt.datetime) -> float | None:
    return (now - session.shown_at).total_seconds() if session.shown_at else None


def _card(tutor: Tutor, session: Practice, number: int) -> QuestionCard:
    item = _item(tutor, session, number)
    return QuestionCard(
        heading=session.title,
        stem=item.stem,
        options=showing.option_views(item),
        picks=item.picks_wanted,
        answer=AnswerPractice(session.id, number),
        progress=(number + 1, len(session.items)),
    )


def _feedback(tutor: Tutor, session: Practice, number: int, item: Item, outcome: Outcome) -> Feedback:
    last = number + 1 == len(session.items)
    return Feedback(
        verdict=Verdict.RIGHT if outcome.attempt.correct else Verdict.WRONG,
        headline=headline(item, outcome),
        stem=item.stem,
        reasons=showing.reasons(item, outcome.attempt.picks),
        explanation=item.explanation,
        sources=showing.sources(tutor.bank, item.question),
        notes=notes(outcome),
        buttons=(
            Button(
                _("Finish") if last else _("Next question"),
                ShowPractice(session.id, number + 1),
                ButtonStyle.PRIMARY,
            ),
            Button(_("Report"), OpenForm("report", item.question.id)),
        ),
    )


async def _given(tutor: Tutor, who: Who, session: Practice) -> dict[int, Attempt]:
    keys = {
        (session.month, slot_of(session.id, number), who.learner.id): number
        for number in range(len(session.items))
    }
    found = await tutor.store.read(lambda db: attempts.attempts_in(db, keys))
    return {keys[key]: attempt for key, attempt in found.items()}


async def _summary(tutor: Tutor, who: Who, session: Practice) -> Sheet | Notice:
    given = await _given(tutor, who, session)
    if not given:
        return Notice(_("Nothing was answered in this session."), Tone.INFO)
    right = sum(attempt.correct for attempt in given.values())
    earned = sum(attempt.points for attempt in given.values())
    missed = [attempt for attempt in given.values() if not attempt.correct]
    topics = dict.fromkeys(tutor.bank.questions[attempt.question_id].topic for attempt in missed)
    again = session.items[0][0].split(".")[0] if session.items else ""
    return Sheet(
        title=session.title,
        lead=wording.practice_summary(right, len(given)),
        sections=(
            Section(
                meters=(Meter(_("Right"), right / len(given), wording.out_of(right, len(given))),),
                lines=tuple([wording.points(earned)] if earned else []),
            ),
            *(
                [Section(_("Worth another look"), tuple(tutor.bank.topics[slug].name for slug in topics))]
                if topics
                else []
            ),
        ),
        buttons=(
            Button(
                _("Another five"),
                RunCommand(f"quiz {next(iter(topics), again)}".strip()),
                ButtonStyle.PRIMARY,
            ),
            Button(_("My progress"), RunCommand("progress")),
        ),
    )
