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
        self._sent: dict[str, set[web.WebSocketResponse]] = {}
        self._bare: set[str] = set()
        self._tickets: set[str] = set()
        self._numbers = itertools.count(1)
        self._arrived = asyncio.Event()
        self._leaving: list[asyncio.Task[None]] = []
        self._rng = random.Random(5)
        self.acked: list[str] = []
        self.most = 0
        """How many connections were open at once."""
        self.faults: list[str] = []
        """Acknowledgements that Slack does not take."""

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
        self.most = max(self.most, self.count)
        self._arrived.set()
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._heard(socket, json.loads(frame.data))
        finally:
            if socket in self._open:
                self._open.remove(socket)
        return socket

    def _heard(self, socket: web.WebSocketResponse, message: Json) -> None:
        name = str(message.get("envelope_id", ""))
        if socket not in self._sent.get(name, ()):
            self.faults.append(f"{name} was acknowledged by a connection that it did not go to")
            return
        if name in self._bare and "payload" in message:
            self.faults.append(f"{name} takes no payload")
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
            self._bare.add(name)
        socket = self._rng.choice(self._open)
        self._sent.setdefault(name, set()).add(socket)
        await socket.send_json(message)
        return name

    async def ack(self, name: str, seconds: float = 10) -> Json:
        """The payload with which an envelope was acknowledged. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            return await asyncio.shield(self._acks[name])

    async def refresh(self, reason: str = "refresh_requested", closes_in: float = 1.0) -> None:
        """Ask every connection to be replaced, as Slack does now and then, and close it a little later."""
        for socket in list(self._open):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "fake"}})
            self._leaving.append(asyncio.create_task(self._end(socket, closes_in)))

    async def _end(self, socket: web.WebSocketResponse, seconds: float) -> None:
        await asyncio.sleep(seconds)
        if socket in self._open:
            self._open.remove(socket)
        await socket.close()

    def cut(self, count: int = 1) -> int:
        """Tear connections down without a goodbye; return how many."""
        torn = self._open[:count]
        for socket in torn:
            self._open.remove(socket)
            transport = socket._req.transport if socket._req is not None else None
            if transport is not None:
                transport.abort()
        return len(torn)
