"""Discord as a platform of the tutor: connect, hear people, answer, and let go in order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence

import aiohttp
import discord
import structlog
from starlette.routing import BaseRoute

from adapters.discord.client import Client
from adapters.discord.closing import reason_of
from adapters.discord.commands import sync_commands
from adapters.discord.directs import DirectMessages
from adapters.discord.guilds import Guilds
from adapters.discord.interactions import Interactions
from adapters.discord.messenger import DiscordMessenger
from adapters.discord.pressing import pressed
from adapters.discord.shards import Shards
from bot.commands.desk import Desk
from bot.ports import UNWATCHED, AdapterError, Clock, Instruments, Shelf
from bot.settings import Settings

CONNECTING = 60.0
FINISHING = 10.0
UNREACHABLE = "Discord's gateway does not let us in: check the network, DISCORD_GATEWAY_URL and the shards."

log = structlog.get_logger(__name__)


class DiscordAdapter:
    """The Adapter for Discord."""

    platform = "discord"

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        shelf: Shelf,
        clock: Clock,
        instruments: Instruments = UNWATCHED,
    ) -> None:
        self._desk = desk
        self._token = settings["DISCORD_TOKEN"]
        self._shelf = shelf
        self._client = Client(settings, instruments)
        self.messenger = DiscordMessenger(self._client, clock)
        self._shards = Shards(self._client)
        self._interactions = Interactions(desk, clock)
        instruments.queue("answers", lambda: self._interactions.under_way)
        instruments.queue("posts", lambda: self.messenger.under_way)
        self._client.add_dynamic_items(pressed(self._interactions.press))
        self._running: asyncio.Task[None] | None = None
        self._commands_refused = False
        self._listen(Guilds(desk, self.messenger), DirectMessages(desk, self.messenger))

    def routes(self) -> Sequence[BaseRoute]:
        """None: Discord is heard over its gateway."""
        return ()

    async def start(self) -> None:
        """Log in, send the commands if they changed, and connect all shards of this process."""
        await self._client.enter(self._token)
        try:
            await self._client.prepare()
        except AdapterError:
            await self._client.close()
            raise
        await self._sync()
        self._running = asyncio.create_task(self._client.connect(), context=self._client.context())
        self._running.add_done_callback(_tell)
        await self._connected(self._running)
        if self._shards.missing():
            reason = reason_of(self._running) or UNREACHABLE
            await self.stop()
            raise AdapterError(reason)

    async def stop(self) -> None:
        """Leave the gateway, finish answers and posts that are on their way, and disconnect."""
        if self._running is None:
            return
        await self._client.leave()
        await self._interactions.finish(FINISHING)
        await self.messenger.close()
        await self._client.close()
        self._running.cancel()
        with contextlib.suppress(asyncio.CancelledError, discord.DiscordException):
            await self._running

    def trouble(self) -> str:
        """Empty while all shards are connected and the commands are known to Discord."""
        if self._running is None or self._running.done():
            return (self._running and reason_of(self._running)) or "Discord is not connected."
        if missing := self._shards.missing():
            return f"Discord is reconnecting: shards {', '.join(map(str, missing))}."
        if self._commands_refused:
            return "Discord refused the list of commands; those of an earlier version stay."
        return ""

    async def _connected(self, running: asyncio.Task[None]) -> None:
        """Wait for all shards, as long as another one opens every minute."""
        opened, connected = -1, asyncio.create_task(self._shards.connected())
        while self._shards.opened > opened and not running.done() and not connected.done():
            opened = self._shards.opened
            either = {running, connected}
            await asyncio.wait(either, timeout=CONNECTING, return_when=asyncio.FIRST_COMPLETED)
        connected.cancel()

    def _listen(self, *more: object) -> None:
        for listener in (self._shards, self._interactions, *more):
            for name in dir(listener):
                if name.startswith("on_"):
                    self._client.event(getattr(listener, name))

    async def _sync(self) -> None:
        application = self._client.application_id
        assert application is not None
        try:
            await sync_commands(self._client.http, application, self._desk.commands, self._shelf)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            self._commands_refused = True
            # The text names the command and the rule that it breaks.
            code, text = getattr(error, "code", 0), getattr(error, "text", "")[:500]
            log.error("commands_refused", error=type(error).__name__, code=code, text=text)


def _tell(running: asyncio.Task[None]) -> None:
    if reason := reason_of(running):
        log.error("gateway_closed", reason=reason)
