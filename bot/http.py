"""The program's one HTTP server: health, and the routes of its adapters."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

Probe = Callable[[], str]


class PortError(Exception):
    """The address cannot be listened on. The message is one sentence that says what to do."""


def application(routes: Sequence[BaseRoute], trouble: Probe) -> Starlette:
    """The ASGI application. `trouble` returns a sentence while the program is not ready, else nothing."""

    async def healthz(request: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def readyz(request: Request) -> Response:
        problem = trouble()
        return JSONResponse({"status": problem or "ready"}, status_code=503 if problem else 200)

    return Starlette(routes=[Route("/healthz", healthz), Route("/readyz", readyz), *routes])


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

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        self._host, self._port = host, port
        config = uvicorn.Config(app, log_config=None, access_log=False, ws="websockets-sansio", ws_max_size=1 << 20,
                                timeout_graceful_shutdown=3, lifespan="off")  # fmt: skip
        self._server = _Served(config)
        self._task: asyncio.Task[None] | None = None
        self.address = ""

    async def start(self) -> None:
        """Listen. Raises PortError when the address is taken or not allowed."""
        listener = _listen(self._host, self._port)
        host, port = listener.getsockname()[:2]
        self.address = f"http://{'[' + host + ']' if ':' in host else host}:{port}"
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
        await self._server.listening.wait()

    async def stop(self) -> None:
        """Answer what has been asked and stop listening."""
        self._server.should_exit = True
        if self._task is not None:
            await self._task


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortError(
            f"Cannot listen on {host}:{port} ({error.strerror}): stop what uses it, or set CLOUDLARK_PORT to another port."
        ) from error
    return listener
