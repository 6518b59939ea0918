"""A message as Discord lays it out: blocks in a frame, within the limits of one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from adapters.discord import words
from adapters.discord.markdown import plain, shortened
from bot.messages import Button, File, Picture

TEXT_LIMIT = 4000
COMPONENT_LIMIT = 40
ROW_LENGTH = 5
# Discord takes no empty texts.
NOTHING = "…"


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown. Texts with a higher `spare` are shortened before others; 0 is shortened last."""

    content: str
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Aside:
    """A text with one button beside it."""

    content: str
    button: Button


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line."""


@dataclass(frozen=True, slots=True)
class Gallery:
    """Pictures with their descriptions, at most 10."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file to keep."""

    file: File


@dataclass(frozen=True, slots=True)
class Row:
    """At most five buttons side by side."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """A select of exactly `picks` of at most 25 (value, label, description, chosen) options."""

    id: str
    placeholder: str
    options: tuple[tuple[str, str, str, bool], ...]
    picks: int = 1


Block = Text | Aside | Rule | Gallery | Download | Row | Choices


@dataclass(frozen=True, slots=True)
class Page:
    """One message: blocks in a frame whose edge has a colour."""

    accent: int
    blocks: tuple[Block, ...]


def lightened(page: Page, limit: int) -> Page:
    """The page without files that are larger than Discord takes there; a line says so in their place."""
    blocks = (
        Text(words.too_large(plain(block.file.name), limit // 2**20))
        if isinstance(block, Download) and len(block.file.data) > limit
        else block
        for block in page.blocks
    )
    return replace(page, blocks=tuple(blocks))


def rows(buttons: Sequence[Button]) -> tuple[Row, ...]:
    """Buttons in rows of five."""
    starts = range(0, len(buttons), ROW_LENGTH)
    return tuple(Row(tuple(buttons[start : start + ROW_LENGTH])) for start in starts)


def components(page: Page) -> int:
    """How many components a page has in Discord's count, the frame and all nested ones included."""
    return 1 + sum(_weight(block) for block in page.blocks)


def text_length(page: Page) -> int:
    """How many characters all texts of a page have together."""
    return sum(len(block.content) for block in page.blocks if isinstance(block, Text | Aside))


def fitted(page: Page) -> Page:
    """The page within one message: texts shortened, the sparest first, and the end left out if it must."""
    blocks = tuple(block for block in page.blocks if type(block) is not Text or block.content.strip())
    page = Page(page.accent, blocks or (Text(NOTHING),))
    if text_length(page) > TEXT_LIMIT:
        page = _fitted_text(page)
    return page if components(page) <= COMPONENT_LIMIT else _fitted_count(page)


def _fitted_text(page: Page) -> Page:
    blocks = list(page.blocks)
    texts = [n for n, block in enumerate(blocks) if isinstance(block, Text | Aside)]
    for n in sorted(texts, key=lambda n: (_spare(blocks[n]), n), reverse=True):
        excess = text_length(replace(page, blocks=tuple(blocks))) - TEXT_LIMIT
        if excess <= 0:
            break
        blocks[n] = _less(blocks[n], excess)
    return replace(page, blocks=tuple(b for b in blocks if not isinstance(b, Text) or b.content))


def _less(block: Block, excess: int) -> Block:
    """A text without at least `excess` of its characters; beside a button some text must remain."""
    assert isinstance(block, Text | Aside)
    content = shortened(block.content, max(0, len(block.content) - excess))
    if isinstance(block, Aside):
        return replace(block, content=content or NOTHING)
    return replace(block, content=content)


def _fitted_count(page: Page) -> Page:
    blocks, room = [], COMPONENT_LIMIT - 1
    for block in page.blocks:
        room -= _weight(block)
        if room < 0:
            break
        blocks.append(block)
    return replace(page, blocks=tuple(blocks))


def _weight(block: Block) -> int:
    match block:
        case Aside():
            return 3
        case Choices():
            return 2
        case Row(buttons):
            return 1 + len(buttons)
        case _:
            return 1


def _spare(block: Block) -> int:
    return block.spare if isinstance(block, Text) else 0
