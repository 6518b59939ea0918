"""The fake's servers, channels, people and messages, in the shapes that Discord sends."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

EPOCH = 1420070400000
TEXT, DIRECT, ANNOUNCEMENT, PUBLIC_THREAD, ANNOUNCEMENT_THREAD, FORUM = 0, 1, 5, 11, 10, 15
THREADS = (PUBLIC_THREAD, ANNOUNCEMENT_THREAD)

VIEW, SEND, HISTORY, ATTACH = 1 << 10, 1 << 11, 1 << 16, 1 << 15
MANAGE_GUILD, MANAGE_THREADS = 1 << 5, 1 << 34
CREATE_THREADS, SEND_IN_THREADS = 1 << 35, 1 << 38
EVERYTHING_NEEDED = VIEW | SEND | HISTORY | ATTACH | CREATE_THREADS | SEND_IN_THREADS

_counter = itertools.count()


def snowflake(at: float | None = None) -> int:
    """A new id that bears its time, as Discord's do."""
    moment = int((time.time() if at is None else at) * 1000) - EPOCH
    return (moment << 22) | (next(_counter) & 0xFFF)


@dataclass
class User:
    """An account."""

    id: int
    name: str
    bot: bool = False
    accepts_direct: bool = True

    def payload(self) -> dict[str, Any]:
        """The account as Discord sends it."""
        return {
            "id": str(self.id),
            "username": self.name.lower().replace(" ", "."),
            "global_name": self.name,
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
        }


@dataclass
class Channel:
    """A channel or a thread. `denied` are permissions that the bot lacks in it."""

    id: int
    type: int
    name: str
    guild: Guild | None = None
    denied: int = 0
    parent: Channel | None = None
    recipient: User | None = None
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    archived: bool = False
    locked: bool = False
    require_tag: bool = False
    full_of_threads: bool = False
    tags: list[dict[str, Any]] = field(default_factory=list)
    bot_id: int = 0

    def payload(self) -> dict[str, Any]:
        """The channel as Discord sends it."""
        if self.type == DIRECT:
            assert self.recipient is not None
            return {
                "id": str(self.id),
                "type": DIRECT,
                "recipients": [self.recipient.payload()],
                "last_message_id": None,
            }
        common = {
            "id": str(self.id),
            "type": self.type,
            "name": self.name,
            "guild_id": str(self.guild.id) if self.guild else None,
            "last_message_id": None,
            "rate_limit_per_user": 0,
        }
        return common | (self._thread() if self.type in THREADS else self._plain())

    def _plain(self) -> dict[str, Any]:
        denied = (
            [{"id": str(self.bot_id), "type": 1, "allow": "0", "deny": str(self.denied)}]
            if self.denied
            else []
        )
        return {
            "position": 0,
            "parent_id": None,
            "nsfw": False,
            "topic": None,
            "permission_overwrites": denied,
            "flags": 1 << 4 if self.require_tag else 0,
            "available_tags": self.tags,
            "default_reaction_emoji": None,
        }

    def _thread(self) -> dict[str, Any]:
        return {
            "parent_id": str(self.parent.id) if self.parent else None,
            "owner_id": str(self.bot_id),
            "message_count": 0,
            "member_count": 1,
            "applied_tags": [],
            "thread_metadata": {
                "archived": self.archived,
                "auto_archive_duration": 1440,
                "archive_timestamp": "2026-01-01T00:00:00+00:00",
                "locked": self.locked,
                "create_timestamp": "2026-01-01T00:00:00+00:00",
            },
        }


@dataclass
class Guild:
    """A server with one role for the bot."""

    id: int
    name: str
    owner: User
    bot: User
    role_id: int = field(default_factory=snowflake)
    permissions: int = EVERYTHING_NEEDED
    channels: dict[int, Channel] = field(default_factory=dict)
    members: dict[int, User] = field(default_factory=dict)

    def payload(self, *, joined_before: bool) -> dict[str, Any]:
        """The server as GUILD_CREATE brings it; one that was there before says that it is available."""
        threads = [c.payload() for c in self.channels.values() if c.type in THREADS and not c.archived]
        channels = [c.payload() for c in self.channels.values() if c.type not in THREADS]
        payload = {
            "id": str(self.id),
            "name": self.name,
            "owner_id": str(self.owner.id),
            "member_count": len(self.members) + 1,
            "roles": [
                self.role(self.id, "@everyone", 0),
                self.role(self.role_id, "Cloudlark", self.permissions),
            ],
            "channels": channels,
            "threads": threads,
            "members": [self.member(self.bot)],
            "emojis": [],
            "features": [],
            "preferred_locale": "en-GB",
            "system_channel_id": None,
        }
        return payload | ({"unavailable": False} if joined_before else {})

    def role(self, id: int, name: str, permissions: int) -> dict[str, Any]:
        """A role as Discord sends it."""
        return {
            "id": str(id),
            "name": name,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "position": 0 if id == self.id else 1,
            "permissions": str(permissions),
            "managed": id != self.id,
            "mentionable": False,
            "flags": 0,
        }

    def member(self, user: User, permissions: int | None = None) -> dict[str, Any]:
        """A member as Discord sends it; in interactions with their permissions."""
        payload = {
            "user": user.payload(),
            "nick": None,
            "roles": [str(self.role_id)] if user is self.bot else [],
            "joined_at": "2026-01-01T00:00:00+00:00",
            "deaf": False,
            "mute": False,
            "flags": 0,
        }
        return payload | ({"permissions": str(permissions)} if permissions is not None else {})


class World:
    """Everything there is."""

    def __init__(self) -> None:
        self.bot = User(snowflake(), "Cloudlark", bot=True)
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.users: dict[int, User] = {}

    def add_guild(self, name: str = "Cloud team", id: int | None = None) -> Guild:
        """A server that the bot is in."""
        guild = Guild(id or snowflake(), name, self.add_user("Olive Owner"), self.bot)
        self.guilds[guild.id] = guild
        guild.members[guild.owner.id] = guild.owner
        return guild

    def add_channel(self, guild: Guild, name: str = "aws-daily", type: int = TEXT) -> Channel:
        """A channel of a server."""
        channel = Channel(snowflake(), type, name, guild, bot_id=self.bot.id)
        self.channels[channel.id] = guild.channels[channel.id] = channel
        return channel

    def add_user(self, name: str) -> User:
        """An account."""
        user = User(snowflake(), name)
        self.users[user.id] = user
        return user

    def direct_channel(self, user: User) -> Channel:
        """The channel of direct messages with an account."""
        found = (c for c in self.channels.values() if c.recipient is user)
        channel = next(found, None) or Channel(snowflake(), DIRECT, "", recipient=user, bot_id=self.bot.id)
        self.channels[channel.id] = channel
        return channel

    def messages(self) -> Iterator[dict[str, Any]]:
        """Every message that stands in some channel."""
        for channel in self.channels.values():
            yield from channel.messages.values()
