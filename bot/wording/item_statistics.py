"""Words for item analysis, and for the weekly digest of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.wording.general import count
from bot.wording.speech import _, date, plural


def stats_title(name: str) -> str:
    """Above the statistics of a topic, or of a question."""
    return _("Statistics · {name}").format(name=name)


def stats_all() -> str:
    """All questions together, as a name."""
    return _("all questions")


def stats_lead(answers: int, people: int, questions: int) -> str:
    """What the figures rest on."""
    return _("{answers} by {people} to {questions}.").format(
        answers=count(answers, "first answer", "first answers"),
        people=count(people, "person", "people"),
        questions=count(questions, "question", "questions"),
    )


def stats_scope(everywhere: bool) -> str:
    """Whose answers they are."""
    return _("From all communities.") if everywhere else _("From this place alone.")


def stats_cut(answers: int) -> str:
    """When there are too many answers to look at all."""
    return plural(
        "Only the newest {n} answer is looked at.", "Only the newest {n} answers are looked at.", answers
    )


def stats_few(questions: int, least: int) -> str:
    """Questions of which nothing can be said yet."""
    return plural(
        "{n} question has fewer than {least} first answers; figures for it would be mostly chance, so I show none.",
        "{n} questions have fewer than {least} first answers; figures for them would be mostly chance, so I show none.",
        questions,
        least=least,
    )


def stats_none() -> str:
    """When nobody has answered."""
    return _("Nobody has answered any of these questions for the first time yet, so there is nothing to say.")


def stats_how() -> str:
    """How to read the table."""
    return _(
        "Facility: how many per cent were right. Discrimination: how far right answers go with being right "
        "elsewhere, -100 to 100. Efficiency: discrimination against the highest that is possible at this facility."
    )


def stats_columns() -> tuple[str, ...]:
    """The heads of the table."""
    return (_("Question"), _("Answers"), _("Facility"), _("Discr."), _("Effic."))


def stats_section(name: str) -> str:
    """The parts of the page."""
    names = {
        "flaws": _("Worth a look"),
        "table": _("By question"),
        "stale": _("Facts that nobody has checked for a year"),
        "options": _("Picks by option, with their correlation to being right elsewhere"),
    }
    return names[name]


def stats_flaw(flaw: str, rival: str = "", dead: Sequence[str] = ()) -> str:
    """What is wrong with a question, in a sentence."""
    texts = {
        "key": _("the key may be wrong: those who know more choose {rival} instead"),
        "negative": _("those who know less get it right more often"),
        "hard": _("hardly more are right than guessing would give"),
        "easy": _("nearly everybody is right"),
        "dead": _("hardly anybody chooses {dead}"),
    }
    return texts[flaw].format(rival=rival, dead=", ".join(dead))


def stats_flaws(question: str, flaws: Sequence[str]) -> str:
    """The flaws of one question in a line."""
    return f"{question}: {'; '.join(flaws)}."


def stats_stale(fact: str, verified: dt.date) -> str:
    """A fact that nobody has checked for long."""
    return _("{fact}: last checked {day}").format(fact=fact, day=date(verified, "d MMMM y"))


def stats_option(picks: int, answers: int, correlation: float | None) -> str:
    """How often an option was picked."""
    shown = _("{picks} of {answers}").format(picks=picks, answers=answers)
    return shown if correlation is None else f"{shown} · r {correlation:+.2f}"


def stats_figures(facility: float, discrimination: float | None, efficiency: float | None) -> str:
    """The figures of one question."""
    return _("Facility {facility} %, discrimination {discrimination}, efficiency {efficiency}.").format(
        facility=stats_figure(facility),
        discrimination=stats_figure(discrimination),
        efficiency=stats_figure(efficiency),
    )


def stats_figure(value: float | None) -> str:
    """A percentage in the table; a dash for what is not known."""
    return "–" if value is None else f"{value:.0f}"


def stats_answers(answers: int) -> str:
    """How many first answers one question has."""
    return plural("{n} first answer.", "{n} first answers.", answers)


def stats_compared(compared: int) -> str:
    """On how many people discrimination rests."""
    return plural(
        "Discrimination rests on the {n} person who has answered at least three other questions.",
        "Discrimination rests on the {n} people who have answered at least three other questions.",
        compared,
    )


def stats_too_few(answers: int, least: int) -> str:
    """On a question with too few answers."""
    said = count(answers, "first answer", "first answers")
    return _("{answers} so far: too few to say anything fair. Figures begin at {least}.").format(
        answers=said, least=least
    )


def stats_sound() -> str:
    """On a question without flaws."""
    return _("The answers show nothing wrong with it.")


def stats_chart_title() -> str:
    """Above the picture."""
    return _("Each question by facility and discrimination; orange: worth a look")


def stats_chart_axes() -> tuple[str, str]:
    """The names of its axes."""
    return _("Facility: per cent right"), _("Discrimination")


def stats_chart_words(questions: int, flawed: Sequence[str]) -> str:
    """The picture for those who do not see it."""
    text = plural(
        "{n} question by facility and discrimination.",
        "{n} questions by facility and discrimination.",
        questions,
    )
    return f"{text} {_('Worth a look: {names}.').format(names=', '.join(flawed))}" if flawed else text


def digest_set(on: bool) -> str:
    """After subscribing, or parting."""
    if on:
        return _("I write to you on Mondays when there is something to say about the bank here.")
    return _("I write to you no more about the bank here.")


def digest_head() -> str:
    """The first line of a digest."""
    return _("The bank this week:")


def digest_cases(questions: int, held: int) -> str:
    """What is reported, and what is in quarantine."""
    parts = []
    if questions:
        parts.append(plural("{n} question with open reports", "{n} questions with open reports", questions))
    if held:
        parts.append(plural("{n} in quarantine", "{n} in quarantine", held))
    return _("{parts}.").format(parts=", ".join(parts))


def digest_more() -> str:
    """The last line of a digest. Not everywhere does a direct message tell that somebody is an admin."""
    return _("In a channel there, /bank reports and /bank stats show more.")


def digest_stale(facts: int) -> str:
    """How many facts nobody has checked for long."""
    return plural(
        "{n} fact has not been checked for a year.", "{n} facts have not been checked for a year.", facts
    )
