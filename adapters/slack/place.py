"""Where something happened in Slack, and so where its answer belongs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

FRESH_SECONDS = 25 * 60
"""A response URL works for half an hour; one this old is not relied on any more."""


class Surface(StrEnum):
    """What a person used."""

    COMMAND = "command"
    CLICK = "click"
    HOME = "home"
    SHORTCUT = "shortcut"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Place:
    """A place; everything that a payload does not say is empty.

    `message` is the message whose button was pressed, `ephemeral` whether only its reader sees it, `ours`
    whether the channel is the person's direct messages with the tutor (and not with somebody else).
    `trigger` opens one modal within three seconds. `request` names the payload.
    """

    surface: Surface
    community: str
    user: str
    channel: str = ""
    thread: str = ""
    message: str = ""
    ephemeral: bool = False
    ours: bool = False
    response_url: str = ""
    trigger: str = ""
    request: str = ""

    @property
    def direct(self) -> bool:
        """Whether this is a conversation of two, or no conversation at all."""
        return not self.channel or self.channel.startswith("D")


def to_metadata(place: Place, now: float) -> str:
    """The place as a modal's private_metadata, which holds 3,000 characters."""
    return json.dumps(
        {
            "surface": place.surface.value,
            "channel": place.channel,
            "thread": place.thread,
            "message": place.message,
            "ephemeral": place.ephemeral,
            "ours": place.ours,
            "url": place.response_url,
            "at": int(now),
        }
    )


def from_metadata(text: str, community: str, user: str, request: str, now: float) -> Place:
    """The place from which a modal was opened; the person's own direct messages when it cannot be read."""
    try:
        kept = json.loads(text)
        fresh = now - kept["at"] < FRESH_SECONDS
        return Place(
            Surface(kept["surface"]),
            community,
            user,
            channel=str(kept["channel"]),
            thread=str(kept["thread"]),
            message=str(kept["message"]),
            ephemeral=bool(kept["ephemeral"]),
            ours=bool(kept["ours"]),
            response_url=str(kept["url"]) if fresh else "",
            request=request,
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return Place(Surface.HOME, community, user, request=request)
