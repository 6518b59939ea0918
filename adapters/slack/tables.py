"""Tables and bars in letters, for a platform that has neither in its messages."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from adapters.slack.blocks import SECTION_TEXT
from adapters.slack.mrkdwn import bold, escape, plain
from adapters.slack.words import percent
from bot.messages import Meter, Table

BAR = 10
WIDTH = 64
"""Columns that a desktop client shows without wrapping; wider tables become lists."""
CELL = 40


def bar(share: float, width: int = BAR) -> str:
    """A share from 0 to 1 as a row of full and empty cells."""
    full = round(min(max(share, 0.0), 1.0) * width)
    return "█" * full + "░" * (width - full)


def meter(meter: Meter) -> str:
    """A bar with its name and its word, in mrkdwn."""
    word = plain(meter.text) if meter.text else percent(meter.value)
    return f"`{bar(meter.value)}` {bold(plain(meter.label))} {word}".rstrip()


def table(table: Table) -> list[str]:
    """The table in mrkdwn, in as many parts as sections need; each part repeats the heads."""
    if not table.rows:
        return []
    cells = [tuple(map(_cell, row)) for row in table.rows]
    heads = tuple(map(_cell, table.columns))
    widths = [max(map(_width, column)) for column in zip(heads, *cells, strict=True)]
    if sum(widths) + 2 * (len(widths) - 1) > WIDTH:
        return _parts([_listed(heads, row) for row in cells], "", "")
    lines = [_aligned(row, widths) for row in cells]
    return _parts(lines, f"```{_aligned(heads, widths)}\n", "```")


def _cell(text: str) -> str:
    flat = " ".join(text.replace("`", "'").split())
    return flat if len(flat) <= CELL else flat[: CELL - 1] + "…"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = [(cell, width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
    cells = [first[0] + " " * first[1], *(" " * pad + cell for cell, pad in others)]
    return escape("  ".join(cells).rstrip())


def _listed(heads: Sequence[str], row: Sequence[str]) -> str:
    pairs = [f"{plain(head)} {plain(cell)}" for head, cell in zip(heads[1:], row[1:], strict=True) if cell]
    return f"• {bold(plain(row[0]))}  {' · '.join(pairs)}".rstrip()


def _parts(lines: Sequence[str], opening: str, closing: str) -> list[str]:
    room = SECTION_TEXT - len(opening) - len(closing)
    parts: list[str] = []
    body = ""
    for line in lines:
        if body and len(body) + 1 + len(line) > room:
            parts.append(f"{opening}{body}{closing}")
            body = ""
        body = f"{body}\n{line}" if body else line
    return [*parts, f"{opening}{body}{closing}"]
