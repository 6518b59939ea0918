"""The cards of a question's life: asked, answered, revealed, explained."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.messages.acts import AnswerAct, Button
from bot.messages.sheets import Picture


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option as it is shown. `position` is its authored place, which answers refer to."""

    letter: str
    position: int
    text: str


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question that can be answered.

    `picks` is how many options to pick: with 1 each option has a button, with more the options are a
    multi-select of exactly that many. `answer` is the act of answering, without its pick. `answered`
    counts answers without hinting at the key; `closes_at` is aware UTC or None when untimed. `selected`
    holds the positions that this person has already picked and may change (mock exams only). With
    `open` false no answer controls are shown.
    """

    heading: str
    stem: str
    options: tuple[OptionView, ...]
    picks: int
    answer: AnswerAct
    open: bool = True
    closes_at: dt.datetime | None = None
    answered: int | None = None
    progress: tuple[int, int] | None = None
    selected: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    picture: Picture | None = None

    def option_buttons(self) -> tuple[Button, ...]:
        """One button for each option, bearing its letter; for questions with a single pick."""
        return tuple(
            Button(option.letter, replace(self.answer, pick=option.position)) for option in self.options
        )


class Verdict(StrEnum):
    """What came of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSCORED = "unscored"


@dataclass(frozen=True, slots=True)
class OptionReason:
    """An option with its truth and its reason. `share` is the part of all answers that picked it, 0 to 1."""

    letter: str
    text: str
    right: bool
    why: str
    picked: bool = False
    share: float | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a taught fact comes from, when it was verified, and what changed, in a sentence or empty."""

    title: str
    url: str
    verified_on: dt.date
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """The private verdict on an answer, with the reasons for every option.

    `headline` states the verdict in words, `notes` are short lines on points and streak.
    """

    verdict: Verdict
    headline: str
    stem: str
    reasons: tuple[OptionReason, ...]
    explanation: str
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Reveal:
    """A closed round: the question with its key and the distribution of the answers.

    `reasons` carry share and count. It is edited into the original post.
    """

    heading: str
    stem: str
    reasons: tuple[OptionReason, ...]
    answered: int
    right: int
    notes: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons for and against every option of a closed round. It is posted in the thread."""

    heading: str
    reasons: tuple[OptionReason, ...]
    explanation: str
    sources: tuple[Source, ...] = ()
    buttons: tuple[Button, ...] = ()
