"""Button ids: an act as a short text and back.

An id is the act's code and its fields, joined by colons; None is the empty text. It has at most 100
characters (Discord's limit; Slack allows 255). The last field may itself hold colons.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import get_type_hints

from bot.messages import acts
from bot.messages.acts import Act

LIMIT = 100
MOST = 2**63 - 1


class StaleButtonError(ValueError):
    """A button id that this version cannot read."""


def encode(act: Act) -> str:
    """The id of an act. Raises ValueError when it would exceed 100 characters."""
    values = [getattr(act, field.name) for field in fields(act)]
    while values and values[-1] in (None, ""):
        values.pop()
    text = ":".join([act.code, *("" if value is None else str(value) for value in values)])
    if len(text) > LIMIT:
        raise ValueError(f"button id of {len(text)} characters: {text[:40]}...")
    return text


def decode(text: str) -> Act:
    """The act of an id. Raises StaleButtonError for anything that `encode` did not write."""
    code, _, rest = text.partition(":")
    kind = _kinds().get(code)
    if kind is None or len(text) > LIMIT:
        raise StaleButtonError(text)
    hints = _types()[kind]
    parts = rest.split(":", len(hints) - 1) if rest else []
    try:
        values = {
            name: _value(part, hint)
            for (name, hint), part in zip(hints.items(), parts, strict=False)
            if part != ""
        }
        return kind(**values)
    except (TypeError, ValueError) as error:
        raise StaleButtonError(text) from error


def whole(text: str) -> int | None:
    """The whole number that a text spells; None for anything else, and for one that no database can hold."""
    if not (text.isascii() and text.removeprefix("-").isdigit()) or len(text) > LIMIT:
        return None
    return number if abs(number := int(text)) <= MOST else None


def _value(text: str, hint: object) -> int | str:
    if hint is str:
        return text
    number = whole(text)
    if number is None:
        raise ValueError(text)
    return number


@cache
def _kinds() -> dict[str, type[Act]]:
    kinds = [kind for kind in vars(acts).values() if isinstance(kind, type) and issubclass(kind, Act)]
    return {kind.code: kind for kind in kinds if kind is not Act}


@cache
def _types() -> dict[type[Act], dict[str, object]]:
    """The types of every act's fields, in order."""
    return {
        kind: {field.name: get_type_hints(kind)[field.name] for field in fields(kind)}
        for kind in _kinds().values()
    }
