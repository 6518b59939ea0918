"""Boards: the best of a period, one line each, and the reader's own line."""

from __future__ import annotations

from adapters.discord import words
from adapters.discord.layout import Block, Gallery, Page, Rule, Text
from adapters.discord.markdown import bold, heading, plain, small
from adapters.discord.render_buttons import controls
from bot.messages import BoardRow, Leaderboard

COLOUR = 0xD69E2E
MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}
PICTURES = 10


def board_page(board: Leaderboard) -> Page:
    """A leaderboard; movements are shown only where there is a period to compare with."""
    rows = [_row(row, board.compare) for row in board.rows]
    title = f"{heading(board.title)}\n{small(board.period)}"
    blocks: list[Block] = [Text(title), Text("\n".join(rows), spare=1)]
    if board.own:
        blocks += [Rule(), Text(_row(board.own, board.compare))]
    notes = [small(note) for note in board.notes if note.strip()]
    if board.learners:
        notes.append(small(words.learners(board.learners)))
    if notes:
        blocks.append(Text("\n".join(notes)))
    if board.pictures:
        blocks.append(Gallery(board.pictures[:PICTURES]))
    return Page(COLOUR, (*blocks, *controls(board.buttons)))


def _row(row: BoardRow, compare: bool) -> str:
    name = plain(row.name) if not row.me else bold(row.name)
    facts = [words.points(row.points), words.score(row.right, row.answered)]
    if row.streak:
        facts.append(words.streak(row.streak))
    if compare:
        facts.append(_movement(row.movement))
    return " · ".join([f"{_rank(row.rank)} {name}", *(fact for fact in facts if fact)])


def _rank(rank: int) -> str:
    return MEDALS.get(rank, f"**{rank}.**")


def _movement(movement: int | None) -> str:
    if movement is None:
        return words.new()
    if movement == 0:
        return ""
    return f"▲ {movement}" if movement > 0 else f"▼ {-movement}"
