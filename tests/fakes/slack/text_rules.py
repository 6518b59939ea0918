"""Slack's rules for text objects and their markup."""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.slack.checks import Complaints, Json

ENTITY = re.compile(r"&(?!amp;|lt;|gt;)")
MARKUP = re.compile(r"<([^<>]*)>")
ALLOWED = re.compile(r"^(https?://[^|\s]+(\|[^|]+)?|!date\^\d+\^[^|]+\|.+)$", re.DOTALL)


def check_text(say: Complaints, text: Any, path: str, most: int, *, plain: bool | None = None) -> None:
    """A text object of at most `most` characters; `plain` demands or forbids plain_text."""
    if not isinstance(text, dict):
        say.append(f"{path}: must be a text object")
        return
    kind = text.get("type")
    if kind not in ("plain_text", "mrkdwn"):
        say.append(f"{path}.type: {kind!r}")
        return
    say.keys(text, path, ["type", "text"], ["emoji"] if kind == "plain_text" else ["verbatim"])
    if plain is True and kind != "plain_text":
        say.append(f"{path}: must be plain_text")
    say.length(text.get("text"), f"{path}.text", most)
    if kind == "mrkdwn" and isinstance(text.get("text"), str):
        say.extend(f"{path}: {fault}" for fault in markup_faults(text["text"]))


def markup_faults(text: str) -> list[str]:
    """What is not escaped, and pings, which the tutor never sends."""
    faults = [f"bare & near {text[found.start() : found.start() + 12]!r}" for found in ENTITY.finditer(text)]
    for found in MARKUP.finditer(text):
        if not ALLOWED.match(found.group(1)):
            faults.append(f"markup {found.group(0)[:40]!r}")
    rest = MARKUP.sub("", text)
    stray = [line for line in rest.splitlines() if "<" in line or ">" in line.removeprefix("> ")]
    return [*faults, *(f"bare angle bracket in {line[:40]!r}" for line in stray)]


def spoken(block: Json) -> list[str]:
    """All texts of a block, for tests that look for words."""
    found: list[str] = []
    for key, value in block.items():
        if key == "text" and isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            found += spoken(value)
        elif isinstance(value, list):
            found += [text for item in value if isinstance(item, dict) for text in spoken(item)]
    return found
