"""What admins decide about a question. Each decision is one transaction, its line in the log included."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from bot import wording
from bot.messages import Button, Notice, Reply, Tone
from bot.storage import audits, quarantine, reports
from bot.storage.audits import Deed
from bot.storage.quarantine import EVERYWHERE, QuestionState
from bot.tutor.healing.cases import is_changed, opened_case
from bot.tutor.healing.operators import is_operator
from bot.tutor.healing.references import all_cases, decision_button, named, regrader, stem_of
from bot.tutor.healing.telling import tell
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor

CLOSING = {"dismiss": "dismissed", "fixed": "fixed", "fixed-anyway": "fixed"}
HOLDING = {
    "quarantine": QuestionState.QUARANTINED,
    "release": QuestionState.RELEASED,
    "quarantine-all": QuestionState.QUARANTINED,
    "release-all": QuestionState.RELEASED,
}
DECISIONS = (*CLOSING, *HOLDING)


async def decide(tutor: Tutor, who: Who, question_id: str, what: str) -> Reply:
    """Close a case, or change whether its question is asked. `what` is one of DECISIONS."""
    question_id = named(tutor, question_id)
    if what.endswith("-all") and not is_operator(tutor, who):
        raise RefusalError(wording.case_operators_only())
    done: Callable[[Connection], int]
    if what in CLOSING:
        if what == "fixed":
            await _refuse_unchanged(tutor, who, question_id)
        done = _closing(tutor, who, question_id, CLOSING[what])
    else:
        if question_id not in tutor.bank.questions and HOLDING[what] is QuestionState.QUARANTINED:
            raise RefusalError(wording.case_unknown(question_id))
        done = _holding(who, question_id, what)
    told = await tutor.store.write(done)
    tutor.wake()
    plain = what.removesuffix("-anyway")
    return Reply(
        Notice(wording.case_done(plain, question_id, told), Tone.GOOD, _after(tutor, what, question_id))
    )


def _after(tutor: Tutor, what: str, question_id: str) -> tuple[Button, ...]:
    if CLOSING.get(what) == "fixed" and question_id in tutor.bank.questions:
        return (regrader(question_id), all_cases())
    return (all_cases(),)


async def _refuse_unchanged(tutor: Tutor, who: Who, question_id: str) -> None:
    told = await tutor.store.read(lambda db: reports.reports_on(db, who.community.id, question_id))
    if told and not is_changed(told, tutor.bank.questions.get(question_id)):
        buttons = (decision_button("fixed-anyway", question_id), decision_button("dismiss", question_id))
        raise RefusalError(wording.case_unchanged(question_id), buttons)


def _closing(tutor: Tutor, who: Who, question_id: str, end: str) -> Callable[[Connection], int]:
    """Close the reports, let the question be asked again, and tell whoever reported it."""

    def work(db: Connection) -> int:
        place = who.community.id
        opened = opened_case(db, place, question_id)
        if not opened.reports and opened.since is None:
            raise RefusalError(wording.case_not_open(question_id))
        people = reports.close_case(db, place, question_id, end, who.now)
        if opened.since is not None:
            quarantine.decide(db, place, question_id, QuestionState.RELEASED, who.now)
        detail = wording.audit_reports(len(opened.reports))
        number = audits.add_deed(db, Deed(place, who.learner.id, end, question_id, who.now, detail))
        notes = {each: lambda _: wording.report_outcome(end, stem_of(tutor, question_id)) for each in people}
        return tell(db, who.community, notes, f"reported:{number}", who.now, tone=Tone.GOOD)

    return work


def _holding(who: Who, question_id: str, what: str) -> Callable[[Connection], int]:
    place = EVERYWHERE if what.endswith("-all") else who.community.id
    state = HOLDING[what]

    def work(db: Connection) -> int:
        if state is QuestionState.RELEASED and quarantine.decision_on(db, place, question_id) is None:
            raise RefusalError(wording.case_already(what, question_id))
        if not quarantine.decide(db, place, question_id, state, who.now):
            raise RefusalError(wording.case_already(what, question_id))
        audits.add_deed(db, Deed(who.community.id, who.learner.id, what, question_id, who.now))
        return 0

    return work
