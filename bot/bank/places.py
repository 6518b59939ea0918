"""Where authored things stand: a file and the keys that lead to a value in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.bank.errors import Fault
from bot.bank.yaml_safe import YamlError, read_text
from bot.bank.yaml_safe import lines_of as yaml_lines

Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A value in a YAML file. Its line is looked up only when somebody has to be told."""

    path: Path
    keys: Keys = ()

    def under(self, *keys: str | int) -> Place:
        """A value inside this one."""
        return Place(self.path, (*self.keys, *keys))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place, before its line is known. `line` is set where YAML itself failed."""

    place: Place
    message: str
    line: int | None = None


def lines_of(places: Iterable[Place]) -> Mapping[Place, int]:
    """The line of each place, counted from 1; each file is read once. Unreadable files give 1."""
    by_path: dict[Path, set[Place]] = defaultdict(set)
    for place in places:
        by_path[place.path].add(place)
    found: dict[Place, int] = {}
    for path, here in by_path.items():
        found |= _lines_in(path, here)
    return found


def _lines_in(path: Path, places: Iterable[Place]) -> dict[Place, int]:
    try:
        listed = list(places)
        found = yaml_lines(read_text(path), [place.keys for place in listed])
        return dict(zip(listed, found, strict=True))
    except YamlError as error:
        return dict.fromkeys(places, error.line)


def faults_of(problems: Iterable[Problem]) -> tuple[Fault, ...]:
    """Problems with their lines looked up, in file order."""
    problems = tuple(problems)
    lines = lines_of(problem.place for problem in problems if problem.line is None)
    faults = {
        Fault(problem.place.path, problem.line or lines[problem.place], problem.message)
        for problem in problems
    }
    return tuple(sorted(faults))
