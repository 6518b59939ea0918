"""Reading JSON with a list of complaints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]


class Complaints(list[str]):
    """What Slack would not accept, each with the path to it."""

    def keys(self, thing: Json, path: str, required: Iterable[str], optional: Iterable[str] = ()) -> bool:
        """Whether an object has the required keys; missing and unknown ones are complained about."""
        needed, known = set(required), {*required, *optional}
        for missing in sorted(needed - thing.keys()):
            self.append(f"{path}: missing {missing}")
        for unknown in sorted(thing.keys() - known):
            self.append(f"{path}: unknown key {unknown}")
        return needed <= thing.keys()

    def length(self, text: object, path: str, most: int, least: int = 1) -> None:
        """Complain about a text that is none, or too short or too long."""
        if not isinstance(text, str):
            self.append(f"{path}: must be a string")
        elif not least <= len(text) <= most:
            self.append(f"{path}: {len(text)} characters, allowed are {least} to {most}")

    def count(self, things: object, path: str, most: int, least: int = 1) -> list[Any]:
        """The things, complained about when they are no list or too few or many."""
        if not isinstance(things, list):
            self.append(f"{path}: must be an array")
            return []
        if not least <= len(things) <= most:
            self.append(f"{path}: {len(things)} items, allowed are {least} to {most}")
        return things

    def once(self, names: Iterable[object], path: str) -> None:
        """Complain about names that occur twice."""
        seen: set[object] = set()
        for name in names:
            if name is None:
                continue
            if name in seen:
                self.append(f"{path}: {name!r} is there twice")
            seen.add(name)
