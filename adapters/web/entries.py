"""What the local chat's journal holds: people, places, messages and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.model.people import Caller, Channel, Person

PLATFORM = "local"
COMMUNITY = "local"
TUTOR = "cloudlark"

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Seat:
    """A person who has entered the chat. The first who ever entered is the admin."""

    id: str
    name: str
    admin: bool = False
    timezone: str | None = None
    locale: str | None = None

    def person(self) -> Person:
        """The same person in the core's words."""
        return Person(PLATFORM, COMMUNITY, self.id, self.name, self.admin, self.timezone, self.locale)


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, or with an `owner` that person's direct messages with the tutor."""

    id: str
    owner: str | None = None

    def channel(self) -> Channel | None:
        """The channel in the core's words, None for direct messages."""
        return None if self.owner else Channel(PLATFORM, COMMUNITY, self.id)

    def open_to(self, seat: Seat) -> bool:
        """Whether this person may read and write here."""
        return self.owner in (None, seat.id)

    def caller(self, seat: Seat, request: str) -> Caller:
        """Somebody who does something here."""
        return Caller(seat.person(), self.channel(), request)


def direct(seat_id: str) -> Place:
    """A person's direct messages with the tutor."""
    return Place(f"dm-{seat_id}", owner=seat_id)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or a file of a message. `id` is a digest of its content."""

    id: str
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as the page draws it: a JSON object, and the files that it names by id."""

    body: Body
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A message about to be written.

    `audience` is the only person who may see it, None for everyone in the place. `thread` is the message
    that it answers in the side panel, `anchor` the message that it stands right below. Two drafts with one
    `nonce` are one message, the first. Two drafts with one `slot` are one message, the last.
    `prompt` is the command that caused it and `asker` who typed that.
    """

    place: Place
    author: str
    rendered: Rendered
    audience: str | None = None
    thread: str | None = None
    anchor: str | None = None
    nonce: str | None = None
    slot: str | None = None
    prompt: str = ""
    asker: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A message in the journal.

    `position` orders the messages. `change` is the journal's count of changes when this message last
    changed, so that a page that knows all up to a count can ask for what came after. `at` and `edited_at`
    are aware UTC as ISO texts. `key` is the sender's own mark on a message that they typed.
    """

    id: str
    position: int
    change: int
    place: str
    author: str
    body: Body
    at: str
    edited_at: str | None = None
    audience: str | None = None
    thread: str | None = None
    anchor: str | None = None
    nonce: str | None = None
    prompt: str = ""
    asker: str | None = None
    replies: int = 0

    def visible_to(self, seat: Seat) -> bool:
        """Whether this person may see the message. Direct messages have an audience, too."""
        return self.audience in (None, seat.id)


def spoken(text: str) -> Rendered:
    """What a person typed, as a message."""
    return Rendered({"kind": "text", "text": text})
