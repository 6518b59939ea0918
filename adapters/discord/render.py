"""What the tutor says, as pages: one for each kind of message. Pure; view.py turns pages into payloads."""

from __future__ import annotations

from adapters.discord import words
from adapters.discord.layout import NOTHING, Aside, Block, Page, Row, Text
from adapters.discord.markdown import plain, small
from adapters.discord.render_board import board_page
from adapters.discord.render_buttons import controls
from adapters.discord.render_card import card_page
from adapters.discord.render_reasons import explanation_page, feedback_page, reveal_page
from adapters.discord.render_sheet import sheet_pages
from bot.messages import (
    Explanation,
    Feedback,
    Leaderboard,
    Message,
    Notice,
    QuestionCard,
    Reveal,
    Sheet,
    Tone,
)

COLOURS = {Tone.INFO: 0x5865F2, Tone.GOOD: 0x2D8A4E, Tone.WARN: 0xB7791F, Tone.ERROR: 0xC53030}


def pages_of(message: Message) -> list[Page]:
    """A message as one page; only sheets that do not fit into one Discord message have more."""
    return sheet_pages(message) if isinstance(message, Sheet) else [_page(message)]


def page_of(message: Message) -> Page:
    """A message as one page, for posts: of a sheet that does not fit the start, and all its controls."""
    first, *rest = pages_of(message)
    if not rest:
        return first
    tail = (block for block in rest[-1].blocks if not isinstance(block, Text))
    return Page(first.accent, (*first.blocks, Text(small(words.shortened())), *tail))


def notice_page(notice: Notice) -> Page:
    """One or two sentences; a single button stands beside them."""
    text = plain(notice.text).strip() or NOTHING
    blocks: tuple[Block, ...] = (Text(text), *controls(notice.buttons))
    match controls(notice.buttons):
        case [Row(buttons=[button])]:
            blocks = (Aside(text, button),)
    return Page(COLOURS[notice.tone], blocks)


def _page(message: QuestionCard | Feedback | Reveal | Explanation | Leaderboard | Notice) -> Page:
    match message:
        case QuestionCard():
            return card_page(message)
        case Feedback():
            return feedback_page(message)
        case Reveal():
            return reveal_page(message)
        case Explanation():
            return explanation_page(message)
        case Leaderboard():
            return board_page(message)
        case Notice():
            return notice_page(message)


def title_of(message: Message) -> str:
    """A message's title in plain words, for the name of a thread or a forum post."""
    match message:
        case QuestionCard() | Reveal() | Explanation():
            return message.heading
        case Feedback():
            return message.headline
        case Leaderboard() | Sheet():
            return message.title
        case Notice():
            return message.text
