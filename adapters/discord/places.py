"""Where a message goes: what kind of channel it is, and in which place a message stands."""

from __future__ import annotations

from enum import Enum, auto
from typing import Any

import discord

from adapters.discord.client import Client
from bot.model.people import Channel


class Kind(Enum):
    """How a channel is spoken in."""

    TEXT = auto()
    FORUM = auto()
    THREAD = auto()


FORUM_TYPES = (discord.ChannelType.forum, discord.ChannelType.media)
# Channels that are remembered although the gateway has not told them.
MOST = 10_000
THREAD_TYPES = (
    discord.ChannelType.news_thread,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
)


class Places:
    """Channels as the gateway has told them. What belongs to another process, has fallen asleep, or is not
    told yet is asked of Discord, once: a message in a forum stands elsewhere than one in a text channel."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._asked: dict[int, Any] = {}

    async def look_up(self, channel: Channel) -> Any:
        """The channel or thread; None where Discord does not show it, which whatever is tried there tells."""
        if (found := cached(self._client, channel)) is not None:
            return found
        id = int(channel.id)
        if id not in self._asked:
            if len(self._asked) >= MOST:
                self._asked.clear()
            try:
                self._asked[id] = await self._client.fetch_channel(id)
            except (discord.Forbidden, discord.NotFound, discord.InvalidData):
                return None
        return self._asked[id]


def cached(client: Client, channel: Channel) -> Any:
    """The channel or thread as the gateway has told it, or None."""
    if not (channel.community.isdigit() and (guild := client.get_guild(int(channel.community)))):
        return None
    return guild.get_channel_or_thread(int(channel.id))


def kind_of(found: Any) -> Kind:
    """How a channel is spoken in; one that is not known counts as a text channel."""
    type = getattr(found, "type", None)
    if type in FORUM_TYPES:
        return Kind.FORUM
    return Kind.THREAD if type in THREAD_TYPES else Kind.TEXT


def standing_in(kind: Kind, channel_id: int, message_id: int) -> int:
    """The id of the channel in which a message stands. A forum's post is a thread with its first message's
    id."""
    return message_id if kind is Kind.FORUM else channel_id


def tags_for(forum: Any) -> list[str]:
    """The tag to put on a forum's post where it demands one: the first that everybody may use."""
    if forum is None or not forum.flags.require_tag:
        return []
    return [str(tag.id) for tag in forum.available_tags if not tag.moderated][:1]


def readable(client: Client, found: Any) -> bool:
    """Whether the tutor may read the history of a channel. Discord shows an empty one where it may not."""
    if found is None or client.user is None or found.guild.me is None:
        return False
    permissions = found.permissions_for(found.guild.me)
    return bool(permissions.view_channel and permissions.read_message_history)
