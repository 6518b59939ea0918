"""Mock exams: drawn to the blueprint, timed by our clock, changeable until they are handed in."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot import wording
from bot.learning import blueprint
from bot.messages import Button, ButtonStyle, Notice, QuestionCard, Reply, Section, Sheet, Tone
from bot.messages.acts import AnswerMock, ChangeMock, RunCommand, ShowMock
from bot.model.knowledge import Exam
from bot.storage import mocks, progress
from bot.storage.mocks import Mark, Mock, MockItem, MockState
from bot.tutor import mock_report, showing
from bot.tutor.healing.holding import held_from
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor
from bot.wording.speech import _

# Length: share of a full exam's items and minutes, and of its unscored items.
LENGTHS = {"full": 1.0, "half": 0.5, "quick": 0.2}
LISTED = 30


async def start(tutor: Tutor, who: Who, exam_slug: str, length: str) -> Reply:
    """Draw an exam and show its first item. One exam at a time."""
    running = await tutor.store.read(lambda db: mocks.latest_mock(db, who.learner.id, unfinished=True))
    if running is not None:
        raise RefusalError(
            _("You have an exam under way. Go on with it, or hand it in first."),
            (Button(_("Go on"), RunCommand("mock resume"), ButtonStyle.PRIMARY),
             Button(_("Hand it in"), RunCommand("mock stop"))),
        )  # fmt: skip
    exam = tutor.bank.exams[exam_slug]
    items = await _draw(tutor, who, exam, length)
    if not items:
        raise RefusalError(wording.empty_bank())
    minutes = max(5, round(exam.minutes * len(items) / exam.items_total))
    values = {
        "learner_id": who.learner.id,
        "community_id": who.community.id,
        "exam": exam_slug,
        "length": length,
        "state": MockState.RUNNING.value,
        "started_at": who.now,
        "deadline_at": who.now + dt.timedelta(minutes=minutes),
    }
    number = await tutor.store.write(lambda db: mocks.add_mock(db, values, items))
    return Reply(_card(tutor, await _own(tutor, who, number), 0, {}, who.now))


async def _draw(tutor: Tutor, who: Who, exam: Exam, length: str) -> list[MockItem]:
    share = LENGTHS[length]
    scored = max(1, round(exam.items_scored * share))
    unscored = exam.items_total - exam.items_scored if length == "full" else 0
    used = await tutor.store.read(lambda db: mocks.earlier_questions(db, who.learner.id))
    candidates = tutor.pools.pool((), exam.slug).without(await held_from(tutor, who)).candidates
    ids = [each.question_id for each in candidates]
    known = await tutor.store.read(lambda db: progress.difficulties_in(db, ids)) if unscored else {}
    answered = {question_id: level.answers for question_id, (level, _) in known.items()}
    drawn = blueprint.draw(exam, candidates, scored, unscored, tutor.rng, used, answered=answered)
    return [MockItem(each.question_id, tutor.seed(), each.domain, each.scored) for each in drawn]


async def resume(tutor: Tutor, who: Who) -> Reply:
    """Go on with the exam under way, on any device and after any restart."""
    mock = await _running(tutor, who)
    if mock.state is MockState.PAUSED and mock.paused_at is not None:
        deadline = mock.deadline_at + (who.now - mock.paused_at)
        values = {"state": MockState.RUNNING.value, "deadline_at": deadline, "paused_at": None}
        await tutor.store.write(lambda db: mocks.set_mock(db, mock.id, values))
        mock = replace(mock, state=MockState.RUNNING, deadline_at=deadline, paused_at=None)
    marks = await tutor.store.read(lambda db: mocks.marks_of(db, mock.id))
    blank = next((n for n in range(len(mock.items)) if not marks.get(n, Mark()).picks), 0)
    return Reply(_card(tutor, mock, blank, marks, who.now))


async def status(tutor: Tutor, who: Who) -> Reply:
    """How far the exam under way is, or the report of the last one."""
    mock = await tutor.store.read(lambda db: mocks.latest_mock(db, who.learner.id, unfinished=False))
    if mock is None:
        raise RefusalError(_("You have not taken a mock exam yet. /mock start begins one."))
    if mock.state is MockState.FINISHED or _is_over(mock, who.now):
        return await mock_report.report(tutor, who, mock)
    return Reply(await _overview(tutor, who, mock))


async def stop(tutor: Tutor, who: Who, *, at_once: bool) -> Reply:
    """Hand the exam under way in, or show what is open in it and ask first."""
    mock = await _running(tutor, who)
    if at_once or _is_over(mock, who.now):
        return await mock_report.hand_in(tutor, who, mock)
    page = await _overview(tutor, who, mock)
    asked = _("Hand it in? {left} What is handed in stays as it is.").format(left=page.lead)
    return Reply(replace(page, lead=asked))


async def show(tutor: Tutor, who: Who, act: ShowMock) -> Reply:
    """An item of one's own exam."""
    mock = await _own(tutor, who, act.mock)
    if mock.state is MockState.FINISHED or _is_over(mock, who.now):
        return replace(await mock_report.hand_in(tutor, who, mock), replace=True)
    if mock.state is MockState.PAUSED:
        return Reply(_paused(mock), replace=True)
    marks = await tutor.store.read(lambda db: mocks.marks_of(db, mock.id))
    return Reply(_card(tutor, mock, act.number % len(mock.items), marks, who.now), replace=True)


