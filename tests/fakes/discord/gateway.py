"""The fake's gateway: hello, heartbeats, identify, resume, dispatches, and every way to lose a connection."""

from __future__ import annotations

import asyncio
import json
import zlib
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.fakes.discord.world import World, snowflake

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
GUILDS, DIRECT_MESSAGES, PRIVILEGED = 1 << 0, 1 << 12, 1 << 1 | 1 << 8 | 1 << 15
AUTHENTICATION_FAILED, INVALID_SHARD, INVALID_INTENTS, DISALLOWED_INTENTS = 4004, 4010, 4013, 4014
SYNC_FLUSH_END = zlib.Z_SYNC_FLUSH


@dataclass
class Session:
    """What the gateway remembers of a shard, also while it is away."""

    id: str
    shard: tuple[int, int]
    intents: int
    sequence: int = 0
    events: list[dict[str, Any]] = field(default_factory=list)
    connection: Connection | None = None


class Connection:
    """One WebSocket with its compression."""

    def __init__(self, socket: web.WebSocketResponse, compressed: bool) -> None:
        self.socket = socket
        self._compressor = zlib.compressobj() if compressed else None
        self.deaf = False
        self.path = ""

    async def send(self, payload: dict[str, Any]) -> None:
        """Send a payload, unless the connection is a zombie."""
        if self.deaf or self.socket.closed:
            return
        text = json.dumps(payload)
        try:
            if self._compressor is None:
                await self.socket.send_str(text)
            else:
                data = self._compressor.compress(text.encode()) + self._compressor.flush(SYNC_FLUSH_END)
                await self.socket.send_bytes(data)
        except ConnectionError:
            return  # the other side went first

    def cut(self) -> None:
        """Drop the connection without a word."""
        self.deaf = True
        if (transport := self.socket._req.transport if self.socket._req else None) is not None:
            transport.abort()


class Gateway:
    """All shards' sessions. `identified` counts new sessions, `resumes` those taken up again."""

    def __init__(self, world: World, token: str) -> None:
        self.world = world
        self.sessions: dict[str, Session] = {}
        self.identified = 0
        self.resumes = 0
        self.heartbeat_ms = 41250
        self.refuse_resume = False
        # Nobody answers there: a client that keeps to its own gateway's host does not go there to resume.
        self.resume_url = "wss://resume.invalid"
        self.resumed_at = ""
        self.compression = ""
        self.refusal = 0
        self._token = token
        self._changed = asyncio.Event()

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it ends."""
        socket = web.WebSocketResponse(autoping=True, max_msg_size=0)
        await socket.prepare(request)
        self.compression = request.query.get("compress", "")
        connection = Connection(socket, self.compression == "zlib-stream")
        connection.path = request.path
        await connection.send(
            {"op": HELLO, "d": {"heartbeat_interval": self.heartbeat_ms}, "s": None, "t": None}
        )
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT and not connection.deaf:
                    await self._hear(connection, json.loads(message.data))
        finally:
            for session in self.sessions.values():
                if session.connection is connection:
                    session.connection = None
        return socket

    async def dispatch(self, name: str, data: dict[str, Any], guild: int | None = None) -> None:
        """Send an event to the shard that it belongs to; one that is away gets it when it resumes."""
        wanted = DIRECT_MESSAGES if name == "MESSAGE_CREATE" else GUILDS
        for session in self._newest():
            shard, count = session.shard
            is_here = (guild >> 22) % count == shard if guild is not None else shard == 0
            if is_here and (session.intents & wanted or name == "INTERACTION_CREATE"):
                await self._send(session, name, data)

    async def wait_connected(self, shards: int = 1) -> None:
        """Wait until so many shards are connected."""
        async with asyncio.timeout(20):
            while sum(1 for session in self._newest() if session.connection) < shards:
                await self._changed.wait()
                self._changed.clear()

    def cut(self) -> None:
        """Cut every connection."""
        for connection in self._connections():
            connection.cut()

    def turn_zombie(self) -> None:
        """Keep every connection open, but never answer on it again."""
        for connection in self._connections():
            connection.deaf = True

    async def close_with(self, code: int) -> None:
        """Close every connection with a code."""
        for connection in self._connections():
            await connection.socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        """Ask every shard to connect anew."""
        for connection in self._connections():
            await connection.send({"op": RECONNECT, "d": None})

    async def invalidate(self) -> None:
        """End every session: shards must identify anew."""
        connections = self._connections()
        self.sessions.clear()
        for connection in connections:
            await connection.send({"op": INVALID, "d": False})

    def _connections(self) -> list[Connection]:
        return [session.connection for session in self.sessions.values() if session.connection]

    def _newest(self) -> list[Session]:
        return list({session.shard: session for session in self.sessions.values()}.values())

    async def _hear(self, connection: Connection, payload: dict[str, Any]) -> None:
        if payload["op"] == HEARTBEAT:
            await connection.send({"op": ACK})
        elif payload["op"] == IDENTIFY:
            await self._identify(connection, payload["d"])
        elif payload["op"] == RESUME:
            await self._resume(connection, payload["d"])

    async def _identify(self, connection: Connection, data: dict[str, Any]) -> None:
        shard = tuple(data.get("shard", (0, 1)))
        fault = self._fault(data, shard)
        if fault:
            await connection.socket.close(code=fault)
            return
        self.identified += 1
        session = Session(f"{snowflake():x}", (shard[0], shard[1]), data["intents"], connection=connection)
        self.sessions = {id: s for id, s in self.sessions.items() if s.shard != session.shard} | {
            session.id: session
        }
        guilds = [g for g in self.world.guilds.values() if (g.id >> 22) % shard[1] == shard[0]]
        await self._send(
            session, "READY", self._ready(session, [{"id": str(g.id), "unavailable": True} for g in guilds])
        )
        for guild in guilds:
            await self._send(session, "GUILD_CREATE", guild.payload(joined_before=True))

    async def _resume(self, connection: Connection, data: dict[str, Any]) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None or self.refuse_resume or data["token"] != self._token:
            await connection.send({"op": INVALID, "d": False})
            return
        self.resumes += 1
        self.resumed_at = connection.path
        session.connection = connection
        for event in [event for event in session.events if event["s"] > data["seq"]]:
            await connection.send(event)
        await self._send(session, "RESUMED", {"_trace": []})

    def _fault(self, data: dict[str, Any], shard: tuple[int, ...]) -> int:
        if self.refusal:
            return self.refusal
        if data["token"] != self._token:
            return AUTHENTICATION_FAILED
        if not 0 <= shard[0] < shard[1]:
            return INVALID_SHARD
        if not isinstance(data.get("intents"), int):
            return INVALID_INTENTS
        return DISALLOWED_INTENTS if data["intents"] & PRIVILEGED else 0

    def _ready(self, session: Session, guilds: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "v": 10,
            "user": self.world.bot.payload(),
            "guilds": guilds,
            "session_id": session.id,
            "resume_gateway_url": self.resume_url,
            "shard": list(session.shard),
            "application": {"id": str(self.world.bot.id), "flags": 0},
        }

    async def _send(self, session: Session, name: str, data: dict[str, Any]) -> None:
        session.sequence += 1
        event = {"op": DISPATCH, "t": name, "s": session.sequence, "d": data}
        session.events.append(event)
        self._changed.set()
        if session.connection:
            await session.connection.send(event)

    async def close(self) -> None:
        """End every connection as Discord does when it goes down."""
        for connection in self._connections():
            await connection.socket.close(code=WSCloseCode.GOING_AWAY)
