"""Boards, sheets and notices as JSON objects."""

from __future__ import annotations

from typing import Any

from adapters.web import render_parts as parts
from adapters.web.entries import Rendered
from bot.messages import BoardRow, Leaderboard, Notice, Section, Sheet


def leaderboard(board: Leaderboard) -> Rendered:
    """A board. `compare` says whether movement since the last period is shown."""
    pictures = [parts.picture(picture) for picture in board.pictures]
    body: dict[str, Any] = {
        "kind": "board",
        "title": board.title,
        "period": board.period,
        "rows": [_row(row) for row in board.rows],
        "own": _row(board.own) if board.own else None,
        "learners": board.learners,
        "compare": board.compare,
        "notes": list(board.notes),
        "buttons": parts.buttons(board.buttons),
        "pictures": [shown for shown, _ in pictures],
    }
    return Rendered(body, tuple(file for _, file in pictures))


def sheet(page: Sheet) -> Rendered:
    """A page to read."""
    pictures = [parts.picture(picture) for picture in page.pictures]
    files = [parts.file(file) for file in page.files]
    body: dict[str, Any] = {
        "kind": "sheet",
        "title": page.title,
        "lead": page.lead,
        "sections": [_section(section) for section in page.sections],
        "links": [{"title": title, "url": url} for title, url in page.links],
        "buttons": parts.buttons(page.buttons),
        "pictures": [shown for shown, _ in pictures],
        "files": [shown for shown, _ in files],
    }
    return Rendered(body, tuple(kept for _, kept in [*pictures, *files]))


def notice(given: Notice) -> dict[str, Any]:
    """One or two sentences."""
    return {
        "kind": "notice",
        "text": given.text,
        "tone": given.tone.value,
        "buttons": parts.buttons(given.buttons),
    }


def _row(row: BoardRow) -> dict[str, Any]:
    return {
        "rank": row.rank,
        "name": row.name,
        "points": row.points,
        "right": row.right,
        "answered": row.answered,
        "streak": row.streak,
        "movement": row.movement,
        "me": row.me,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "lines": list(section.lines),
        "meters": [
            {"label": meter.label, "value": meter.value, "text": meter.text} for meter in section.meters
        ],
        "table": {
            "columns": list(section.table.columns),
            "rows": [list(row) for row in section.table.rows],
        }
        if section.table
        else None,
    }
