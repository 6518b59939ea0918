"""A mock exam handed in: scored all or nothing, reported by domain, and every item explained."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot import wording
from bot.learning.scores import cuts, is_right, scaled
from bot.messages import Button, ButtonStyle, Feedback, Notice, Reply, Section, Sheet, Table, Tone, Verdict
from bot.messages.acts import ChangeMock, OpenForm, RunCommand
from bot.model.knowledge import Exam, Item
from bot.model.study import Origin
from bot.storage import mocks, progress
from bot.storage.mocks import Mark, Mock, MockState
from bot.tutor import showing
from bot.tutor.people import Who
from bot.tutor.submission import Submission
from bot.tutor.tutor import Tutor
from bot.wording.speech import _


async def hand_in(tutor: Tutor, who: Who, mock: Mock) -> Reply:
    """End an exam, keep its answers as attempts, and report. Handing in twice changes nothing."""
    if mock.state is not MockState.FINISHED:
        ended = (
            min(who.now, mock.deadline_at) if mock.state is MockState.RUNNING else mock.paused_at or who.now
        )
        marks = await tutor.store.read(lambda db: mocks.marks_of(db, mock.id))
        await asyncio.gather(*(tutor.commit(s) for s in _submissions(tutor, who, mock, marks, ended)))
        await tutor.store.write(lambda db: mocks.finish_mock(db, mock.id, ended))
        found = await tutor.store.read(lambda db: mocks.find_mock(db, mock.id))
        assert found is not None
        mock = found
    return await report(tutor, who, mock)


def _submissions(
    tutor: Tutor, who: Who, mock: Mock, marks: Mapping[int, Mark], ended: dt.datetime
) -> list[Submission]:
    found = []
    for number, given in enumerate(mock.items):
        picks = marks.get(number, Mark()).picks
        if picks and given.question_id in tutor.bank.questions:
            item = tutor.bank.item(given.question_id, given.seed)
            found.append(
                Submission(
                    f"m{mock.id}.{number}", who.learner, who.community, item,
                    showing.profile_of(tutor.bank, item), picks, Origin.MOCK, ended, who.local_date,
                    month=mock.month,
                )
            )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Graded:
    """An exam as it was handed in: which items are right, which count, and so on."""

    right: Sequence[bool]
    scored: Sequence[int]
    blank: int
    minutes: int

    @property
    def got(self) -> int:
        """How many of the items that count are right."""
        return sum(self.right[number] for number in self.scored)

    @property
    def missed(self) -> list[int]:
        """The items that are not right, whether they count or not."""
        return [number for number, right in enumerate(self.right) if not right]


async def report(tutor: Tutor, who: Who, mock: Mock) -> Reply:
    """Estimated scaled range, table by domain, time used, and what to do next."""
    marks = await tutor.store.read(lambda db: mocks.marks_of(db, mock.id))
    exam = tutor.bank.exams[mock.exam]
    graded = _graded(tutor, mock, marks, who.now)
    range_ = scaled(exam, graded.got, len(graded.scored))
    sections = (
        Section(lines=_lines(exam, graded, range_)),
        Section(_("By domain"), table=_table(tutor, mock, graded.right, graded.scored)),
        *_weakest(tutor, mock, graded.missed),
    )
    title = _("Mock exam {code}: report").format(code=exam.code)
    return Reply(Sheet(title, _verdict(exam, range_), sections, buttons=_next(mock, graded)))


def _graded(tutor: Tutor, mock: Mock, marks: Mapping[int, Mark], now: dt.datetime) -> Graded:
    exam = tutor.bank.exams[mock.exam]
    scored = [n for n, item in enumerate(mock.items) if item.scored]
    blank = sum(1 for n in range(len(mock.items)) if not marks.get(n, Mark()).picks)
    minutes = max(5, round(exam.minutes * len(mock.items) / exam.items_total))
    left = max(dt.timedelta(), mock.deadline_at - (mock.finished_at or now))
    used = int((dt.timedelta(minutes=minutes) - left).total_seconds()) // 60
    return Graded(_right(tutor, mock, marks), scored, blank, used)


def _verdict(exam: Exam, range_: tuple[int, int]) -> str:
    low, high = range_
    if low >= exam.pass_scaled:
        return _("Likely a pass.")
    return _("On the line.") if high >= exam.pass_scaled else _("Not there yet.")


def _lines(exam: Exam, graded: Graded, range_: tuple[int, int]) -> tuple[str, ...]:
    scored = len(graded.scored)
    low_cut, high_cut = cuts(scored)
    lines = (
        _("{got} of {scored} scored items right ({percent}).").format(
            got=graded.got, scored=scored, percent=wording.percent(graded.got / max(1, scored))
        ),
        _(
            "Estimated score {about} of {value}; {pass_scaled} passes. AWS publishes no raw cut: I "
            "assume {low_cut} to {high_cut} of {scored}."
        ).format(
            about=wording.about(*range_), value=exam.scale[1], pass_scaled=exam.pass_scaled,
            low_cut=low_cut, high_cut=high_cut, scored=scored,
        ),
        _("Time used: {used}. Unanswered: {blank}.").format(
            used=wording.count(graded.minutes, "minute", "minutes"), blank=graded.blank
        ),
    )  # fmt: skip
    unscored = len(graded.right) - scored
    if not unscored:
        return lines
    return (
        *lines,
        _("{unscored} further items were unscored, as in the real exam.").format(unscored=unscored),
    )


def _next(mock: Mock, graded: Graded) -> tuple[Button, ...]:
    missed = [Button(_("Review what I missed"), ChangeMock(mock.id, 0, "due"))] if graded.missed else []
    return (
        Button(_("Every question"), ChangeMock(mock.id, 0, "review"), ButtonStyle.PRIMARY),
        *missed,
        Button(_("My progress"), RunCommand("progress")),
    )


def _right(tutor: Tutor, mock: Mock, marks: Mapping[int, Mark]) -> list[bool]:
    found = []
    for number, given in enumerate(mock.items):
        known = given.question_id in tutor.bank.questions
        key = tutor.bank.item(given.question_id, given.seed).key if known else frozenset()
        found.append(known and is_right(marks.get(number, Mark()).picks, key))
    return found


def _table(tutor: Tutor, mock: Mock, right: Sequence[bool], scored: Sequence[int]) -> Table:
    rows = []
    for domain in tutor.bank.exams[mock.exam].domains:
        name = f"{mock.exam}/{domain.slug}"
        mine = [n for n in scored if mock.items[n].domain == name]
        if mine:
            got = sum(right[n] for n in mine)
            rows.append((domain.name, wording.out_of(got, len(mine)), wording.percent(got / len(mine))))
    return Table((_("Domain"), _("Right"), _("Share")), tuple(rows))


def _weakest(tutor: Tutor, mock: Mock, missed: Sequence[int]) -> list[Section]:
    topics: dict[str, int] = {}
    for number in missed:
        question = tutor.bank.questions.get(mock.items[number].question_id)
        if question is not None:
            topics[question.topic] = topics.get(question.topic, 0) + 1
    worst = sorted(topics, key=lambda slug: -topics[slug])[:5]
    names = tuple(
        _("{name}: {value} missed").format(name=tutor.bank.topics[slug].name, value=topics[slug])
        for slug in worst
    )
    return [Section(_("What to review"), names)] if names else []


async def item(tutor: Tutor, who: Who, mock: Mock, number: int) -> Reply:
    """One item of a finished exam with its key and its reasons."""
    number %= len(mock.items)
    given = mock.items[number]
    marks = await tutor.store.read(lambda db: mocks.marks_of(db, mock.id))
    shown: Item = showing.item_of(tutor.bank, given.question_id, given.seed)
    picks = marks.get(number, Mark()).picks
    correct = is_right(picks, shown.key)
    key = showing.letters_of(shown, shown.key)
    said = (
        wording.headline(correct, showing.letters_of(shown, picks), key)
        if picks
        else _("Left blank; the answer is {key}.").format(key=key)
    )
    place = _("Item {value} of {items}") if given.scored else _("Item {value} of {items}, unscored")
    note = place.format(value=number + 1, items=len(mock.items))
    following = Button(_("Next"), ChangeMock(mock.id, number + 1, "review"), ButtonStyle.PRIMARY)
    end = Button(_("Back to the report"), ChangeMock(mock.id, 0, "report"))
    last = number + 1 == len(mock.items)
    return Reply(
        Feedback(
            Verdict.RIGHT if correct else Verdict.WRONG, said, shown.stem, showing.reasons(shown, picks),
            shown.explanation, showing.sources(tutor.bank, shown.question), (note,),
            (*([] if last else [following]), end, Button(_("Report"), OpenForm("report", shown.question.id))),
        ),
        replace=True,
    )  # fmt: skip


async def make_due(tutor: Tutor, who: Who, mock: Mock) -> Reply:
    """Make every fact of the missed items due, so that /review brings it back at once."""
    marks = await tutor.store.read(lambda db: mocks.marks_of(db, mock.id))
    right = _right(tutor, mock, marks)
    questions = [
        tutor.bank.questions.get(each.question_id) for n, each in enumerate(mock.items) if not right[n]
    ]
    facts = {fact for question in questions if question for fact in question.facts}

    def work(db: Connection) -> int:
        return progress.make_due(db, who.learner.id, facts, who.now)

    number = await tutor.store.write(work)
    text = _("{number} will come up in /review.").format(number=wording.count(number, "fact", "facts"))
    return Reply(
        Notice(text, Tone.GOOD, (Button(_("Review now"), RunCommand("review 10"), ButtonStyle.PRIMARY),))
    )
