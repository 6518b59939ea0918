"""How questions and cases are named, and the buttons that lead to them."""

from __future__ import annotations

from bot import wording
from bot.bank.namespaces import is_private, local
from bot.messages import Button, ButtonStyle
from bot.messages.acts import DecideCase, RunCommand
from bot.tutor.tutor import Tutor

STEM = 80
LABEL = 40


def named(tutor: Tutor, text: str) -> str:
    """The id of the question that a text names: whole, or as the authors of a team's own pack know it."""
    if text in tutor.bank.questions:
        return text
    found = [each for each in tutor.bank.questions if is_private(each) and local(each) == text]
    return found[0] if len(found) == 1 else text


def stem_of(tutor: Tutor, question_id: str) -> str:
    """The beginning of a question's text, or its id when it has left the bank."""
    question = tutor.bank.questions.get(question_id)
    return shortened(question.stem if question else question_id, STEM)


def decision_button(what: str, question_id: str) -> Button:
    """The button that decides something about a question."""
    style = {"fixed": ButtonStyle.PRIMARY, "quarantine": ButtonStyle.DANGER}.get(what, ButtonStyle.PLAIN)
    return Button(wording.case_button(what), DecideCase(what, question_id), style)


def case_opener(question_id: str) -> Button:
    """The button that opens a case, bearing its question's name."""
    return Button(shortened(local(question_id), LABEL), RunCommand(f"bank reports {question_id}"))


def regrader(question_id: str) -> Button:
    """The button that shows what a regrade would change, bearing the question's name."""
    label = shortened(wording.regrade_title(local(question_id)), LABEL)
    return Button(label, RunCommand(f"bank regrade {question_id}"))


def all_cases() -> Button:
    """The button that shows the queue."""
    return Button(wording.case_button("all"), RunCommand("bank reports"))


def shortened(text: str, length: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= length else f"{text[: length - 1]}…"
