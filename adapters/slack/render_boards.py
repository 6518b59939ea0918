"""Leaderboards as blocks."""

from __future__ import annotations

from adapters.slack import words
from adapters.slack.blocks import context, fit, header, sections
from adapters.slack.buttons import rows
from adapters.slack.mrkdwn import bold, plain
from adapters.slack.rendered import Rendered, fallback
from bot.messages import BoardRow, Leaderboard

MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}
NAME = 40


def leaderboard(board: Leaderboard) -> Rendered:
    """The best of a period, one line each, and the reader's own line below them."""
    lines = [board_line(row, board.compare) for row in board.rows] or [words.nobody_scored()]
    own = ["⋯", board_line(board.own, board.compare)] if board.own else []
    learners = words.learners(board.learners) if board.learners else ""
    small = " · ".join(filter(None, [plain(board.period), learners]))
    blocks = [
        *header(board.title),
        *context([small]),
        *sections("\n".join([*lines, *own])),
        *context(map(plain, board.notes)),
        *rows(board.buttons),
    ]
    text = fallback(plain(board.title), plain(board.period), *lines, *own)
    return Rendered(text, tuple(fit(blocks)), pictures=board.pictures)


def board_line(row: BoardRow, compare: bool = True) -> str:
    """One person: rank, name, points, how they were made, streak, and movement since the last period."""
    place = f"{MEDALS.get(row.rank, '')} {row.rank}.".strip()
    name = bold(plain(row.name[:NAME])) + (f" {words.you()}" if row.me else "")
    facts = [
        words.points(row.points),
        words.right_of(row.right, row.answered),
        words.streak(row.streak) if row.streak else "",
        _movement(row.movement) if compare else "",
    ]
    return f"{place} {name} · {' · '.join(filter(None, facts))}"


def _movement(ranks: int | None) -> str:
    if ranks is None:
        return words.new()
    if ranks == 0:
        return ""
    return f"▲ {ranks}" if ranks > 0 else f"▼ {-ranks}"
