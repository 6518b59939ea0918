"""The local chat before a browser that sends whatever it likes, without a network between."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message

from adapters.web import WebAdapter
from bot.http import application
from bot.metrics import Metrics
from bot.metrics_page import metrics_routes
from bot.settings import read
from tests.fakes.web_program import MemoryShelf
from tests.fuzz.overhearing import NAME
from tests.support.world import World

HOST = b"127.0.0.1:8765"
ORIGIN = (b"origin", b"http://127.0.0.1:8765")
Headers = Iterable[tuple[bytes, bytes]]


class Browser:
    """Somebody at the chat, in the name that no log may hold."""

    def __init__(self, app: ASGIApp, adapter: WebAdapter) -> None:
        self.app = app
        self.adapter = adapter
        self.person: dict[str, Any] = {}
        self.cookie = b""

    async def request(
        self, method: str, path: bytes, body: bytes = b"", headers: Headers = (), query: bytes = b""
    ) -> tuple[int, dict[bytes, bytes], bytes]:
        """The status, headers and body of an answer."""
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(_scope("http", method, path, query, headers), receive, send)
        start = sent[0]
        return start["status"], dict(start["headers"]), b"".join(part.get("body", b"") for part in sent[1:])

    async def enter(self, name: str = NAME) -> None:
        """Come in at the door and keep the cookie."""
        status, headers, body = await self.request(
            "POST", b"/chat/enter", json.dumps({"name": name}).encode(), [ORIGIN]
        )
        assert status == 200, body
        self.person, self.cookie = json.loads(body), headers[b"set-cookie"].partition(b";")[0]

    async def speak(self, frames: Iterable[Any], headers: Headers | None = None) -> list[Any]:
        """Everything that comes back over the socket after a hello and these frames: texts, bytes or objects."""
        waiting: asyncio.Queue[Message] = asyncio.Queue()
        waiting.put_nowait({"type": "websocket.connect"})
        for frame in frames:
            text = frame if isinstance(frame, str | bytes) else json.dumps(frame)
            kind = "bytes" if isinstance(text, bytes) else "text"
            waiting.put_nowait({"type": "websocket.receive", kind: text})
        heard: list[Message] = []
        given = [ORIGIN, (b"cookie", self.cookie)] if headers is None else headers
        scope = _scope("websocket", "GET", b"/chat/live", b"as=" + self.person["id"].encode(), given)

        async def send(message: Message) -> None:
            heard.append(message)

        hungry = asyncio.Event()

        async def receive() -> Message:
            if waiting.empty():
                hungry.set()
            return await waiting.get()

        live = asyncio.ensure_future(self.app(scope, receive, send))
        await self._settled(live, hungry)
        waiting.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await live
        return [json.loads(message["text"]) for message in heard if message["type"] == "websocket.send"]

    async def _settled(self, live: asyncio.Future[None], hungry: asyncio.Event) -> None:
        """Until all frames are taken and what they asked for is done, or the line is closed."""
        asked = asyncio.ensure_future(hungry.wait())
        async with asyncio.timeout(20):
            await asyncio.wait({live, asked}, return_when=asyncio.FIRST_COMPLETED)
            asked.cancel()
            while self.adapter._sessions.under_way:
                await asyncio.sleep(0.001)
        for _ in range(9):
            await asyncio.sleep(0)


def _scope(kind: str, method: str, path: bytes, query: bytes, headers: Headers) -> dict[str, Any]:
    named = list(headers)
    if not any(name == b"host" for name, _ in named):
        named.append((b"host", HOST))
    shown = path.decode("utf-8", "surrogateescape")
    return {
        "type": kind, "method": method, "path": shown, "raw_path": path, "query_string": query, "headers": named,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8765), "scheme": "http" if kind == "http" else "ws",
        "http_version": "1.1", "subprotocols": [], "root_path": "", "extensions": {},
    }  # fmt: skip


async def _nothing() -> None:
    return None


@asynccontextmanager
async def browsing(folder: Path, world: World, **settings: str) -> AsyncIterator[Browser]:
    """A chat with the whole tutor behind it, and somebody who has entered."""
    given = read({"CLOUDLARK_DATA": str(folder), **settings}, None)
    adapter = WebAdapter(world.desk, given, MemoryShelf(), world.clock)
    await adapter.start()
    routes = [*adapter.routes(), *metrics_routes(given, Metrics(), _nothing)]
    browser = Browser(application(routes, adapter.trouble), adapter)
    try:
        if "CLOUDLARK_WEB_PASSWORD" not in settings:
            await browser.enter()
        yield browser
    finally:
        await adapter.stop()
