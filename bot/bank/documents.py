"""The authored format: what may stand in a YAML file of content.

These types are the one definition. Reading converts to them, and the JSON Schemas in
content/schema that editors use are written from them (see schemas.py).
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

MAX_STEM = 700
MAX_OPTION = 200
MAX_WHY = 240
MAX_EXPLANATION = 900
MAX_STATEMENT = 600
MAX_QUESTION = 3_400

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"

Slug = Annotated[str, Meta(pattern=rf"^{_SLUG}$", max_length=40)]
Id = Annotated[
    str,
    Meta(
        pattern=rf"^{_SLUG}\.{_SLUG}$", max_length=64, description="<topic>.<kebab-slug>, unique in the bank"
    ),
]
Reference = Annotated[
    str, Meta(pattern=rf"^{_SLUG}(?:\.{_SLUG})?$", max_length=64, description="a fact's id or a topic's slug")
]
TaskId = Annotated[str, Meta(pattern=r"^\d{1,2}\.\d{1,2}$", description="a task statement, in quotes")]
Link = Annotated[
    str, Meta(pattern=r"^(?:https://\S+)?$", max_length=300, description="where it can be read, or nothing")
]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="YYYY-MM-DD")]
Line = Annotated[str, Meta(min_length=1, max_length=200)]
Difficulty = Annotated[
    int, Meta(ge=1, le=3, description="1 recall, 2 applies or compares, 3 weighs several under a constraint")
]
Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Range = tuple[int, int]


class ChangeDoc(Struct, frozen=True, forbid_unknown_fields=True):
    """How the world moved: what was true until `when`, and what is true now."""

    when: Annotated[str, Meta(pattern=r"^\d{4}(?:-\d{2}){0,2}$", description="YYYY, YYYY-MM or YYYY-MM-DD")]
    was: Annotated[str, Meta(min_length=1, max_length=400)]
    now: Annotated[str, Meta(min_length=1, max_length=400)]


class FactDoc(Struct, frozen=True, forbid_unknown_fields=True):
    """One teachable truth, in one to three crisp sentences."""

    id: Id
    statement: Annotated[str, Meta(min_length=1, max_length=MAX_STATEMENT)]
    verified_on: Day
    exams: Annotated[
        dict[Slug, TaskId], Meta(description="exam slug -> the task statement that fits best; none is fine")
    ] = {}
    link: Link = ""
    changed: ChangeDoc | None = None


class FactsFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The facts of one topic, or a part of them."""

    facts: list[FactDoc]


class OptionDoc(Struct, frozen=True, forbid_unknown_fields=True):
    """One choice with its reason; a wrong one names what a person who picks it has in mind."""

    text: Annotated[str, Meta(min_length=1, max_length=MAX_OPTION)]
    why: Annotated[str, Meta(min_length=1, max_length=MAX_WHY)]
    right: bool = False
    confuses: Reference | None = None


class _QuestionDoc(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", kw_only=True):
    id: Id
    facts: Annotated[list[Id], Meta(min_length=1, max_length=3, description="the facts that it truly tests")]
    style: Literal["scenario", "direct"]
    difficulty: Difficulty
    stem: Annotated[str, Meta(min_length=1, max_length=MAX_STEM)]
    explanation: Annotated[str, Meta(min_length=1, max_length=MAX_EXPLANATION)]


class SingleDoc(_QuestionDoc, frozen=True, tag="single", kw_only=True):
    """Two to five options, one of them right; the exams of the main bank have four."""

    options: Annotated[list[OptionDoc], Meta(min_length=2, max_length=5)]


class MultipleDoc(_QuestionDoc, frozen=True, tag="multiple", kw_only=True):
    """Three to six options, two or three of them right; the stem says how many. The exams have five or six."""

    options: Annotated[list[OptionDoc], Meta(min_length=3, max_length=6)]


class NumericDoc(_QuestionDoc, frozen=True, tag="numeric", kw_only=True):
    """Fresh numbers each time, drawn by a generator; the stem holds their names in braces."""

    generator: Slug
    ranges: Annotated[dict[Name, Range], Meta(description="parameter -> inclusive bounds")] = {}
    fixed: Annotated[dict[Name, str | int], Meta(description="parameters that stay as they are")] = {}


QuestionDoc = SingleDoc | MultipleDoc | NumericDoc


class QuestionsFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The questions of one topic, or a part of them."""

    questions: list[QuestionDoc]


class TopicDoc(Struct, frozen=True, forbid_unknown_fields=True):
    """A subject that people ask for by name."""

    slug: Slug
    name: Line
    summary: Line
    link: Link = ""
    aliases: Annotated[list[Line], Meta(description="what people type instead of the name")] = []


class TopicsFile(Struct, frozen=True, forbid_unknown_fields=True):
    """All topics of a content root."""

    topics: list[TopicDoc]


class PackFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole pack in one file: its topics, their facts and questions."""

    topics: list[TopicDoc]
    facts: list[FactDoc]
    questions: list[QuestionDoc]


class TaskDoc(Struct, frozen=True, forbid_unknown_fields=True):
    """A task statement of an exam guide."""

    id: TaskId
    title: Line


class DomainDoc(Struct, frozen=True, forbid_unknown_fields=True):
    """A weighted domain; the tasks' ids begin with its number."""

    number: Annotated[int, Meta(ge=1, le=20)]
    slug: Slug
    name: Line
    weight: Annotated[float, Meta(gt=0, le=1, description="share of the scored items; all sum to 1")]
    tasks: Annotated[list[TaskDoc], Meta(min_length=1)]


class ExamDoc(Struct, frozen=True, forbid_unknown_fields=True):
    """An exam's blueprint."""

    slug: Slug
    code: Line
    name: Line
    items_total: Annotated[int, Meta(ge=1)]
    items_scored: Annotated[int, Meta(ge=1)]
    minutes: Annotated[int, Meta(ge=1)]
    scale: Range
    pass_scaled: int
    domains: Annotated[list[DomainDoc], Meta(min_length=1)]
