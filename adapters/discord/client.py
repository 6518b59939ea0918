"""The connection to Discord: discord.py's sharded client with our settings, intents and addresses."""

from __future__ import annotations

import contextvars
import logging
from typing import Any

import aiohttp
import discord
from discord.state import AutoShardedConnectionState
from discord.webhook.async_ import async_context

from adapters.discord.addresses import AddressedHTTP, AddressedWebhooks
from adapters.discord.compression import use_zlib
from adapters.discord.parsing import careful, telling_joins
from adapters.discord.tracing import watched
from adapters.discord.waiting import LONGEST
from bot.ports import UNWATCHED, AdapterError, Instruments
from bot.settings import Settings

# Servers with their channels, roles and threads, and direct messages. None of them is privileged, and
# messages in servers are not asked for: the tutor never hears what people talk about.
INTENTS = discord.Intents(guilds=True, dm_messages=True)

REFUSED = "Discord refuses DISCORD_TOKEN: copy the token again from the Bot page of your application."
UNREACHABLE = "Discord cannot be reached ({error}): check the network and DISCORD_API_URL."
NO_STARTS = (
    "Discord allows {left} more session starts for the next {hours:.0f} hours, and {needed} are needed: wait, "
    "and find out what restarts so often. With none left it would take the token away."
)

discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False


class Client(discord.AutoShardedClient):
    """One bot's connection. It keeps no messages and no members but itself."""

    def __init__(self, settings: Settings, instruments: Instruments = UNWATCHED) -> None:
        use_zlib()
        self._trace = watched(instruments)
        self._api = settings["DISCORD_API_URL"]
        self._gateway = settings["DISCORD_GATEWAY_URL"]
        ids, count = shards_of(settings)
        # The library logs whole payloads when it debugs: names, texts and tokens.
        logging.getLogger("discord").setLevel(logging.WARNING)
        super().__init__(
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            # Nothing here waits for all servers to be known, and joins count from the first moment.
            guild_ready_timeout=0.0,
            shard_count=count,
        )
        self.shard_ids = ids or None

    def _get_state(self, **options: Any) -> AutoShardedConnectionState[Any]:
        # The state keeps the client's HTTP layer, so ours is put in place before the state is made.
        self.http = AddressedHTTP(self.loop, api=self._api, gateway=self._gateway, trace=self._trace)
        self.http.max_ratelimit_timeout = LONGEST
        state = super()._get_state(**options)
        state.parsers = careful(telling_joins(state.parsers, state._get_guild))
        return state

    async def enter(self, token: str) -> None:
        """Log in, without listening yet. Raises AdapterError."""
        try:
            await self.login(token)
        except discord.LoginFailure as error:
            await self.close()
            raise AdapterError(REFUSED) from error
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            await self.close()
            raise AdapterError(UNREACHABLE.format(error=type(error).__name__)) from error

    async def prepare(self) -> None:
        """Ask Discord for its gateway, for the number of shards where none is set, and whether it allows to
        start them. Raises AdapterError."""
        try:
            advised, _, limit = await self.http.get_bot_gateway()
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            raise AdapterError(UNREACHABLE.format(error=type(error).__name__)) from error
        self.shard_count = self.shard_count or advised
        left, needed = limit["remaining"], len(self.shard_ids or range(self.shard_count))
        if left < needed:
            hours = limit["reset_after"] / 3_600_000
            raise AdapterError(NO_STARTS.format(left=left, hours=hours, needed=needed))

    def context(self) -> contextvars.Context:
        """The context in which this client must run, so that its answers take its own address."""
        context = contextvars.copy_context()
        context.run(async_context.set, AddressedWebhooks(self._api))
        return context

    async def leave(self) -> None:
        """Stop listening to all shards. Answers can still be sent."""
        for shard in self.shards.values():
            await shard.disconnect()


def shards_of(settings: Settings) -> tuple[list[int], int | None]:
    """This process's shards, empty for all of them, and the number of all shards; None leaves that to
    Discord. Raises AdapterError."""
    names, total = settings.names("DISCORD_SHARD_IDS"), settings["DISCORD_SHARD_COUNT"]
    try:
        ids, count = [int(name) for name in names], int(total) if total else None
    except ValueError as error:
        raise AdapterError(
            "DISCORD_SHARD_IDS and DISCORD_SHARD_COUNT take whole numbers, as in 0,1 and 4."
        ) from error
    if ids and count is None:
        raise AdapterError("DISCORD_SHARD_IDS needs DISCORD_SHARD_COUNT, the number of all shards.")
    if count is not None and not all(0 <= id < count for id in ids):
        raise AdapterError(f"DISCORD_SHARD_IDS must lie between 0 and {count - 1}.")
    return ids, count
