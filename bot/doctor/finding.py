"""What an examination finds: one line each, with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How bad it is. A failure keeps the tutor, or one of its platforms, from working."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in an area. The sentence names no secret; when it is not ok it says what to do."""

    area: str
    verdict: Verdict
    sentence: str


def ok(area: str, sentence: str) -> Finding:
    """Something that is as it should be."""
    return Finding(area, Verdict.OK, sentence)


def warning(area: str, sentence: str) -> Finding:
    """Something that works and deserves a look."""
    return Finding(area, Verdict.WARNING, sentence)


def failure(area: str, sentence: str) -> Finding:
    """Something that does not work."""
    return Finding(area, Verdict.FAILURE, sentence)
