"""Text for Discord's markdown: escaped, except what stands in `backticks`; shortened where it must be."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from adapters.discord import words

# Code spans and addresses stay as they are: a backslash would show inside them.
_KEPT = re.compile(r"(?P<ticks>`+)[^`]+(?P=ticks)(?!`)|https?://[^\s<>]*[^\s<>.,:;!?\"')\]]")
_ANYWHERE = re.compile(r"[\\*_~|`\[<]|:(?=\w+:)|@(?=everyone|here)")
_LINE_START = re.compile(r"^(\s*)(#{1,3}|-#|>{1,3}|[-+]|\d+\.)(?=\s)", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?:](?=\s)|\n")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text as people should read it: nothing in it formats, mentions or links, `code` excepted."""
    parts, at = [], 0
    for kept in _KEPT.finditer(text):
        parts += [_escaped(text[at : kept.start()]), kept.group()]
        at = kept.end()
    return "".join([*parts, _escaped(text[at:])])


def bold(text: str) -> str:
    """A short text in bold, empty when there is none."""
    return f"**{plain(text)}**" if text.strip() else ""


def small(text: str) -> str:
    """A line in small print."""
    return f"-# {plain(' '.join(text.split()))}"


def heading(text: str) -> str:
    """A heading on a line of its own."""
    return f"### {plain(' '.join(text.split()))}"


def link(title: str, url: str) -> str:
    """A titled link. Anything but an http address is shown as its title only."""
    if not url.startswith(("https://", "http://")) or re.search(r"\s", url):
        return plain(title)
    return f"[{plain(title)}]({url.replace('(', '%28').replace(')', '%29')})"


def moment(when: dt.datetime) -> str:
    """A moment that every reader sees in their own time zone, as a distance from now."""
    return f"<t:{int(when.timestamp())}:R>"


def shortened(text: str, limit: int) -> str:
    """The text in at most `limit` characters, cut at the end of a sentence, with a word to say so."""
    if len(text) <= limit:
        return text
    note = words.shortened()
    room = limit - len(note) - 1
    if room <= 0:
        return ""
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, room)]
    cut = next((end for end in reversed(ends) if _whole(text[:end])), 0)
    return f"{text[:cut].rstrip()} {note}".strip()


def clipped(text: str, limit: int) -> str:
    """A label in at most `limit` characters, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _escaped(text: str) -> str:
    marked = _ANYWHERE.sub(lambda found: "\\" + found.group(), text)
    return _LINE_START.sub(_escaped_marker, marked)


def _escaped_marker(found: re.Match[str]) -> str:
    marker = found.group(2)
    safe = marker[:-1] + "\\." if marker.endswith(".") else "\\" + marker
    return found.group(1) + safe


def _whole(text: str) -> bool:
    """Whether no code, bold or link is left open at the end of the text."""
    bare = re.sub(r"\\.", "", text)
    return bare.count("`") % 2 == 0 and bare.count("**") % 2 == 0 and bare.count("[") == bare.count("](")
