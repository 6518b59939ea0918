"""Words for a corrected key: what a regrade would do, has done, and whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence

from bot.wording.general import count
from bot.wording.speech import _, plural


def regrade_title(question: str) -> str:
    """Above what a regrade would do."""
    return _("Regrade {question}").format(question=question)


def regrade_scope(everywhere: bool) -> str:
    """Whose answers are meant."""
    return (
        _("Answers of all communities are looked at.")
        if everywhere
        else _("Answers given here are looked at.")
    )


def regrade_plan(answers: int, people: int, righted: int, wronged: int, credited: int) -> str:
    """What a regrade would do."""
    return _(
        "{answers} by {people} were given to older versions. With the present key {righted} would become right "
        "and {wronged} wrong; points would change for {credited}, each of whom I would tell."
    ).format(
        answers=count(answers, "answer", "answers"),
        people=count(people, "person", "people"),
        righted=righted,
        wronged=wronged,
        credited=count(credited, "person", "people"),
    )


def regrade_nothing(answers: int) -> str:
    """When all is graded as it should be."""
    if not answers:
        return _("Nobody has answered an older version of this question: there is nothing to regrade.")
    return plural(
        "{n} answer was given to older versions, and the present key grades it as it was graded.",
        "{n} answers were given to older versions, and the present key grades all of them as they were graded.",
        answers,
    )


def regrade_keys(old: str, new: str) -> str:
    """The keys of then and now."""
    return _("Key then: {old}. Key now: {new}.").format(old=old, new=new)


def regrade_doubt(reworded: Sequence[tuple[str, str, str]], unknown: int) -> list[str]:
    """What a person has to judge: letter, old and new text of each changed option, and versions not kept."""
    lines = [
        _("{letter}: “{old}” then, “{new}” now").format(letter=letter, old=old, new=new)
        for letter, old, new in reworded
    ]
    if unknown:
        lines.append(
            plural(
                "I have kept no record of {n} older version, so I cannot tell whether its options were the same.",
                "I have kept no record of {n} older versions, so I cannot tell whether their options were the same.",
                unknown,
            )
        )
    return lines


def regrade_ask() -> str:
    """Above what is in doubt."""
    return _("Do the options mean the same as then?")


def regrade_button(doubt: bool) -> str:
    """The label that does it."""
    return _("They mean the same: regrade") if doubt else _("Regrade")


def regrade_doubted() -> str:
    """On regrading at once what is in doubt."""
    return _("The options are not word for word what they were, so look at them first.")


def regrade_apart() -> str:
    """When old picks say nothing about the present key."""
    return _(
        "The options of this question are in other places or of another number than when it was answered, so the "
        "old answers cannot be regraded. Put them back into their places, or give the new question a new id."
    )


def regrade_numeric() -> str:
    """On a question whose numbers are drawn."""
    return _("This question draws new numbers for everybody, so its old answers cannot be regraded.")


def regrade_picks(then: int, now: int) -> str:
    """When another number of options has to be chosen."""
    return _(
        "This question asked for {then} when it was answered and asks for {now} now, so the old answers cannot "
        "be regraded. Give the new question a new id."
    ).format(then=count(then, "option", "options"), now=count(now, "option", "options"))


def regrade_done(changed: int, righted: int, wronged: int, credited: int, points: int) -> str:
    """After a regrade."""
    return _(
        "Regraded: {changed} changed, {righted} right now and {wronged} wrong; points changed for {credited} "
        "({points:+d} in all)."
    ).format(
        changed=count(changed, "answer", "answers"),
        righted=righted,
        wronged=wronged,
        credited=count(credited, "person", "people"),
        points=points,
    )


def regrade_beliefs(anew: bool) -> str:
    """What became of memory and ability."""
    if anew:
        return _("Memory, ability and difficulties are computed anew.")
    return _(
        "Not all old answers are at hand, so what I believe of people's memory and ability stays as it is; "
        "the question's difficulty is estimated anew."
    )


def regrade_under_way(answers: int) -> str:
    """When it takes longer than people wait."""
    return _(
        "I am entering up to {answers} anew and write to you when it is done. If you have not heard from me in an "
        "hour, the program was stopped meanwhile and nothing was changed: ask again."
    ).format(answers=count(answers, "answer", "answers"))


def regrade_failed(question: str) -> str:
    """When it broke."""
    return _("Regrading {question} did not work and nothing was changed. Please try again later.").format(
        question=question
    )


def regrade_told(stem: str, points: int) -> str:
    """To somebody whose points changed."""
    if points > 0:
        text = plural(
            "The key of a question that you answered has been corrected: “{stem}”. You get {n} point more.",
            "The key of a question that you answered has been corrected: “{stem}”. You get {n} points more.",
            points,
            stem=stem,
        )
    else:
        text = plural(
            "The key of a question that you answered has been corrected: “{stem}”. That takes {n} point back.",
            "The key of a question that you answered has been corrected: “{stem}”. That takes {n} points back.",
            -points,
            stem=stem,
        )
    return text


def regrade_hint(questions: Sequence[str]) -> str:
    """Questions whose key has changed and whose answers were not regraded."""
    named = ", ".join(questions[:5])
    return plural(
        "The key of {n} question has changed and its answers were not regraded: {questions}.",
        "The keys of {n} questions have changed and their answers were not regraded: {questions}.",
        len(questions),
        questions=named,
    )
