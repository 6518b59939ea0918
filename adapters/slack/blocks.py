"""Constructors of Block Kit blocks that cannot exceed Slack's limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from adapters.slack import words
from adapters.slack.mrkdwn import chunks, clip, cut

Json = dict[str, Any]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
SECTION_TEXT = 3_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
ACTIONS_ELEMENTS = 25
MESSAGE_TEXT = 4_000
MESSAGE_SIZE = 12_000
"""Bytes of JSON; Slack refuses blocks above some 13,200 characters with msg_blocks_too_long."""


def plain_text(text: str, limit: int) -> Json:
    """A plain text object; colons stay colons."""
    return {"type": "plain_text", "text": cut(text, limit) or " ", "emoji": False}


def mrkdwn_text(text: str) -> Json:
    """A mrkdwn object in which only explicit markup counts: no links, channels or people are guessed."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def header(text: str) -> list[Json]:
    """A heading, or nothing for an empty text."""
    return [{"type": "header", "text": plain_text(text, HEADER_TEXT)}] if text.strip() else []


def sections(text: str) -> list[Json]:
    """As many sections as the text needs; none for an empty one."""
    return [
        {"type": "section", "text": mrkdwn_text(part)} for part in chunks(text, SECTION_TEXT) if part.strip()
    ]


def context(lines: Iterable[str]) -> list[Json]:
    """Small print. More lines than a context block holds are joined in its last element."""
    texts = [line for line in lines if line.strip()]
    if len(texts) > CONTEXT_ELEMENTS:
        kept = CONTEXT_ELEMENTS - 1
        texts = [*texts[:kept], " · ".join(texts[kept:])]
    elements = [mrkdwn_text(clip(text, SECTION_TEXT)) for text in texts]
    return [{"type": "context", "elements": elements}] if elements else []


def actions(elements: Sequence[Json]) -> list[Json]:
    """Rows of controls."""
    rows = [elements[at : at + ACTIONS_ELEMENTS] for at in range(0, len(elements), ACTIONS_ELEMENTS)]
    return [{"type": "actions", "elements": list(row)} for row in rows]


def fit(blocks: Sequence[Json], most: int = MESSAGE_BLOCKS, size: int = MESSAGE_SIZE) -> list[Json]:
    """The blocks, with texts taken out from the end until Slack accepts them. Controls always stay."""
    kept = list(blocks)
    if _fits(kept, most, size):
        return kept
    note = context([words.shortened()])
    while len(kept) > 1 and not _fits([*kept, *note], most, size):
        kept.pop(_last_text(kept))
    return _with_note(kept, note)


def _fits(blocks: Sequence[Json], most: int, size: int) -> bool:
    return len(blocks) <= most and len(msgspec.json.encode(blocks)) <= size


def _last_text(blocks: Sequence[Json]) -> int:
    texts = [at for at, block in enumerate(blocks) if block["type"] != "actions"]
    return texts[-1] if len(texts) > 1 else len(blocks) - 1


def _with_note(blocks: list[Json], note: list[Json]) -> list[Json]:
    at = next((at for at, block in enumerate(blocks) if block["type"] == "actions"), len(blocks))
    return [*blocks[:at], *note, *blocks[at:]]
