"""Words for reports of questions, for what admins decide about them, and for the log of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from bot.wording.general import count
from bot.wording.speech import _, date, plural


def report_title() -> str:
    """Above the form to report a question."""
    return _("Report this question")


def report_reasons() -> tuple[tuple[str, str], ...]:
    """What may be wrong with a question: pairs of a value and its label."""
    return (
        ("key", _("The key is wrong")),
        ("outdated", _("It is out of date")),
        ("unclear", _("It is unclear or has several answers")),
        ("typo", _("There is a typo")),
        ("other", _("Something else")),
    )


def report_reason(value: str) -> str:
    """The label of a reason."""
    return dict(report_reasons()).get(value, value)


def report_what() -> str:
    """Above the reasons."""
    return _("What is wrong?")


def report_more() -> str:
    """Above the text."""
    return _("Tell us more")


def report_hint() -> str:
    """Below the text."""
    return _("A link to the documentation helps most.")


def report_send() -> str:
    """The label that sends the form."""
    return _("Send")


def report_gone() -> str:
    """On reporting what has left the bank."""
    return _("That question is no longer in the bank; thank you all the same.")


def report_choose() -> str:
    """On a form without a reason."""
    return _("Choose one of the reasons.")


def report_thanks() -> str:
    """After a report."""
    return _("Thank you. The people who keep the bank will look at it, and I will tell you what comes of it.")


def report_outcome(end: str, stem: str) -> str:
    """To whoever made a report that is closed: `fixed`, or `dismissed`."""
    if end == "fixed":
        text = _("Thank you for your report: the question “{stem}” has been corrected.")
    else:
        text = _(
            "Thank you for your report on the question “{stem}”. We have looked at it, and it stays as it is."
        )
    return text.format(stem=stem)


def cases_title() -> str:
    """Above the list of cases."""
    return _("Reported questions")


def cases_none() -> str:
    """When nothing is reported."""
    return _("No reports are open, and no question is in quarantine.")


def cases_lead(cases: int, people: int) -> str:
    """Below the title of the list."""
    return _("{cases} with reports by {people}. The buttons open a case.").format(
        cases=count(cases, "question", "questions"), people=count(people, "person", "people")
    )


def cases_more(number: int) -> str:
    """Below a list that is cut."""
    return plural("{n} more follows when these are closed.", "{n} more follow when these are closed.", number)


def case_columns() -> tuple[str, ...]:
    """The heads of the list of cases."""
    return (_("Question"), _("People"), _("Reports"), _("Since"), _("State"))


def case_state(held: bool, known: bool) -> str:
    """The state of a question in a list."""
    if not known:
        return _("not in the bank")
    return _("in quarantine") if held else _("asked")


def case_reports(reports: int, people: int, since: dt.date) -> str:
    """How much is open."""
    return _("{reports} by {people} since {since}.").format(
        reports=count(reports, "report", "reports"),
        people=count(people, "person", "people"),
        since=date(since, "d MMMM y"),
    )


def case_quiet() -> str:
    """On a question that nobody reported."""
    return _("No reports are open.")


def case_held(since: dt.date) -> str:
    """On a question in quarantine."""
    return _("In quarantine since {since}: it is asked nowhere here.").format(since=date(since, "d MMMM y"))


def case_held_everywhere() -> str:
    """On a question that the operators took out everywhere."""
    return _("In quarantine everywhere, by the operators of this program.")


def case_asked() -> str:
    """On a question that is not in quarantine."""
    return _("It is asked as usual.")


def case_changed() -> str:
    """On a question that is not what was reported."""
    return _("It has changed since it was reported.")


def case_section(name: str) -> str:
    """The parts of a case: question, reports, statistics."""
    names = {
        "question": _("The question"),
        "reports": _("Reports, the oldest first"),
        "earlier": _("Reports"),
        "statistics": _("First answers here"),
    }
    return names[name]


def case_option(letter: str, right: bool, text: str, why: str) -> str:
    """An option with its reason."""
    return f"{letter} {'✓' if right else '✗'} {text} ({why})"


def case_line(day: dt.date, reason: str, text: str) -> str:
    """One report."""
    head = f"{date(day, 'd MMM')} · {report_reason(reason)}"
    return f"{head}: {text}" if text else head


def case_earlier(ends: Mapping[str, int]) -> str:
    """Reports that are closed."""
    fixed, dismissed = ends.get("fixed", 0), ends.get("dismissed", 0)
    return _("Earlier: {fixed} led to a correction, {dismissed} did not.").format(
        fixed=count(fixed, "report", "reports"), dismissed=count(dismissed, "report", "reports")
    )


def case_fact(fact: str, verified: dt.date) -> str:
    """A fact that a question rests on."""
    return _("{fact}, verified {day}").format(fact=fact, day=date(verified, "d MMMM y"))


def case_button(what: str) -> str:
    """The label of what can be done with a case."""
    labels = {
        "dismiss": _("Dismiss"),
        "quarantine": _("Quarantine"),
        "release": _("Release"),
        "fixed": _("Mark fixed"),
        "fixed-anyway": _("Fixed all the same"),
        "quarantine-all": _("Quarantine everywhere"),
        "release-all": _("Release everywhere"),
        "regrade": _("Regrade answers"),
        "all": _("All cases"),
        "case": _("Open the case"),
    }
    return labels[what]


def case_unknown(text: str) -> str:
    """A question that is neither in the bank nor reported."""
    shown = text if len(text) <= 60 else text[:59] + "…"
    return _("There is no question “{text}”. /bank reports lists those that were reported.").format(
        text=shown
    )


def case_not_open(question: str) -> str:
    """On closing what is not open."""
    return _("Nothing about {question} is open; there is nothing to close.").format(question=question)


def case_unchanged(question: str) -> str:
    """On marking as fixed what is as it was."""
    return _(
        "{question} stands in the bank exactly as it was reported, so nothing says that it was fixed. "
        "Change it first, dismiss the reports, or say that it is fixed all the same."
    ).format(question=question)


def case_done(what: str, question: str, told: int) -> str:
    """After a decision."""
    text = {
        "dismiss": _("The reports on {question} are dismissed; it is asked as before."),
        "fixed": _("The reports on {question} are closed as fixed; it is asked again."),
        "quarantine": _("{question} is in quarantine: nobody here is asked it until you release it."),
        "release": _("{question} is asked again. Its reports stay open."),
        "quarantine-all": _("{question} is in quarantine everywhere."),
        "release-all": _("{question} is asked again everywhere, where nobody else holds it back."),
    }[what].format(question=question)
    return f"{text} {_told(told)}" if told else text


def _told(people: int) -> str:
    return plural("I tell the person who reported it.", "I tell the {n} people who reported it.", people)


def case_already(what: str, question: str) -> str:
    """On a decision that holds already."""
    if what.startswith("quarantine"):
        return _("{question} is in quarantine already.").format(question=question)
    return _("{question} is not in quarantine.").format(question=question)


def case_operators_only() -> str:
    """On what only operators may do."""
    return _("Only the operators of this program can do that: those whom its settings name as admins.")


def case_by_itself(question: str, people: int) -> str:
    """To subscribers, about a question that reports took out."""
    return plural(
        "I put {question} into quarantine: {n} person reported it. In a channel there, /bank reports shows the case.",
        "I put {question} into quarantine: {n} people reported it. In a channel there, /bank reports shows the case.",
        people,
        question=question,
    )


def audit_title() -> str:
    """Above the log."""
    return _("What admins did")


def audit_none() -> str:
    """On an empty log."""
    return _("Nothing has been done here yet.")


def audit_line(when: str, who: str, action: str, subject: str, detail: str) -> str:
    """One deed."""
    what = f"{action} {subject}".strip()
    return f"{when} · {who} · {what}: {detail}" if detail else f"{when} · {who} · {what}"


def audit_actor(name: str, by_itself: bool) -> str:
    """Who did it."""
    if by_itself:
        return _("by itself")
    return name or _("somebody who has been forgotten")


def audit_people(number: int) -> str:
    """Why a question went into quarantine by itself."""
    return plural("{n} person reported it", "{n} people reported it", number)


def audit_reports(number: int) -> str:
    """How many reports a decision closed."""
    return plural("{n} report closed", "{n} reports closed", number)
