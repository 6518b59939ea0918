"""What comes in, as every database can keep it and every platform show it.

JSON can spell halves of characters, which no encoding can write, and the character NUL, which PostgreSQL does
not take. Each is replaced with the sign for a character that could not be read; all else stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from bot.model.people import Caller, Channel, Person

Value = TypeVar("Value", str, int, str | int)
Part = TypeVar("Part", Person, Channel)

UNREADABLE = "\ufffd"
_IMPOSSIBLE = re.compile("[\x00\ud800-\udfff]")


def text(given: str) -> str:
    """A text without what nobody could keep or show."""
    return _IMPOSSIBLE.sub(UNREADABLE, given) if _IMPOSSIBLE.search(given) else given


def texts(given: Sequence[str]) -> list[str]:
    """Several texts."""
    return [text(each) for each in given]


def values(given: Mapping[str, Value]) -> dict[str, Value]:
    """Values by name; whatever is no text stays."""
    return {text(name): text(value) if isinstance(value, str) else value for name, value in given.items()}


def caller(given: Caller) -> Caller:
    """A caller whose ids and name can be kept."""
    channel = _cleaned(given.channel) if given.channel else None
    return replace(given, person=_cleaned(given.person), channel=channel)


def _cleaned(part: Part) -> Part:
    found: dict[str, Any] = {field.name: getattr(part, field.name) for field in fields(part)}
    changed: dict[str, Any] = {name: text(value) for name, value in found.items() if isinstance(value, str)}
    return replace(part, **changed) if found != found | changed else part
