"""The tutor speaks first on Discord: posts, edits, threads and direct messages, each exactly once.

Discord drops a message whose nonce it has seen in the last minutes. For the time after that, a message's
frame bears a mark of its nonce, which `find` looks for in the channel's history.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator

import aiohttp
import discord
import structlog

from adapters.discord import faults, history, places, sending
from adapters.discord.client import Client
from adapters.discord.places import Kind
from adapters.discord.render import title_of
from adapters.discord.view import marker
from bot.messages import DeliveryFailedError, DeliveryUnknownError, Message
from bot.model.people import Channel, MessageRef, Person
from bot.ports import Clock

LANES = 40
PATIENCE = 90.0
CLOSING = 10.0
# How long enforce_nonce is relied on. Discord says "the past few minutes".
NONCE_WINDOW = dt.timedelta(minutes=3)

log = structlog.get_logger(__name__)


class DiscordMessenger:
    """The Messenger for Discord. At most 40 requests are under way at once; the library keeps the limits
    of Discord's buckets. Editing a message that somebody has deleted does nothing."""

    platform = "discord"

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._places = places.Places(client)
        self._lanes = asyncio.Semaphore(LANES)
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def under_way(self) -> int:
        """How many requests wait for Discord or for their turn."""
        return self._under_way

    async def post(
        self, channel: Channel, message: Message, *, nonce: str, thread: MessageRef | None = None
    ) -> MessageRef:
        """Post to a channel or forum, or into the thread below `thread`; where no thread can be, as a
        reply in the channel."""
        async with self._lane():
            if thread is not None:
                return MessageRef(channel, await self._post_below(thread, message, nonce))
            found = await self._places.look_up(channel)
            if places.kind_of(found) is Kind.FORUM:
                return MessageRef(channel, await sending.post_in_forum(self._client, found, message, nonce))
            return MessageRef(channel, await sending.send(self._client, int(channel.id), message, nonce))

    async def edit(self, ref: MessageRef, message: Message) -> None:
        """Replace a message that the tutor posted."""
        async with self._lane():
            try:
                _, place = await self._place(ref)
                await sending.replace(self._client, place, ref.id, message)
            except discord.NotFound as error:
                if error.code != faults.UNKNOWN_MESSAGE:
                    raise
                log.info("edited_message_was_deleted", channel=ref.channel.id, message=ref.id)

    async def direct(self, person: Person, message: Message, *, nonce: str) -> MessageRef:
        """Write to one person."""
        async with self._lane():
            opened = await self._client.create_dm(discord.Object(int(person.id)))
            channel = Channel(self.platform, person.community, str(opened.id))
            return MessageRef(channel, await sending.send(self._client, opened.id, message, nonce))

    async def find(self, channel: Channel, nonce: str, since: dt.datetime) -> MessageRef | None:
        """The message of a nonce in the channel's history since then. Where the tutor may not read, the
        answer is None for as long as Discord itself still drops a repeated nonce."""
        found = places.cached(self._client, channel)
        if places.readable(self._client, found):
            async with self._lane():
                id = await history.find_marked(self._client, found, marker(nonce), since)
            return None if id is None else MessageRef(channel, id)
        if self._clock.now() - since < NONCE_WINDOW:
            return None
        raise DeliveryUnknownError("the history of the channel may not be read")

    async def close(self) -> None:
        """Finish what is on its way, for at most ten seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSING):
                await self._idle.wait()

    async def _post_below(self, ref: MessageRef, message: Message, nonce: str) -> str:
        kind, place = await self._place(ref)
        if kind is Kind.FORUM:
            return await sending.send(self._client, place, message, nonce)
        if kind is Kind.TEXT:
            try:
                return await self._post_in_thread(ref, message, nonce)
            except discord.HTTPException as error:
                if not faults.has_no_thread(error):
                    raise
                log.info("no_thread", channel=ref.channel.id, code=error.code)
        return await sending.reply(self._client, place, message, nonce, ref.id)

    async def _post_in_thread(self, ref: MessageRef, message: Message, nonce: str) -> str:
        fresh = await sending.open_thread(self._client, int(ref.channel.id), ref.id, title_of(message))
        if not fresh:
            # The thread may be there because an earlier attempt got this far, or further.
            since = discord.utils.snowflake_time(int(ref.id))
            if found := await history.find_in(self._client, int(ref.id), marker(nonce), since):
                return found
        return await sending.send(self._client, int(ref.id), message, nonce)

    async def _place(self, ref: MessageRef) -> tuple[Kind, int]:
        kind = places.kind_of(await self._places.look_up(ref.channel))
        return kind, places.standing_in(kind, int(ref.channel.id), int(ref.id))

    @contextlib.asynccontextmanager
    async def _lane(self) -> AsyncIterator[None]:
        """A turn at Discord, whose errors become the messenger's."""
        self._under_way += 1
        self._idle.clear()
        try:
            async with self._lanes, asyncio.timeout(PATIENCE):
                if self._client.user is None or self._client.is_closed():
                    raise DeliveryFailedError("Discord is not connected", 5.0)
                yield
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            raise faults.fault_of(error) from error
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()
