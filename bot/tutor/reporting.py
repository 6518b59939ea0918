"""Reports of questions that are wrong, unclear or out of date."""

from __future__ import annotations

from collections.abc import Mapping

from bot import wording
from bot.messages import Choice, Form, FormErrors, Notice, Reply, TextField, Tone
from bot.messages.acts import SubmitForm
from bot.storage import reports
from bot.tutor import rounds
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor

REASONS = (
    ("key", "The key is wrong"),
    ("outdated", "It is out of date"),
    ("unclear", "It is unclear or has several answers"),
    ("typo", "There is a typo"),
    ("other", "Something else"),
)


async def form(tutor: Tutor, about: str) -> Form:
    """The form to report a question, given by its id or as `round:12`."""
    question_id = (
        await _asked_in(tutor, about.removeprefix("round:")) if about.startswith("round:") else about
    )
    if question_id not in tutor.bank.questions:
        raise RefusalError("That question is no longer in the bank; thank you all the same.")
    return Form(
        SubmitForm("report", question_id),
        "Report this question",
        (
            Choice("reason", "What is wrong?", REASONS, "key"),
            TextField(
                "text", "Tell us more", long=True, limit=1000, hint="A link to the documentation helps most."
            ),
        ),
        submit_label="Send",
    )


async def save(tutor: Tutor, who: Who, question_id: str, values: Mapping[str, str]) -> Reply:
    """Keep a report. One person's second report of a question replaces the first."""
    if values.get("reason") not in dict(REASONS):
        return Reply(FormErrors({"reason": "Choose one of the reasons."}))
    question = tutor.bank.questions.get(question_id)
    version = question.version if question else ""
    report = reports.Report(
        question_id,
        version,
        who.learner.id,
        who.community.id,
        values["reason"],
        values.get("text", "")[:1000],
        who.now,
    )
    await tutor.store.write(lambda db: reports.put_report(db, report))
    return Reply(Notice("Thank you. The people who keep the bank will look at it.", Tone.GOOD))


async def _asked_in(tutor: Tutor, number: str) -> str:
    if not (number.isascii() and number.isdigit()):
        raise RefusalError(wording.stale_button())
    return (await rounds.find(tutor, int(number))).question_id
