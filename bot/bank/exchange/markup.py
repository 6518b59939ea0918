"""HTML to plain text and back, as other programs keep their texts. Code stands in backticks here."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

_CODE = re.compile(r"`([^`\n]+)`")
_BLOCKS = frozenset(
    {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol"}
)
_SILENT = frozenset({"script", "style", "head", "title"})


def html_of(text: str) -> str:
    """A text as HTML: nothing in it is markup, lines and code stay what they are."""
    escaped = html.escape(text, quote=True)
    return _CODE.sub(r"<code>\1</code>", escaped).replace("\n", "<br>")


def plain_of(marked: str) -> str:
    """The words of an HTML text. Pictures and sounds are left out; see `has_media`."""
    words = _Words()
    words.feed(marked)
    words.close()
    if not words.has_blocks:
        return "".join(words.parts).strip()
    lines = [line.strip(" \t") for line in "".join(words.parts).split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def has_media(marked: str) -> bool:
    """Whether a text shows or plays something that words cannot hold."""
    return bool(re.search(r"<(?:img|audio|video|object|iframe|svg|math)\b|\[sound:", marked, re.IGNORECASE))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.has_blocks = False
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.has_blocks |= tag in _BLOCKS
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br" or (tag in _BLOCKS and self.parts and not self.parts[-1].endswith("\n")):
            self.parts.append("\n")
        elif tag == "code":
            self.parts.append("`")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag == "code":
            self.parts.append("`")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
