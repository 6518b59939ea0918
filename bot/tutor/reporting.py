"""Reports of questions that are wrong, unclear or out of date."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from bot import wording
from bot.messages import Choice, Form, FormErrors, Notice, Reply, TextField, Tone
from bot.messages.acts import SubmitForm
from bot.messages.codec import whole
from bot.storage import audits, digests, quarantine, reports
from bot.storage.audits import Deed
from bot.storage.quarantine import QuestionState
from bot.storage.reports import Report
from bot.tutor import rounds
from bot.tutor.healing.telling import tell
from bot.tutor.healing.thresholds import reached, thresholds
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor


async def form(tutor: Tutor, about: str) -> Form:
    """The form to report a question, given by its id or as `round:12`."""
    question_id = (
        await _asked_in(tutor, about.removeprefix("round:")) if about.startswith("round:") else about
    )
    if question_id not in tutor.bank.questions:
        raise RefusalError(wording.report_gone())
    return Form(
        SubmitForm("report", question_id),
        wording.report_title(),
        (
            Choice("reason", wording.report_what(), wording.report_reasons(), "key"),
            TextField("text", wording.report_more(), long=True, limit=1000, hint=wording.report_hint()),
        ),
        submit_label=wording.report_send(),
    )


async def save(tutor: Tutor, who: Who, question_id: str, values: Mapping[str, str]) -> Reply:
    """Keep a report. One person's second report of a question replaces the first.

    When enough people reported it, the question is asked no more in their community.
    """
    if values.get("reason") not in dict(wording.report_reasons()):
        return Reply(FormErrors({"reason": wording.report_choose()}))
    if question_id not in tutor.bank.questions:
        raise RefusalError(wording.report_gone())
    report = Report(
        question_id,
        tutor.bank.questions[question_id].version,
        who.learner.id,
        who.community.id,
        values["reason"],
        values.get("text", "").strip()[:1000],
        who.now,
    )
    limits = thresholds(tutor.settings)

    def work(db: Connection) -> None:
        reports.put_report(db, report)
        _hold_back(db, who, question_id, limits)

    await tutor.store.write(work)
    tutor.wake()
    return Reply(Notice(wording.report_thanks(), Tone.GOOD))


def _hold_back(db: Connection, who: Who, question_id: str, limits: Mapping[str, int]) -> None:
    """Quarantine a question that enough people reported since somebody last decided about it."""
    place = who.community.id
    before = quarantine.decision_on(db, place, question_id)
    told = reports.reports_on(db, place, question_id)
    people = reached([each for each in told if before is None or each.created_at > before.since], limits)
    if not people or not quarantine.decide(db, place, question_id, QuestionState.QUARANTINED, who.now):
        return
    deed = Deed(place, None, "quarantine", question_id, who.now, wording.audit_people(people))
    number = audits.add_deed(db, deed)
    notes = {
        learner: lambda _: wording.case_by_itself(question_id, people)
        for learner in digests.subscribers(db, [place]).get(place, [])
    }
    tell(db, who.community, notes, f"held:{number}", who.now, tone=Tone.WARN)


async def _asked_in(tutor: Tutor, number: str) -> str:
    known = whole(number)
    if known is None:
        raise RefusalError(wording.stale_button())
    return (await rounds.find(tutor, known)).question_id
