"""What a button can do. An act carries all that is needed to do it, also after a restart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Act:
    """The base of all acts. `code` is the act's name inside a button id and never changes meaning."""

    code: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class AnswerRound(Act):
    """Answer a channel's round. `pick` is an authored position; None means the picks come as values."""

    code: ClassVar[str] = "ar"
    round: int
    pick: int | None = None
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPractice(Act):
    """Answer item `number` (from 0) of a practice session."""

    code: ClassVar[str] = "ap"
    session: int
    number: int
    pick: int | None = None
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class ShowPractice(Act):
    """Show item `number` of a practice session, or its summary behind the last item."""

    code: ClassVar[str] = "sp"
    session: int
    number: int


@dataclass(frozen=True, slots=True)
class WhyRound(Act):
    """Show, privately, the reasons of a round that has closed, and one's own verdict."""

    code: ClassVar[str] = "wr"
    round: int


@dataclass(frozen=True, slots=True)
class AnswerMock(Act):
    """Answer item `number` (from 0) of a mock exam."""

    code: ClassVar[str] = "am"
    mock: int
    number: int
    pick: int | None = None


@dataclass(frozen=True, slots=True)
class ShowMock(Act):
    """Show item `number` of a mock exam."""

    code: ClassVar[str] = "sm"
    mock: int
    number: int


@dataclass(frozen=True, slots=True)
class ChangeMock(Act):
    """Do something to a mock exam: `what` is flag, list, pause, finish, report, due or review."""

    code: ClassVar[str] = "cm"
    mock: int
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class OpenForm(Act):
    """Open a form by name; `about` is what the form is about (a schedule's or a question's id)."""

    code: ClassVar[str] = "of"
    form: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class SubmitForm(Act):
    """The id of a form that is being filled in."""

    code: ClassVar[str] = "sf"
    form: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class DecideCase(Act):
    """Decide something about a question, as `/bank reports <question> <what>` does; admins only.

    With `what` as regrade-now or regrade-anyway its answers are graded anew.
    """

    code: ClassVar[str] = "dc"
    what: str
    question: str


@dataclass(frozen=True, slots=True)
class RunCommand(Act):
    """Run a command as if the person had typed it, without the slash: `quiz dynamodb 3`."""

    code: ClassVar[str] = "rc"
    text: str


AnswerAct = AnswerRound | AnswerPractice | AnswerMock


class ButtonStyle(StrEnum):
    """How much a button asks to be pressed."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """A labelled act. Labels have at most 40 characters."""

    label: str
    act: Act
    style: ButtonStyle = ButtonStyle.PLAIN
