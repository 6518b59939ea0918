"""Content roots read into documents, each with its place; what does not fit is set aside and told."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from bot.bank import documents
from bot.bank.places import Place, Problem
from bot.bank.schemas import departures
from bot.bank.yaml_safe import YamlError, parse, read_text

T = TypeVar("T")

SHOWN, LONGEST = 80, 600
"""Characters of a name, and of a whole fault, that are told."""
DETAILED = 2_000
"""Problems of which each departure is told."""
PACK = "pack.yaml"
"""The file that may hold a whole pack."""


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """One authored thing and where it stands."""

    place: Place
    value: T

    @property
    def folder(self) -> str:
        """The folder that holds it, which is the topic of facts and questions; in a pack's one file the ids tell."""
        if self.place.path.name == PACK:
            return str(getattr(self.value, "id", "")).partition(".")[0]
        return self.place.path.parent.name


@dataclass(slots=True)
class Reading:
    """All that was read. `broken` holds ids and slugs of entries, other than questions, set aside."""

    exams: list[Entry[documents.ExamDoc]] = field(default_factory=list)
    topics: list[Entry[documents.TopicDoc]] = field(default_factory=list)
    facts: list[Entry[documents.FactDoc]] = field(default_factory=list)
    questions: list[Entry[documents.QuestionDoc]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)


def files_of(root: Path) -> Iterator[tuple[str, Path]]:
    """The content files of a root with their kind: exam, topics, pack, facts or questions; sorted by path."""
    for path in sorted(root.glob("exams/*.yaml")):
        yield "exam", path
    if (root / "topics.yaml").is_file():
        yield "topics", root / "topics.yaml"
    if (root / PACK).is_file():
        yield "pack", root / PACK
    for path in sorted(root.glob("*/*.yaml")):
        kind = path.name.partition(".")[0].partition("-")[0]
        if path.parent.name not in ("exams", "schema"):
            yield (kind if kind in ("facts", "questions") else "unknown"), path


def read(roots: Iterable[Path]) -> Reading:
    """Reads content roots in their order. Never raises for what is in them: see `problems`."""
    reading = Reading()
    for root in roots:
        # Not `root.is_dir()`, which raises for a name that is too long.
        if not os.path.isdir(root):
            reading.problems.append(Problem(Place(root), "no such content folder", line=1))
            continue
        for kind, path in files_of(root):
            _read_file(reading, kind, path)
    return reading


def _read_file(reading: Reading, kind: str, path: Path) -> None:
    place = Place(path)
    try:
        data = parse(read_text(path))
    except YamlError as error:
        reading.problems.append(Problem(place, str(error), line=error.line))
        return
    match kind:
        case "exam":
            reading.exams += _convert(reading, "exam", documents.ExamDoc, [(place, data)])
        case "pack":
            _read_pack(reading, place, data)
        case "topics":
            items = _items(reading, place, data, kind)
            reading.topics += _convert(reading, "topic", documents.TopicDoc, items)
        case "facts":
            items = _items(reading, place, data, kind)
            reading.facts += _convert(reading, "fact", documents.FactDoc, items)
        case "questions":
            items = _items(reading, place, data, kind)
            reading.questions += _convert(reading, "question", documents.QuestionDoc, items)
        case _:
            message = "a topic folder holds facts*.yaml and questions*.yaml only"
            reading.problems.append(Problem(place, message, line=1))


def _read_pack(reading: Reading, place: Place, data: Any) -> None:
    if not isinstance(data, dict) or set(data) != {"topics", "facts", "questions"}:
        message = "a pack in one file holds three lists named 'topics', 'facts' and 'questions'"
        reading.problems.append(Problem(place, message, line=1))
        return
    lists = {key: _items(reading, place, {key: data[key]}, key) for key in data}
    reading.topics += _convert(reading, "topic", documents.TopicDoc, lists["topics"])
    reading.facts += _convert(reading, "fact", documents.FactDoc, lists["facts"])
    reading.questions += _convert(reading, "question", documents.QuestionDoc, lists["questions"])


def _items(reading: Reading, place: Place, data: Any, key: str) -> list[tuple[Place, Any]]:
    if not isinstance(data, dict) or list(data) != [key] or not isinstance(data[key], list):
        reading.problems.append(Problem(place, f"the file must hold one list named {key!r}", line=1))
        return []
    return [(place.under(key, index), item) for index, item in enumerate(data[key])]


def _convert(reading: Reading, noun: str, type_: Any, items: list[tuple[Place, Any]]) -> list[Entry[Any]]:
    entries = []
    for place, item in items:
        try:
            entries.append(Entry(place, msgspec.convert(item, type_)))
        except msgspec.ValidationError as error:
            _set_aside(reading, noun, place, item, error)
    return entries


def _set_aside(reading: Reading, noun: str, place: Place, item: Any, error: Exception) -> None:
    name = item.get("id") or item.get("slug") if isinstance(item, dict) else None
    if isinstance(name, str) and noun != "question":
        reading.broken.add(name)
    # The library's own words are quicker, where thousands of entries are wrong.
    closely = len(reading.problems) < DETAILED
    found = (list(departures(noun, item)) if closely else []) or [((), str(error))]
    for keys, message in found:
        told = f"{name[:SHOWN]}: {message}" if isinstance(name, str) else message
        # Keys and values of any length may stand in it.
        reading.problems.append(Problem(place.under(*keys), told[:LONGEST]))
