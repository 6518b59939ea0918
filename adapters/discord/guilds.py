"""Servers come and go, channels are deleted, permissions are lost: the core is told, once and in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
import structlog

from adapters.discord import payloads
from adapters.discord.messenger import DiscordMessenger
from bot.commands.desk import Desk
from bot.messages import ChannelGoneError, DeliveryFailedError, DeliveryUnknownError, Form, FormErrors
from bot.model.people import Caller, Channel, Person
from bot.wording.speech import marked

PLATFORM = payloads.PLATFORM
MAY = discord.Permissions(manage_guild=True)
DELETED = marked("The channel #{name} was deleted.")
LOCKED = marked("The thread {name} was locked by a moderator.")
SILENCED = marked("I may no longer write in #{name}. Give me View Channel and Send Messages there.")

log = structlog.get_logger(__name__)


class Guilds:
    """Hears what happens to servers and channels and passes it on to the desk."""

    def __init__(self, desk: Desk, messenger: DiscordMessenger) -> None:
        self._desk = desk
        self._messenger = messenger

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """A server has invited the tutor: greet it where it may write."""
        log.info("guild_joined", guild=guild.id)
        found = first_writable(guild)
        if found is None:
            return
        channel = Channel(PLATFORM, str(guild.id), str(found.id))
        reply = await self._desk.joined(await self._inviter(guild, channel), channel, guild.name)
        if isinstance(reply.message, Form | FormErrors):
            return
        try:
            await self._messenger.post(channel, reply.message, nonce=f"hello-{guild.id}")
        except (ChannelGoneError, DeliveryFailedError, DeliveryUnknownError) as error:
            log.warning("greeting_failed", guild=guild.id, reason=error.reason)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """A server has removed the tutor."""
        log.info("guild_left", guild=guild.id)
        await self._desk.forgotten(PLATFORM, str(guild.id))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel was deleted."""
        await self._left([channel], DELETED)

    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """A thread was deleted."""
        channel = Channel(PLATFORM, str(event.guild_id), str(event.thread_id))
        await self._desk.left(channel, DELETED, str(event.thread_id))

    async def on_raw_thread_update(self, event: discord.RawThreadUpdateEvent) -> None:
        """A thread was closed for good. One that only fell asleep wakes when the tutor writes again."""
        if event.data["thread_metadata"].get("locked"):
            channel = Channel(PLATFORM, str(event.guild_id), str(event.thread_id))
            await self._desk.left(channel, LOCKED, event.data["name"])

    async def on_guild_channel_update(self, before: Any, after: Any) -> None:
        """A channel's permissions may have changed."""
        if may_write(before) and not may_write(after):
            await self._left([after], SILENCED)

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """A role was renamed, which is nothing to us, or has lost permissions."""
        lost = before.permissions.value & ~after.permissions.value
        me = after.guild.me
        if lost and (after.is_default() or (me is not None and after in me.roles)):
            await self._left(silenced(after.guild), SILENCED)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """A role is gone, and with it perhaps the tutor's right to write."""
        await self._left(silenced(role.guild), SILENCED)

    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """The tutor itself has lost a role. Discord tells nothing of other members."""
        if after == after.guild.me and set(before.roles) - set(after.roles):
            await self._left(silenced(after.guild), SILENCED)

    async def _left(self, channels: Sequence[Any], reason: str) -> None:
        for channel in channels:
            place = Channel(PLATFORM, str(channel.guild.id), str(channel.id))
            log.info("channel_left", guild=channel.guild.id, channel=channel.id)
            await self._desk.left(place, reason, channel.name)

    async def _inviter(self, guild: discord.Guild, channel: Channel) -> Caller:
        """The owner stands for whoever pressed the button, which Discord does not tell."""
        locale, id = str(guild.preferred_locale), str(guild.owner_id or guild.id)
        try:
            owner = payloads.person_of(await guild.fetch_member(int(id)), MAY, locale)
        except discord.DiscordException:
            owner = Person(PLATFORM, id, id, guild.name, admin=True, locale=locale)
        return Caller(owner, channel, f"join-{guild.id}")


def may_write(channel: Any) -> bool:
    """Whether the tutor sees a channel and may write in it; yes while Discord has not said what it may."""
    if channel.guild.me is None:
        return True
    permissions = channel.permissions_for(channel.guild.me)
    return bool(permissions.view_channel and permissions.send_messages)


def silenced(guild: discord.Guild) -> list[Any]:
    """The channels for text in which the tutor may not write."""
    return [channel for channel in [*guild.text_channels, *guild.forums] if not may_write(channel)]


def first_writable(guild: discord.Guild) -> discord.TextChannel | None:
    """Where to greet: the channel for the server's own notes, else the first in which the tutor may write."""
    ordered = [guild.system_channel, *guild.text_channels]
    return next((channel for channel in ordered if channel is not None and may_write(channel)), None)
