"""What keeps content from loading, told all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that keeps content from loading. `line` counts from 1."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class ContentError(Exception):
    """Content that cannot be loaded. `faults` holds all that is wrong, in file order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__(self._message())

    def _message(self) -> str:
        count = len(self.faults)
        head = f"{count} fault{'' if count == 1 else 's'} in the content"
        return "\n".join([head, *map(str, self.faults)])
