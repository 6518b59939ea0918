"""The fake Discord: one HTTP server on the loopback with the REST API, the gateway, and people."""

from __future__ import annotations

from typing import Any, Self

from aiohttp import web

from tests.fakes.discord.attachments import Attachment
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.interactions import Interactions
from tests.fakes.discord.people import Person
from tests.fakes.discord.rest import Rest
from tests.fakes.discord.world import Channel, Guild, World

# Looks like no token on purpose.
TOKEN = "fake-" + "bot-" + "token"


class FakeDiscord:
    """A Discord that keeps to the documentation. Use it as an async context manager."""

    def __init__(self, *, shards: int = 1, patience: float = 3.0) -> None:
        self.world = World()
        self.gateway = Gateway(self.world, TOKEN)
        self.rest = Rest(self.world, TOKEN, self.gateway.dispatch)
        self.rest.shards = shards
        self.interactions = Interactions(self.rest)
        self.patience = patience
        self._runner: web.AppRunner | None = None
        self.port = 0
        self._attachments: dict[str, Attachment] = {}

    @property
    def settings(self) -> dict[str, str]:
        """The settings that lead a program here."""
        return {
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_URL": f"http://127.0.0.1:{self.port}/api/v10",
            "DISCORD_GATEWAY_URL": f"ws://127.0.0.1:{self.port}/gateway",
        }

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=50 * 2**20)
        app.add_routes([*self.rest.routes(), *self.interactions.routes()])
        app.router.add_get("/gateway", self.gateway.connect)
        app.router.add_get("/resume", self.gateway.connect)
        app.router.add_get("/attachments/{id}", self._attachment)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        # A proxy in front of Discord would still be told Discord's own address.
        self.rest.gateway_url = "wss://gateway.invalid"
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def keep(self, file: Attachment) -> dict[str, Any]:
        """Keep a file that somebody hands in with a form; return how Discord describes it."""
        self._attachments[file.id] = file
        address = f"http://127.0.0.1:{self.port}/attachments/{file.id}"
        return {
            "id": file.id,
            "filename": file.name,
            "size": len(file.data),
            "url": address,
            "proxy_url": address,
        }

    async def _attachment(self, request: web.Request) -> web.Response:
        file = self._attachments.get(request.match_info["id"])
        return web.Response(body=file.data) if file else web.Response(status=404)

    def person(
        self, name: str = "Ada Learner", *, permissions: int = 0, brought_along: bool = False
    ) -> Person:
        """Somebody new."""
        return Person(self, self.world.add_user(name), permissions, brought_along)

    async def invite(self, name: str = "New team", *channels: str) -> Guild:
        """A server invites the bot while it is connected."""
        guild = self.world.add_guild(name)
        for channel in channels:
            self.world.add_channel(guild, channel)
        await self.gateway.dispatch("GUILD_CREATE", guild.payload(joined_before=False), guild.id)
        return guild

    async def remove(self, guild: Guild) -> None:
        """A server removes the bot."""
        del self.world.guilds[guild.id]
        await self.gateway.dispatch("GUILD_DELETE", {"id": str(guild.id)}, guild.id)

    async def delete(self, channel: Channel) -> None:
        """Somebody deletes a channel or a thread."""
        del self.world.channels[channel.id]
        assert channel.guild is not None
        channel.guild.channels.pop(channel.id, None)
        name = "THREAD_DELETE" if channel.parent else "CHANNEL_DELETE"
        await self.gateway.dispatch(name, channel.payload(), channel.guild.id)

    async def deny(self, channel: Channel, permissions: int) -> None:
        """An admin takes permissions away from the bot in a channel."""
        channel.denied |= permissions
        assert channel.guild is not None
        await self.gateway.dispatch("CHANNEL_UPDATE", channel.payload(), channel.guild.id)

    async def change_role(self, guild: Guild, permissions: int, name: str = "Cloudlark") -> None:
        """An admin changes or renames the bot's role."""
        guild.permissions = permissions
        role = guild.role(guild.role_id, name, permissions)
        await self.gateway.dispatch("GUILD_ROLE_UPDATE", {"guild_id": str(guild.id), "role": role}, guild.id)

    async def change_thread(self, thread: Channel, *, archived: bool, locked: bool) -> None:
        """A thread falls asleep, or a moderator locks it."""
        thread.archived, thread.locked = archived, locked
        assert thread.guild is not None
        await self.gateway.dispatch("THREAD_UPDATE", thread.payload(), thread.guild.id)

    def posts_in(self, channel: Channel) -> list[dict[str, Any]]:
        """The messages that stand in a channel, in order."""
        return [channel.messages[id] for id in sorted(channel.messages)]
