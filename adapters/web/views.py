"""The journal's things as JSON objects for the page. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from adapters.web.entries import TUTOR, Entry, Place, Seat
from bot.commands.command import Command, Who
from bot.wording.speech import _

SAY = "say:"


def message(entry: Entry) -> dict[str, Any]:
    """A message in its envelope. `key` is the sender's own mark, by which their page knows it again."""
    return {
        "id": entry.id,
        "position": entry.position,
        "change": entry.change,
        "place": entry.place,
        "author": entry.author,
        "at": entry.at,
        "edited_at": entry.edited_at,
        "private": entry.audience is not None,
        "thread": entry.thread,
        "anchor": entry.anchor,
        "prompt": entry.prompt,
        "asker": entry.asker,
        "replies": entry.replies,
        "key": _key(entry),
        "body": entry.body,
    }


def place(given: Place, unread: int = 0) -> dict[str, Any]:
    """A channel or one's own direct messages with the tutor."""
    return {
        "id": given.id,
        "name": "Cloudlark" if given.owner else given.id,
        "direct": given.owner is not None,
        "unread": unread,
    }


def person(seat: Seat) -> dict[str, Any]:
    """A person as others see them."""
    return {"id": seat.id, "name": seat.name, "admin": seat.admin}


def commands(given: Iterable[Command]) -> list[dict[str, Any]]:
    """The commands as the page completes them, described in the language that is spoken."""
    return [
        {
            "name": command.name,
            "summary": _(command.summary),
            "usage": command.usage,
            "example": command.example,
            "admin": command.who is Who.ADMIN,
            "parameters": [
                {
                    "name": parameter.name,
                    "summary": _(parameter.summary),
                    "kind": parameter.kind.value,
                    "required": parameter.required,
                    "choices": list(parameter.choices),
                    "minimum": parameter.minimum,
                    "maximum": parameter.maximum,
                    "rest": parameter.rest,
                }
                for parameter in command.parameters
            ],
        }
        for command in given
    ]


def nonce_of(seat: Seat, key: str) -> str:
    """The nonce of what a person typed, from the mark that their page gave it."""
    return f"{SAY}{seat.id}:{key}"


def _key(entry: Entry) -> str:
    if entry.author == TUTOR or not entry.nonce or not entry.nonce.startswith(SAY):
        return ""
    return entry.nonce.rsplit(":", 1)[1]
