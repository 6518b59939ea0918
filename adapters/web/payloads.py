"""What a page may send over its WebSocket, read strictly. Pure."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from bot.wording.speech import _

FRAME_LIMIT = 32_768
TEXT_LIMIT = 4_000

UNREADABLE = (msgspec.DecodeError, UnicodeError, RecursionError)
"""No JSON, none of ours, no text, or nested deeper than anybody would write."""

Id = Annotated[str, Meta(max_length=64)]
Text = Annotated[str, Meta(max_length=16_000)]
Count = Annotated[int, Meta(ge=0, le=2**53)]


class BadFrameError(ValueError):
    """A frame that the chat cannot read. The message is a sentence for the person."""


class Frame(msgspec.Struct, frozen=True, tag_field="do", tag=str.lower, kw_only=True):
    """The base of all frames. `request` is the page's own number for it, which the answer repeats."""

    request: Id = ""


class Hello(Frame, frozen=True, kw_only=True):
    """The first frame: who looks at the page, and the last change that it knows."""

    timezone: Id = ""
    locale: Id = ""
    after: Count = 0


class Say(Frame, frozen=True, kw_only=True):
    """Words typed in a place, or with a slash a command. `key` marks them so that they arrive once."""

    place: Id
    text: Text
    key: Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[\w-]+$")]
    thread: Id | None = None


class Click(Frame, frozen=True, kw_only=True):
    """A pressed button. `message` is where it stands, None on one's own page."""

    button: Annotated[str, Meta(max_length=100)]
    message: Id | None = None
    values: Annotated[list[Id], Meta(max_length=26)] = msgspec.field(default_factory=list)


class Submit(Frame, frozen=True, kw_only=True):
    """A form handed in. `message` is where its button stood, or None and then `place` is where it opened.

    `files` are the words that uploads were answered with, by the names of their fields.
    """

    form: Annotated[str, Meta(max_length=100)]
    values: Annotated[dict[Id, Text], Meta(max_length=25)]
    files: Annotated[dict[Id, Id], Meta(max_length=5)] = msgspec.field(default_factory=dict)
    message: Id | None = None
    place: Id | None = None


class Complete(Frame, frozen=True, kw_only=True):
    """What is typed so far into a parameter of a kind."""

    kind: Id
    typed: Annotated[str, Meta(max_length=200)] = ""


class History(Frame, frozen=True, kw_only=True):
    """The messages of a place before a position (0: the last)."""

    place: Id
    before: Count = 0


class Thread(Frame, frozen=True, kw_only=True):
    """The replies below a message."""

    message: Id


class Seen(Frame, frozen=True, kw_only=True):
    """The person has read a place up to a position."""

    place: Id
    position: Count


class Open(Frame, frozen=True, kw_only=True):
    """Open a new channel."""

    name: Annotated[str, Meta(max_length=200)]


class Rename(Frame, frozen=True, kw_only=True):
    """Go by another name from now on."""

    name: Annotated[str, Meta(max_length=200)]


class Home(Frame, frozen=True, kw_only=True):
    """Show one's own page."""


class Ping(Frame, frozen=True, kw_only=True):
    """Is the line alive?"""


Known = (
    Hello | Say | Click | Submit | Complete | History | Thread | Seen | Open | Rename | Home | Ping
)  # fmt: skip

_decoder: msgspec.json.Decoder[Known] = msgspec.json.Decoder(Known)


def read(text: str) -> Known:
    """The frame in a text. Raises BadFrameError."""
    if len(text) > FRAME_LIMIT:
        raise BadFrameError(_("That is too long for the chat: send it in smaller parts."))
    try:
        return _decoder.decode(text)
    except UNREADABLE as error:
        raise BadFrameError(_("The chat could not read what this page sent: reload the page.")) from error


class Entering(msgspec.Struct, frozen=True):
    """What is handed in at the door: the password at first, then a name."""

    name: Annotated[str, Meta(max_length=200)] = ""
    password: Annotated[str, Meta(max_length=400)] = ""


def read_entering(body: bytes) -> Entering:
    """The name and password in a request's body. Raises BadFrameError."""
    try:
        return msgspec.json.decode(body, type=Entering)
    except UNREADABLE as error:
        raise BadFrameError(_("The door could not read what this page sent: reload the page.")) from error