async def answer(tutor: Tutor, who: Who, act: AnswerMock, picks: frozenset[int]) -> Reply:
    """Keep the picks for an item; they may be changed until the exam is handed in."""
    mock = await _own(tutor, who, act.mock)
    if (
        mock.state is not MockState.RUNNING
        or _is_over(mock, who.now)
        or not 0 <= act.number < len(mock.items)
    ):
        return await show(tutor, who, ShowMock(act.mock, act.number))
    item = showing.item_of(tutor.bank, mock.items[act.number].question_id, mock.items[act.number].seed)
    if len(picks) != item.picks_wanted or not picks <= {option.position for option in item.options}:
        raise RefusalError(wording.pick_exactly(item.picks_wanted, len(picks)))
    return await _mark(tutor, who, mock, act.number, picks=picks)


async def change(tutor: Tutor, who: Who, act: ChangeMock) -> Reply:
    """Flag, list, pause, hand in, read the report, or make what was missed due."""
    mock = await _own(tutor, who, act.mock)
    over = mock.state is MockState.FINISHED or _is_over(mock, who.now)
    match act.what:
        case "review" if over:
            return await mock_report.item(tutor, who, mock, act.number)
        case "due" if over:
            return await mock_report.make_due(tutor, who, mock)
        case "finish" | "report":
            return replace(await mock_report.hand_in(tutor, who, mock), replace=True)
        case _ if over:
            return replace(await mock_report.hand_in(tutor, who, mock), replace=True)
        case "flag" | "pause" if mock.state is MockState.PAUSED:
            return Reply(_paused(mock), replace=True)
        case "flag":
            return await _mark(tutor, who, mock, act.number % len(mock.items), flip=True)
        case "list":
            return Reply(await _overview(tutor, who, mock), replace=True)
        case "pause":
            return await _pause(tutor, who, mock)
    raise RefusalError(wording.stale_button())


async def _pause(tutor: Tutor, who: Who, mock: Mock) -> Reply:
    if tutor.settings["CLOUDLARK_MOCK_PAUSE"] != "on":
        raise RefusalError(_("Exams cannot be paused here, just as on the day. The clock goes on."))
    values = {"state": MockState.PAUSED.value, "paused_at": who.now}
    await tutor.store.write(lambda db: mocks.set_mock(db, mock.id, values))
    return Reply(_paused(mock), replace=True)


async def _mark(
    tutor: Tutor, who: Who, mock: Mock, number: int, picks: frozenset[int] | None = None, flip: bool = False
) -> Reply:
    marks = await tutor.store.read(lambda db: mocks.marks_of(db, mock.id))
    before = marks.get(number, Mark())
    after = Mark(before.picks if picks is None else picks, before.flagged ^ flip)
    await tutor.store.write(lambda db: mocks.put_mark(db, mock.id, number, after))
    return Reply(_card(tutor, mock, number, marks | {number: after}, who.now), replace=True)


