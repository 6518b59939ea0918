"""A page as discord.py's items: what Discord is sent, with the ids by which every button works for ever."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import discord
from discord import ui

from adapters.discord.layout import (
    Aside,
    Block,
    Choices,
    Download,
    Gallery,
    Page,
    Row,
    Rule,
    Text,
    fitted,
)
from adapters.discord.markdown import clipped
from bot.messages import Act, Button, ButtonStyle, encode

LABEL_LIMIT = 80
DESCRIPTION_LIMIT = 1000
ID_LIMIT = 100
STYLES = {
    ButtonStyle.PLAIN: discord.ButtonStyle.secondary,
    ButtonStyle.PRIMARY: discord.ButtonStyle.primary,
    ButtonStyle.DANGER: discord.ButtonStyle.danger,
}


def view_of(page: Page, nonce: str = "") -> ui.LayoutView:
    """The page as a layout. With a nonce its frame bears `marker(nonce)`, by which `find` knows it again.

    The view has stopped listening: clicks are read from their payload and need no view in memory.
    """
    ids = _Ids()
    frame: ui.Container[ui.LayoutView] = ui.Container(
        *(_item(block, ids) for block in fitted(page).blocks),
        accent_colour=page.accent,
        id=marker(nonce) if nonce else None,
    )
    view = ui.LayoutView(timeout=None)
    view.add_item(frame)
    view.stop()
    return view


def files_of(page: Page) -> list[discord.File]:
    """The files that go with a page. They can be read once: ask again for another sending."""
    return [
        Upload(io.BytesIO(data), filename=name, description=alt[:DESCRIPTION_LIMIT] or None)
        for name, data, alt in _attached(page.blocks)
    ]


def marker(nonce: str) -> int:
    """The component id that marks the message of a nonce; Discord keeps it, the nonce it forgets."""
    return 0x4000_0000 | (zlib.crc32(nonce.encode()) & 0x3FFF_FFFF)


def file_name(name: str) -> str:
    """A file's name as Discord accepts it in attachment:// addresses."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip("._") or "file"


class Upload(discord.File):
    """A file on its way to Discord, whose ids are strings; the library numbers files with integers."""

    def to_dict(self, index: int) -> dict[str, Any]:
        """How the file is described beside its content."""
        return {**super().to_dict(index), "id": str(index)}


class _Ids:
    """Ids within one message. Discord refuses repeated ones, so later ones bear a number in front."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def unique(self, id: str) -> str:
        number, unique = 1, id
        while unique in self._taken:
            number += 1
            unique = f"{number}#{id}"
        self._taken.add(unique)
        return unique


def _item(block: Block, ids: _Ids) -> ui.Item[ui.LayoutView]:
    match block:
        case Text(content):
            return ui.TextDisplay(content)
        case Aside(content, button):
            return ui.Section(ui.TextDisplay(content), accessory=_button(button, ids))
        case Rule():
            return ui.Separator()
        case Gallery(pictures):
            return ui.MediaGallery(*(_picture(p.name, p.alt) for p in pictures))
        case Download(file):
            return ui.File(f"attachment://{file_name(file.name)}")
        case Row() | Choices():
            return _controls(block, ids)


def _controls(block: Row | Choices, ids: _Ids) -> ui.ActionRow[ui.LayoutView]:
    if isinstance(block, Row):
        return ui.ActionRow(*(_button(button, ids) for button in block.buttons))
    return ui.ActionRow(_select(block, ids))


def _button(button: Button, ids: _Ids) -> ui.Button[ui.LayoutView]:
    id = ids.unique(_id_of(button.act))
    return ui.Button(style=STYLES[button.style], label=clipped(button.label, LABEL_LIMIT), custom_id=id)


@lru_cache(maxsize=4096)
def _id_of(act: Act) -> str:
    return encode(act)


def _select(choices: Choices, ids: _Ids) -> ui.Select[ui.LayoutView]:
    options = [
        discord.SelectOption(
            label=clipped(label, ID_LIMIT),
            value=value,
            description=clipped(description, ID_LIMIT) or None,
            default=chosen,
        )
        for value, label, description, chosen in choices.options
    ]
    return ui.Select(
        custom_id=ids.unique(choices.id),
        placeholder=choices.placeholder,
        options=options,
        min_values=choices.picks,
        max_values=choices.picks,
    )


def _picture(name: str, alt: str) -> discord.MediaGalleryItem:
    url = f"attachment://{file_name(name)}"
    return discord.MediaGalleryItem(url, description=alt[:DESCRIPTION_LIMIT] or None)


def _attached(blocks: Sequence[Block]) -> Iterator[tuple[str, bytes, str]]:
    for block in blocks:
        if isinstance(block, Gallery):
            yield from ((file_name(p.name), p.data, p.alt) for p in block.pictures)
        elif isinstance(block, Download):
            yield file_name(block.file.name), block.file.data, ""
