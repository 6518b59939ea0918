"""HTML to plain text and back, as other programs keep their texts. Code stands in backticks here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_MARK = re.compile(
    r"""<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^<>"']|"[^"<]*"|'[^'<]*')*>|<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>|<[!?/][^<>]*>"""
)
"""A tag, one with broken quotes, or a declaration. Nothing in it reaches beyond the next `<`, so that no text, however
hostile, is looked at more than a few times; the library's own parser takes minutes for a hundred kilobytes of `<a `."""
_TOO_LONG = re.compile("&#[xX]?[0-9a-fA-F]{9,};?")
"""Numbers of characters that are none, and of a length that no number is read of."""
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
    for text, closes, tag in _taken_apart(_without_comments(marked)):
        words.say(text)
        words.mark(tag, closes=closes)
    if not words.has_blocks:
        return "".join(words.parts).strip()
    lines = [line.strip(" \t") for line in "".join(words.parts).split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def has_media(marked: str) -> bool:
    """Whether a text shows or plays something that words cannot hold."""
    return bool(re.search(r"<(?:img|audio|video|object|iframe|svg|math)\b", marked, re.IGNORECASE))


def _without_comments(marked: str) -> str:
    first, *others = marked.split("<!--")
    return first + "".join(other.partition("-->")[2] for other in others)


def _taken_apart(marked: str) -> Iterator[tuple[str, bool, str]]:
    """Each run of text, with the tag behind it and whether that one closes; no tag is empty."""
    at = 0
    for found in _MARK.finditer(marked):
        tag = found[2] or found[4] or ""
        yield marked[at : found.start()], bool(found[1] or found[3]), tag.casefold()
        at = found.end()
    yield marked[at:], False, ""


class _Words:
    """What was said so far."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.has_blocks = False
        self._silent = 0

    def say(self, text: str) -> None:
        if text and not self._silent:
            self.parts.append(html.unescape(_TOO_LONG.sub("\ufffd", text)))

    def mark(self, tag: str, *, closes: bool) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent + (-1 if closes else 1))
        elif tag in _BLOCKS:
            self.has_blocks = True
            if closes or (self.parts and not self.parts[-1].endswith("\n")):
                self.parts.append("\n")
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "code":
            self.parts.append("`")
