"""Slack's text markup: plain text made safe for it, links, dates, and cutting to length."""

from __future__ import annotations

import datetime as dt
import re

ELLIPSIS = "…"
ZERO_WIDTH = "\u200b"

_SPECIAL = re.compile(r"[&<>*_~`]")
_CODE = re.compile(r"(```.+?```|`[^`\n]+`)", re.DOTALL)
_ACCIDENT = re.compile(r"(?<!\w)([*_~])(?=\S)(?=[^\n]*?\S\1(?!\w))")
_BROKEN = re.compile(r"(?:&[a-z]{0,3}|<[^<>]*)$")
"""An entity, a link or a date that is cut in the middle."""


def escape(text: str) -> str:
    """Text with the three characters that Slack reads as control characters replaced."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> str:
    """Authored text for a mrkdwn field: backticks stay code, nothing else is formatted or pings."""
    if not _SPECIAL.search(text):
        return text
    parts = _CODE.split(text)
    return "".join(escape(part) if at % 2 else _literal(part) for at, part in enumerate(parts))


def _literal(text: str) -> str:
    # Slack has no escape for its emphasis characters; a zero-width space behind the opening one
    # keeps `*.csv or *` and `_id_` as they were written.
    return _ACCIDENT.sub(rf"\1{ZERO_WIDTH}", escape(text))


def bold(text: str) -> str:
    """Already escaped text in bold. Asterisks inside would end it early, so they are taken out."""
    inner = text.replace("*", "").strip()
    return f"*{inner}*" if inner else ""


def link(title: str, url: str) -> str:
    """A link, or the bare title where the address is none that Slack would open."""
    if not url.startswith(("https://", "http://")):
        return plain(title)
    shown = escape(" ".join(title.replace("|", "/").split())) or "link"
    address = url.replace("|", "%7C").replace(">", "%3E").replace("<", "%3C").replace(" ", "%20")
    return f"<{address.replace('&', '&amp;')}|{shown}>"


def moment(when: dt.datetime) -> str:
    """A moment that every reader sees in their own time zone, with UTC for clients that cannot."""
    fallback = when.astimezone(dt.UTC).strftime("%d %b %Y %H:%M UTC")
    return f"<!date^{int(when.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>"


def clip(text: str, limit: int) -> str:
    """At most `limit` characters of markup, never ending inside an entity, a link or a date."""
    if len(text) <= limit:
        return text
    return _BROKEN.sub("", text[: limit - 1]).rstrip() + ELLIPSIS


def cut(text: str, limit: int) -> str:
    """At most `limit` characters of text that is no markup."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def chunks(text: str, limit: int) -> list[str]:
    """The text in parts of at most `limit` characters, cut between lines, then words, where it can be."""
    parts = []
    rest = text.strip("\n")
    while len(rest) > limit:
        at = _cut(rest, limit)
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip("\n ")
    return [*parts, rest] if rest else parts


def _cut(text: str, limit: int) -> int:
    for mark in ("\n", " "):
        at = text.rfind(mark, limit // 2, limit)
        if at > 0 and not _BROKEN.search(text[:at]):
            return at
    return len(_BROKEN.sub("", text[:limit])) or limit


def unescape(text: str) -> str:
    """What a person typed, from the text of a command or a message."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
