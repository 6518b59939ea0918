"""A messenger that remembers what it was given, and can be told to fail."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from bot.messages import DeliveryUnknownError, Message
from bot.model.people import Channel, MessageRef, Person


class CrashError(BaseException):
    """The process dies here."""


@dataclass
class Posted:
    """One message as the platform shows it now."""

    channel: Channel | None
    nonce: str
    message: Message
    thread: MessageRef | None = None
    person: Person | None = None
    edits: list[Message] = field(default_factory=list)

    @property
    def now(self) -> Message:
        """What readers see."""
        return self.edits[-1] if self.edits else self.message


class RememberingMessenger:
    """Implements `bot.messages.Messenger` without de-duplication by nonce, like Slack.

    `before` and `after` are called around each post with its nonce and may raise. With `searchable`
    false nobody can look whether a post arrived.
    """

    def __init__(self, platform: str = "test", searchable: bool = True) -> None:
        self.platform = platform
        self.searchable = searchable
        self.posts: list[Posted] = []
        self.before = lambda nonce: None
        self.after = lambda nonce: None

    async def post(
        self, channel: Channel, message: Message, *, nonce: str, thread: MessageRef | None = None
    ) -> MessageRef:
        self.before(nonce)
        self.posts.append(Posted(channel, nonce, message, thread))
        self.after(nonce)
        return MessageRef(channel, str(len(self.posts)))

    async def edit(self, ref: MessageRef, message: Message) -> None:
        self.before("edit")
        self.posts[int(ref.id) - 1].edits.append(message)

    async def direct(self, person: Person, message: Message, *, nonce: str) -> MessageRef:
        self.posts.append(Posted(None, nonce, message, person=person))
        return MessageRef(Channel(self.platform, person.community, "dm"), str(len(self.posts)))

    async def find(self, channel: Channel, nonce: str, since: dt.datetime) -> MessageRef | None:
        if not self.searchable:
            raise DeliveryUnknownError("nobody may look")
        places = (
            n for n, post in enumerate(self.posts, 1) if post.nonce == nonce and post.channel == channel
        )
        place = next(places, None)
        return None if place is None else MessageRef(channel, str(place))

    async def close(self) -> None:
        return None

    def in_channel(self, channel: str) -> list[Posted]:
        """Posts in a channel that are not in a thread."""
        return [p for p in self.posts if p.channel and p.channel.id == channel and p.thread is None]
