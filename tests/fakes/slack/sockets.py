"""Socket Mode over a real WebSocket: hello, envelopes, acknowledgements, disconnects and cuts."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.slack.world import Json


class Sockets:
    """The connections of the program. Envelopes go to any of them, as Slack's do."""

    def __init__(self) -> None:
        self._open: list[web.WebSocketResponse] = []
        self._acks: dict[str, asyncio.Future[Json]] = {}
        self._tickets: set[str] = set()
        self._numbers = itertools.count(1)
        self._arrived = asyncio.Event()
        self._rng = random.Random(5)
        self.acked: list[str] = []
        self.faults: list[str] = []

    @property
    def count(self) -> int:
        """How many connections are open."""
        return len(self._open)

    def ticket(self) -> str:
        """What apps.connections.open gives out; it works once."""
        ticket = f"ticket-{next(self._numbers)}"
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection from hello to its end."""
        if request.query.get("ticket") not in self._tickets:
            raise web.HTTPForbidden
        self._tickets.discard(request.query["ticket"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json(
            {"type": "hello", "num_connections": self.count + 1, "connection_info": {"app_id": "A1"}}
        )
        self._open.append(socket)
        self._arrived.set()
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._heard(json.loads(frame.data))
        finally:
            if socket in self._open:
                self._open.remove(socket)
        return socket

    def _heard(self, message: Json) -> None:
        name = str(message.get("envelope_id", ""))
        self.acked.append(name)
        waiting = self._acks.get(name)
        if waiting is not None and not waiting.done():
            waiting.set_result(message.get("payload") or {})

    async def wait_open(self, count: int = 1, seconds: float = 20) -> None:
        """Wait until so many connections are open."""
        async with asyncio.timeout(seconds):
            while self.count < count:
                self._arrived.clear()
                await self._arrived.wait()

    async def send(self, kind: str, payload: Json, *, envelope: str = "", retry: int = 0) -> str:
        """Send an envelope by any connection; return its id."""
        await self.wait_open()
        name = envelope or f"E{next(self._numbers)}"
        self._acks.setdefault(name, asyncio.get_running_loop().create_future())
        message: dict[str, Any] = {
            "envelope_id": name,
            "type": kind,
            "accepts_response_payload": kind in ("slash_commands", "interactive"),
            "payload": payload,
        }
        if kind == "events_api":
            message |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        await self._rng.choice(self._open).send_json(message)
        return name

    async def ack(self, name: str, seconds: float = 10) -> Json:
        """The payload with which an envelope was acknowledged. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            return await asyncio.shield(self._acks[name])

    async def refresh(self) -> None:
        """Ask every connection to be replaced, as Slack does now and then."""
        for socket in list(self._open):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})

    def cut(self, count: int = 1) -> int:
        """Tear connections down without a goodbye; return how many."""
        torn = self._open[:count]
        for socket in torn:
            self._open.remove(socket)
            transport = socket._req.transport if socket._req is not None else None
            if transport is not None:
                transport.abort()
        return len(torn)