def _card(tutor: Tutor, mock: Mock, number: int, marks: dict[int, Mark], now: dt.datetime) -> QuestionCard:
    given = mock.items[number]
    item = showing.item_of(tutor.bank, given.question_id, given.seed)
    mark = marks.get(number, Mark())
    left = max(0, int((mock.deadline_at - now).total_seconds()))
    done = sum(1 for each in marks.values() if each.picks)
    flag = _("Remove flag") if mark.flagged else _("Flag")
    last = number + 1 == len(mock.items)
    return QuestionCard(
        heading=(_("Mock exam {code} · flagged") if mark.flagged else _("Mock exam {code}")).format(
            code=tutor.bank.exams[mock.exam].code
        ),
        stem=item.stem,
        options=showing.option_views(item),
        picks=item.picks_wanted,
        answer=AnswerMock(mock.id, number),
        closes_at=mock.deadline_at,
        progress=(number + 1, len(mock.items)),
        selected=mark.picks,
        notes=(_("{clock} left, {done} of {items} answered.").format(clock=_clock(left), done=done, items=len(mock.items)),),
        buttons=(
            Button(_("Back"), ShowMock(mock.id, max(0, number - 1))),
            Button(_("Overview") if last else _("Next"),
                   ChangeMock(mock.id, number, "list") if last else ShowMock(mock.id, number + 1),
                   ButtonStyle.PRIMARY),
            Button(flag, ChangeMock(mock.id, number, "flag")),
            *([] if last else [Button(_("Overview"), ChangeMock(mock.id, number, "list"))]),
        ),
    )  # fmt: skip


async def _overview(tutor: Tutor, who: Who, mock: Mock) -> Sheet:
    marks = await tutor.store.read(lambda db: mocks.marks_of(db, mock.id))
    blank = [n for n in range(len(mock.items)) if not marks.get(n, Mark()).picks]
    flagged = sorted(n for n, mark in marks.items() if mark.flagged)
    paused = mock.state is MockState.PAUSED
    left = max(0, int((mock.deadline_at - (mock.paused_at or who.now)).total_seconds()))
    first = (flagged or blank or [0])[0]
    pause = [Button(_("Pause"), ChangeMock(mock.id, first, "pause"))] if not paused else []
    return Sheet(
        _("Mock exam {code}").format(code=tutor.bank.exams[mock.exam].code),
        (_("{clock} left, paused.") if paused else _("{clock} left.")).format(clock=_clock(left)),
        (
            Section(_("Unanswered"), (_numbers(blank) or _("None: every item has an answer."),)),
            Section(_("Flagged"), (_numbers(flagged) or _("None."),)),
        ),
        buttons=(
            Button(
                _("Go on"),
                RunCommand("mock resume") if paused else ShowMock(mock.id, first),
                ButtonStyle.PRIMARY,
            ),
            *pause,
            Button(_("Hand in"), ChangeMock(mock.id, first, "finish"), ButtonStyle.DANGER),
        ),
    )


def _numbers(items: list[int]) -> str:
    shown = ", ".join(str(n + 1) for n in items[:LISTED])
    if len(items) <= LISTED:
        return shown
    return _("{numbers} and {value} more").format(numbers=shown, value=len(items) - LISTED)


def _paused(mock: Mock) -> Notice:
    return Notice(
        _("The exam is paused and the clock stands still."),
        Tone.INFO,
        (Button(_("Go on"), RunCommand("mock resume")),),
    )


def _clock(seconds: int) -> str:
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    return (
        _("{hours} h {minutes:02d} min").format(hours=hours, minutes=minutes)
        if hours
        else _("{minutes} min {value:02d} s").format(minutes=minutes, value=seconds % 60)
    )


def _is_over(mock: Mock, now: dt.datetime) -> bool:
    return mock.state is MockState.RUNNING and now >= mock.deadline_at


async def _running(tutor: Tutor, who: Who) -> Mock:
    mock = await tutor.store.read(lambda db: mocks.latest_mock(db, who.learner.id, unfinished=True))
    if mock is None:
        raise RefusalError(_("You have no exam under way. /mock start begins one."))
    return mock


async def _own(tutor: Tutor, who: Who, number: int) -> Mock:
    mock = await tutor.store.read(lambda db: mocks.find_mock(db, number))
    if mock is None or mock.learner_id != who.learner.id:
        raise RefusalError(_("This is not your exam. /mock start begins one of your own."))
    return mock
