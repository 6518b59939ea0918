"""A question between two programs: all that any format may say of it, in plain texts.

Every format reads to drafts and writes from drafts. What a format cannot hold is said by comparing a draft
with what that format leaves of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from bot.model.knowledge import Change

MOST_CHOICES = 100
"""Options of a question that are looked at; what has more is no question."""
MOST_DRAFTS = 20_000
"""Questions that are read from one file."""
UNREADABLE = "\ufffd"
_UNHOLDABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class Choice:
    """An option. `why` and `confuses` are empty where nothing is said."""

    text: str
    right: bool = False
    why: str = ""
    confuses: str = ""


@dataclass(frozen=True, slots=True)
class Taught:
    """A fact. `verified_on` is an ISO date or empty, `exams` pairs exams with their task statements."""

    id: str
    statement: str
    link: str = ""
    verified_on: str = ""
    changed: Change | None = None
    exams: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic. A program that knows only names leaves all else empty."""

    slug: str = ""
    name: str = ""
    summary: str = ""
    link: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A question with options. `id` and `style` are empty and `difficulty` is 0 where nothing is said.

    `where` is its place in the file that it was read from, for people. With a generator, the options are one
    drawing of many.
    """

    stem: str
    choices: tuple[Choice, ...]
    id: str = ""
    topic: Subject = Subject()
    explanation: str = ""
    style: str = ""
    difficulty: int = 0
    facts: tuple[Taught, ...] = ()
    generator: str = ""
    ranges: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    fixed: Mapping[str, str | int] = field(default_factory=dict)
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read from a file: questions, and a sentence for everything that they could not take along."""

    drafts: tuple[Draft, ...]
    lost: tuple[str, ...] = ()


class ExchangeError(ValueError):
    """A file that is not of its format, or more than is read here. The message is a sentence."""


Holds = Callable[[Draft], Draft]
"""What a format leaves of a draft."""

PARTS: Sequence[tuple[str, Callable[[Draft], Any]]] = (
    ("the reasons for their options", lambda draft: [choice.why for choice in draft.choices]),
    ("what their wrong options confuse", lambda draft: [choice.confuses for choice in draft.choices]),
    ("their explanation", lambda draft: draft.explanation),
    ("their facts with links and dates", lambda draft: draft.facts),
    ("the summary, link and aliases of their topic", lambda draft: replace(draft.topic, slug="", name="")),
    ("their style and difficulty", lambda draft: (draft.style, draft.difficulty)),
    ("the generator of their numbers: one drawing stands for all", lambda draft: draft.generator),
)  # fmt: skip


def left_out(drafts: Iterable[Draft], holds: Holds) -> list[str]:
    """A sentence for each part that a format cannot hold, with the number of questions that lose it."""
    pairs = [(draft, holds(draft)) for draft in drafts]
    counts = [(name, sum(part(whole) != part(left) for whole, left in pairs)) for name, part in PARTS]
    return [
        f"{count} {'question' if count == 1 else 'questions'}: without {name}."
        for name, count in counts
        if count
    ]


def tidy(value: Any) -> Any:
    """A value of this module with texts that every format can hold: lines end with a line feed, nothing stands
    before and behind, and characters that XML knows not are replaced."""
    if isinstance(value, str):
        return _UNHOLDABLE.sub(UNREADABLE, _LINE_ENDS.sub("\n", value)).strip()
    if isinstance(value, tuple):
        return tuple(map(tidy, value))
    if isinstance(value, Choice | Taught | Subject | Draft | Change):
        # What is not compared is for people, and stays as they are to read it.
        texts = {each.name: tidy(getattr(value, each.name)) for each in fields(value) if each.compare}
        return replace(value, **texts)
    return value


def text_of(draft: Draft) -> str:
    """How a question is named to people."""
    shown = draft.stem.splitlines()[0] if draft.stem else draft.id
    return f"“{shown if len(shown) <= 60 else shown[:59] + '…'}”"
