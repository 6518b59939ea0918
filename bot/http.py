"""The program's one HTTP server: health, and the routes of its adapters."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.metrics import Metrics

Probe = Callable[[], str]
FAILED = "Something went wrong on this side. Please try again in a moment."
"""What a program or a page hears before anybody knows who asks: English."""


class PortError(Exception):
    """The address cannot be listened on. The message is one sentence that says what to do."""


def application(routes: Sequence[BaseRoute], trouble: Probe, metrics: Metrics | None = None) -> ASGIApp:
    """The ASGI application. `trouble` returns a sentence while the program is not ready, else nothing."""

    async def healthz(request: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def readyz(request: Request) -> Response:
        problem = trouble()
        return JSONResponse({"status": problem or "ready"}, status_code=503 if problem else 200)

    async def failed(request: Request, error: Exception) -> Response:
        return JSONResponse({"error": FAILED}, status_code=500)

    everything = [Route("/healthz", healthz), Route("/readyz", readyz), *routes]
    return _Counted(
        Starlette(routes=everything, exception_handlers={Exception: failed}), everything, metrics or Metrics()
    )


class _Counted:
    """Counts HTTP requests by the pattern of their route; whatever no route knows is one more."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute], metrics: Metrics) -> None:
        self._app = app
        self._patterns = {route.endpoint: route.path for route in routes if isinstance(route, Route)}
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            endpoint = scope.get("endpoint")
            route = self._patterns.get(endpoint, "unknown") if endpoint else "unknown"
            self._metrics.served(route, status, time.perf_counter() - began)


class _Served(uvicorn.Server):
    """Tells when it listens, and leaves signals to the program."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Server:
    """Serves an application on one address from `start` to `stop`."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self._host, self._port = host, port
        config = uvicorn.Config(app, log_config=None, access_log=False, ws="websockets-sansio", ws_max_size=1 << 20,
                                timeout_graceful_shutdown=3, lifespan="off")  # fmt: skip
        self._server = _Served(config)
        self._task: asyncio.Task[None] | None = None
        self.address = ""

    async def start(self) -> None:
        """Listen. Raises PortError when the address is taken or not allowed."""
        listener = listener_on(self._host, self._port)
        host, port = listener.getsockname()[:2]
        self.address = f"http://{'[' + host + ']' if ':' in host else host}:{port}"
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
        await self._server.listening.wait()

    async def stop(self) -> None:
        """Answer what has been asked and stop listening."""
        self._server.should_exit = True
        if self._task is not None:
            await self._task


def listener_on(host: str, port: int) -> socket.socket:
    """A socket bound to an address. Raises PortError when it is taken or not allowed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except (OSError, UnicodeError, TypeError) as error:
        listener.close()
        cause = error.strerror if isinstance(error, OSError) else "no host has such a name"
        raise PortError(
            f"Cannot listen on {host}:{port} ({cause}): stop what uses it, or set CLOUDLARK_PORT to another port."
        ) from error
    return listener
