"""What lint has to say: findings about an exam, a topic, a fact, a question, or the whole bank."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.bank.compiling import Subject
from bot.bank.places import Keys


class Severity(StrEnum):
    """An error keeps content from landing; a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's remark. Without a subject it is about the whole bank; `keys` lead into the subject."""

    rule: str
    severity: Severity
    message: str
    subject: Subject | None = None
    keys: Keys = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A finding as printed: `path` and `line` are None where it is about the whole bank."""

    path: Path | None
    line: int | None
    rule: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}: " if self.path else ""
        return f"{where}{self.severity} {self.rule}: {self.message}"


def error(rule: str, message: str, subject: Subject | None = None, keys: Keys = ()) -> Finding:
    """A finding that keeps content from landing."""
    return Finding(rule, Severity.ERROR, message, subject, keys)


def warning(rule: str, message: str, subject: Subject | None = None, keys: Keys = ()) -> Finding:
    """A finding that asks for a look."""
    return Finding(rule, Severity.WARNING, message, subject, keys)
