"""As little of Discord as a benchmark needs: it sends clicks and times their first responses.

It checks nothing; what Discord accepts is the tests' business.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
import zlib
from collections.abc import Iterator
from typing import Any

from aiohttp import web

from tests.fakes.discord.world import Guild, User, World, snowflake

TOKEN = "-".join(["bench", "bot"])
CHANNEL_MESSAGE, EPHEMERAL_V2 = 4, 1 << 6 | 1 << 15

Payload = dict[str, Any]


class Stand:
    """REST and gateway for one shard, one server and one channel."""

    def __init__(self) -> None:
        self._world = World()
        self.guild: Guild = self._world.add_guild()
        self.channel = self._world.add_channel(self.guild)
        self._port = 0
        self._socket: web.WebSocketResponse | None = None
        self._compressor = zlib.compressobj()
        self._sequence = itertools.count(1)
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self._runner: web.AppRunner | None = None

    @property
    def settings(self) -> dict[str, str]:
        """The environment in which a program finds the stand."""
        return {
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_URL": f"http://127.0.0.1:{self._port}/api/v10",
            "DISCORD_GATEWAY_URL": f"ws://127.0.0.1:{self._port}/gateway",
        }

    async def start(self) -> None:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_get("/gateway", self._gateway)
        app.router.add_post("/api/v10/interactions/{id}/{token}/callback", self._callback)
        app.router.add_route("*", "/api/v10/{path:.*}", self._api)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Go away."""
        assert self._runner is not None
        await self._runner.cleanup()

    async def connected(self, sockets: int) -> None:
        """Wait until a program has connected, or with 0 until it has gone."""
        async with asyncio.timeout(60):
            while (self._socket is not None) != bool(sockets):
                await asyncio.sleep(0.02)

    async def burst(self, payloads: Iterator[Payload], number: int, waiting: int) -> list[float]:
        """Send so many clicks with so many always waiting; return the milliseconds to each first response."""
        latencies: list[float] = []
        taken = iter(range(number))

        async def person() -> None:
            for _ in taken:
                payload = next(payloads)
                done = self._waiting[payload["token"]] = asyncio.get_running_loop().create_future()
                began = time.perf_counter()
                await self._send("INTERACTION_CREATE", payload)
                await done
                latencies.append((time.perf_counter() - began) * 1000)

        await asyncio.gather(*(person() for _ in range(waiting)))
        return latencies

    def click(self, person: int, question: list[Payload], custom_id: str) -> Payload:
        """Somebody presses a button of a question in the channel."""
        user = User(person, f"Person {person % 1000}")
        id = str(snowflake())
        return {
            "id": id,
            "token": f"t{id}",
            "application_id": str(self._world.bot.id),
            "type": 3,
            "version": 1,
            "context": 0,
            "guild_id": str(self.guild.id),
            "guild": {"id": str(self.guild.id), "locale": "en-GB", "features": []},
            "channel": self.channel.payload(),
            "channel_id": str(self.channel.id),
            "member": self.guild.member(user, 0),
            "authorizing_integration_owners": {"0": str(self.guild.id)},
            "locale": "en-GB",
            "guild_locale": "en-GB",
            "entitlements": [],
            "attachment_size_limit": 10_485_760,
            "app_permissions": "0",
            "message": self._message(question),
            "data": {"component_type": 2, "custom_id": custom_id, "id": 9},
        }

    def _message(self, components: list[Payload], content: str = "") -> Payload:
        return {
            "id": str(snowflake()),
            "channel_id": str(self.channel.id),
            "author": self._world.bot.payload(),
            "content": content,
            "timestamp": "2026-11-21T09:00:00+00:00",
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "pinned": False,
            "type": 0,
            "flags": EPHEMERAL_V2,
            "components": components,
        }

    async def _callback(self, request: web.Request) -> web.Response:
        data = (await request.json())["data"]
        # Timed before the answer to the program is made: the person sees the response now.
        self._waiting.pop(request.match_info["token"]).set_result(None)
        message = self._message(data.get("components") or [], data.get("content") or "")
        interaction = {"id": request.match_info["id"], "type": 3, "response_message_id": message["id"]}
        return _json({"interaction": interaction, "resource": {"type": CHANNEL_MESSAGE, "message": message}})

    async def _api(self, request: web.Request) -> web.Response:
        bot = self._world.bot
        application = {
            "id": str(bot.id), "name": bot.name, "icon": None, "description": "", "bot_public": True,
            "bot_require_code_grant": False, "verify_key": "0" * 64, "flags": 0, "owner": bot.payload(),
        }  # fmt: skip
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        answers: dict[str, Any] = {
            "users/@me": bot.payload(),
            "oauth2/applications/@me": application,
            "gateway/bot": {
                "url": self.settings["DISCORD_GATEWAY_URL"],
                "shards": 1,
                "session_start_limit": limit,
            },
        }
        return _json(answers.get(request.match_info["path"], []))

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._compressor, self._socket = zlib.compressobj(), socket
        await self._write({"op": 10, "d": {"heartbeat_interval": 41250}})
        async for frame in socket:
            operation = json.loads(frame.data)["op"]
            if operation == 1:
                await self._write({"op": 11})
            elif operation == 2:
                await self._ready()
        self._socket = None
        return socket

    async def _ready(self) -> None:
        ready = {
            "v": 10,
            "user": self._world.bot.payload(),
            "guilds": [{"id": str(self.guild.id), "unavailable": True}],
            "session_id": "bench",
            "resume_gateway_url": self.settings["DISCORD_GATEWAY_URL"],
            "shard": [0, 1],
            "application": {"id": str(self._world.bot.id), "flags": 0},
        }
        await self._send("READY", ready)
        await self._send("GUILD_CREATE", self.guild.payload(joined_before=True))

    async def _send(self, name: str, data: Payload) -> None:
        await self._write({"op": 0, "t": name, "s": next(self._sequence), "d": data})

    async def _write(self, payload: Payload) -> None:
        assert self._socket is not None
        data = self._compressor.compress(json.dumps(payload).encode())
        await self._socket.send_bytes(data + self._compressor.flush(zlib.Z_SYNC_FLUSH))


def _json(body: Any) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), content_type="application/json")
