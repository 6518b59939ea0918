"""The parts that several messages share: buttons, pictures, reasons, sources."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from adapters.web.entries import Attachment
from bot.messages import Button, File, OptionReason, Picture, Source, encode

PNG = "image/png"


def buttons(given: Iterable[Button]) -> list[dict[str, Any]]:
    """Buttons with their labels, ids and styles."""
    return [
        {"label": button.label, "id": encode(button.act), "style": button.style.value} for button in given
    ]


def picture(given: Picture) -> tuple[dict[str, Any], Attachment]:
    """A picture as the page shows it, and its file."""
    file = _attach(given.name, given.data, PNG)
    return {"file": file.id, "name": file.name, "alt": given.alt}, file


def file(given: File) -> tuple[dict[str, Any], Attachment]:
    """A download as the page offers it, and its file."""
    kept = _attach(given.name, given.data, given.media_type)
    return {"file": kept.id, "name": kept.name, "size": len(kept.data)}, kept


def reasons(given: Iterable[OptionReason]) -> list[dict[str, Any]]:
    """Options with their truth, their reasons and their shares."""
    return [
        {
            "letter": reason.letter,
            "text": reason.text,
            "right": reason.right,
            "why": reason.why,
            "picked": reason.picked,
            "share": reason.share,
            "count": reason.count,
        }
        for reason in given
    ]


def sources(given: Iterable[Source]) -> list[dict[str, Any]]:
    """Where the taught facts come from, each place once."""
    return [
        {
            "title": source.title,
            "url": source.url,
            "verified_on": source.verified_on.isoformat(),
            "changed": source.changed,
        }
        for source in dict.fromkeys(given)
    ]


def _attach(name: str, data: bytes, media_type: str) -> Attachment:
    return Attachment(hashlib.sha256(data).hexdigest()[:32], name, media_type, data)
