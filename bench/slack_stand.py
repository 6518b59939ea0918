"""As little of Slack as a benchmark needs: it sends clicks, times their acknowledgements, and takes all replies.

It checks nothing; what Slack accepts is the tests' business.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web

BOT_TOKEN = "-".join(["xoxb", "1", "bench"])
APP_TOKEN = "-".join(["xapp", "1", "bench"])
SECRET = "b" * 32
FORM = "application/x-www-form-urlencoded"

Payload = dict[str, Any]


class Stand:
    """The server. `replies` counts what was sent to response URLs."""

    def __init__(self) -> None:
        self.replies = 0
        self.target = ""
        self._port = 0
        self._sockets: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self._numbers = itertools.count(1)
        self._changed = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._http: aiohttp.ClientSession | None = None

    @property
    def settings(self) -> dict[str, str]:
        """The environment in which a program finds the stand."""
        way = {"SLACK_SIGNING_SECRET": SECRET} if self.target else {"SLACK_APP_TOKEN": APP_TOKEN}
        return {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_API_URL": f"http://127.0.0.1:{self._port}/api/", **way}

    async def start(self) -> None:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/socket", self._socket)
        app.router.add_post("/respond", self._respond)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]
        self._http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))

    async def stop(self) -> None:
        """Go away."""
        assert self._http is not None
        assert self._runner is not None
        await self._http.close()
        await self._runner.cleanup()

    async def connected(self, sockets: int) -> None:
        """Wait until a program has connected with so many sockets; none is after it has gone."""
        async with asyncio.timeout(60):
            while len(self._sockets) != sockets:
                self._changed.clear()
                await self._changed.wait()

    async def ready(self, port: int) -> None:
        """Wait until a program that is reached over HTTP says that it is ready."""
        assert self._http is not None
        for _ in range(600):
            with suppress(aiohttp.ClientError):
                async with self._http.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.1)
        raise RuntimeError("the program did not start")

    async def burst(self, payloads: Iterator[Payload], number: int, waiting: int) -> list[float]:
        """Send this many payloads with so many always waiting; return the milliseconds to each ack."""
        send: Callable[[Payload], Any] = self._by_http if self.target else self._by_socket
        latencies: list[float] = []
        taken = iter(range(number))

        async def person() -> None:
            for _ in taken:
                payload = next(payloads)
                began = time.perf_counter()
                await send(payload)
                latencies.append((time.perf_counter() - began) * 1000)

        await asyncio.gather(*(person() for _ in range(waiting)))
        return latencies

    async def _by_socket(self, payload: Payload) -> None:
        name = f"E{next(self._numbers)}"
        done = self._waiting[name] = asyncio.get_running_loop().create_future()
        envelope = {"envelope_id": name, "type": "interactive", "payload": payload}
        socket = self._sockets[hash(name) % len(self._sockets)]
        await socket.send_str(json.dumps(envelope | {"accepts_response_payload": True}))
        await done

    async def _by_http(self, payload: Payload) -> None:
        body = urlencode({"payload": json.dumps(payload)})
        at = str(int(time.time()))
        mac = hmac.new(SECRET.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {"Content-Type": FORM, "x-slack-request-timestamp": at, "x-slack-signature": f"v0={mac}"}
        assert self._http is not None
        async with self._http.post(self.target, data=body, headers=headers) as answer:
            assert answer.status == 200, await answer.text()

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello"})
        self._sockets.append(socket)
        self._changed.set()
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    name = json.loads(frame.data)["envelope_id"]
                    self._waiting.pop(name).set_result(None)
        finally:
            self._sockets.remove(socket)
            self._changed.set()
        return socket

    async def _respond(self, request: web.Request) -> web.Response:
        await request.read()
        self.replies += 1
        return web.Response(text="ok")

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        user = request.query.get("user", "U0")
        answers: dict[str, Payload] = {
            "auth.test": {"team_id": "T1", "user_id": "UBOT", "bot_id": "BBOT"},
            "apps.connections.open": {"url": f"ws://127.0.0.1:{self._port}/socket"},
            "users.info": {"user": {"id": user, "name": user.lower(), "tz": "UTC", "team_id": "T1"}},
        }
        return web.json_response({"ok": True} | answers.get(method, {"ts": "1.1", "channel": "C1"}))

    def click(self, user: str, action: str) -> Payload:
        """Somebody presses a button."""
        return {
            "type": "block_actions",
            "user": {"id": user, "username": user.lower(), "team_id": "T1"},
            "api_app_id": "A1",
            "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1", "is_ephemeral": False},
            "trigger_id": f"{next(self._numbers)}.1",
            "team": {"id": "T1", "domain": "example"},
            "channel": {"id": "C1", "name": "general"},
            "message": {"type": "message", "ts": "1.1", "text": "Which one?"},
            "state": {"values": {}},
            "response_url": f"http://127.0.0.1:{self._port}/respond",
            "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": "x"}],
        }
