"""What there is to know: exams, topics, facts, and the questions that ask for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMERIC = "numeric"


class Style(StrEnum):
    """Whether a stem tells a situation or asks directly."""

    SCENARIO = "scenario"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Task:
    """A task statement of an exam guide; its domain is the number before the dot of `id`."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Domain:
    """A weighted domain of an exam. `weight` is a share of the scored items, 0 to 1."""

    number: int
    slug: str
    name: str
    weight: float
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam's blueprint. `slug` is the short name people type (`dva`), `code` the official one."""

    slug: str
    code: str
    name: str
    items_total: int
    items_scored: int
    minutes: int
    scale: tuple[int, int]
    pass_scaled: int
    domains: tuple[Domain, ...]

    def domain_of(self, task_id: str) -> Domain:
        """The domain that holds a task statement. Raises KeyError for a task of another exam."""
        for domain in self.domains:
            if any(task.id == task_id for task in domain.tasks):
                return domain
        raise KeyError(task_id)


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that people ask for by name. `aliases` are what they type instead."""

    slug: str
    name: str
    aliases: tuple[str, ...]
    summary: str
    link: str


@dataclass(frozen=True, slots=True)
class Change:
    """How the world moved: what was true until `when`, and what is true now."""

    when: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One teachable truth. `exams` maps an exam's slug to the task statement the fact serves."""

    id: str
    topic: str
    statement: str
    exams: Mapping[str, str]
    link: str
    verified_on: dt.date
    changed: Change | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. `position` is its place as authored, the identity that attempts remember.

    `confuses` names the fact or topic that a person who picks it has in mind.
    """

    position: int
    text: str
    right: bool
    why: str
    confuses: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as authored.

    A numeric question has no options of its own: it names a `generator` with `ranges` (inclusive)
    and `fixed` parameters, and its stem holds their names in braces.
    """

    id: str
    topic: str
    facts: tuple[str, ...]
    kind: Kind
    style: Style
    difficulty: int
    stem: str
    explanation: str
    options: tuple[Option, ...] = ()
    generator: str | None = None
    ranges: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    fixed: Mapping[str, str | int] = field(default_factory=dict)
    version: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question as shown: numbers drawn and options in their order, both decided by `seed`.

    `options` stand in the order of the letters A, B, C ...; each keeps its authored position.
    The same question, version and seed give the same item in every process.
    """

    question: Question
    seed: int
    stem: str
    options: tuple[Option, ...]
    explanation: str

    @property
    def key(self) -> frozenset[int]:
        """The authored positions of the right options."""
        return frozenset(option.position for option in self.options if option.right)

    @property
    def picks_wanted(self) -> int:
        """How many options a person has to pick."""
        return len(self.key)
