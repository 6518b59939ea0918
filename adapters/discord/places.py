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
THREAD_TYPES = (
    discord.ChannelType.news_thread,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
)


def cached(client: Client, channel: Channel) -> Any:
    """The channel or thread as the gateway has told it, or None: it may belong to another process."""
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


def tags_for(forum: Any) -> list[int]:
    """The tag to put on a forum's post where it demands one: the first that everybody may use."""
    if forum is None or not forum.flags.require_tag:
        return []
    return [tag.id for tag in forum.available_tags if not tag.moderated][:1]


def readable(client: Client, found: Any) -> bool:
    """Whether the tutor may read the history of a channel. Discord shows an empty one where it may not."""
    if found is None or client.user is None:
        return False
    me = found.guild.me
    permissions = found.permissions_for(me)
    return bool(permissions.view_channel and permissions.read_message_history)
