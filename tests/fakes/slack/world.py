"""What there is in the fake Slack: workspaces, people, channels, messages, views, files."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

ALL_SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "users:read",
    }
)


@dataclass(slots=True)
class User:
    """A person's account."""

    id: str
    name: str
    tz: str = "Europe/Berlin"
    admin: bool = False
    team: str = "T1"
    bot: bool = False
    guest: bool = False
    deleted: bool = False
    locale: str = "en-US"

    def to_json(self) -> Json:
        """The user object of users.info."""
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.name.lower().replace(" ", "."),
            "real_name": self.name,
            "deleted": self.deleted,
            "tz": self.tz,
            "locale": self.locale,
            "is_admin": self.admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.guest,
            "is_ultra_restricted": False,
            "is_bot": self.bot,
            "profile": {"display_name": self.name, "real_name": self.name},
        }


@dataclass(slots=True)
class Channel:
    """A conversation. `member` says whether the tutor is in it."""

    id: str
    name: str = "general"
    member: bool = True
    archived: bool = False
    people: set[str] = field(default_factory=set)

    @property
    def direct(self) -> bool:
        """Whether these are direct messages."""
        return self.id.startswith("D")


@dataclass(slots=True)
class Message:
    """A message as it stands. An ephemeral one is seen only by `to`."""

    channel: str
    ts: str
    text: str
    blocks: list[Json]
    thread: str = ""
    metadata: Json | None = None
    to: str = ""
    edits: int = 0

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.to)


@dataclass(slots=True)
class Upload:
    """A file on its way or shared."""

    id: str
    name: str
    length: int
    alt: str
    data: bytes = b""
    channel: str = ""
    thread: str = ""


@dataclass(slots=True)
class Install:
    """A token and what it may do."""

    token: str
    team: str = "T1"
    bot_user: str = "UBOT"
    bot_id: str = "BBOT"
    enterprise: str = ""
    scopes: frozenset[str] = ALL_SCOPES
    lost: str = ""


class World:
    """Everything, by id. `posts` counts chat.postMessage by nonce, also of messages deleted since."""

    def __init__(self) -> None:
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.views: dict[str, Json] = {}
        self.homes: dict[str, Json] = {}
        self.uploads: dict[str, Upload] = {}
        self.handed: dict[str, Upload] = {}
        self.installs: dict[str, Install] = {}
        self.codes: dict[str, Json] = {}
        self.refusals: list[tuple[str, str, list[str]]] = []
        self._numbers = itertools.count(1)

    def number(self) -> int:
        """A number that was not used before."""
        return next(self._numbers)

    def stamp(self) -> str:
        """A new message id."""
        return f"{time.time():.3f}{self.number() % 1000:03d}"

    def direct(self, user: str) -> Channel:
        """The direct messages of a person with the tutor."""
        return self.channels.setdefault(f"D{user}", Channel(f"D{user}", "directmessage", people={user}))

    def at(self, channel: str, ts: str) -> Message | None:
        """A message that everybody in the channel sees."""
        return next(
            (m for m in self.messages if m.channel == channel and m.ts == ts and not m.ephemeral), None
        )

    def shown(self, channel: str, user: str = "") -> list[Message]:
        """What stands in a channel for a person, oldest first; without one, what everybody sees."""
        return [m for m in self.messages if m.channel == channel and m.to in ("", user)]

    def nonces(self) -> list[str]:
        """The nonces of all messages that carry one, in the order of posting."""
        return [m.metadata["event_payload"]["nonce"] for m in self.messages if m.metadata]
