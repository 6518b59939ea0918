"""The local chat on a port of its own, with the fake desk and a shelf in memory.

As a program, `python -m tests.fakes.web_program FOLDER PORT`, it prints its port and runs until it is killed.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from adapters.web import WebAdapter
from bot.settings import read
from tests.fakes.web_desk import FakeDesk


class MemoryShelf:
    """Implements `bot.ports.Shelf` for as long as it lives."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}

    async def get(self, namespace: str, key: str) -> bytes | None:
        return self.kept.get((namespace, key))

    async def put(
        self, namespace: str, key: str, value: bytes, *, expires_at: dt.datetime | None = None
    ) -> None:
        self.kept[namespace, key] = value

    async def take(self, namespace: str, key: str) -> bytes | None:
        return self.kept.pop((namespace, key), None)

    async def keys(self, namespace: str, prefix: str = "") -> list[str]:
        return sorted(key for space, key in self.kept if space == namespace and key.startswith(prefix))


class WallClock:
    """The real time."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)


class WebProgram:
    """A running local chat. `stop` and `start` restart it on the same folder and port."""

    def __init__(self, folder: Path, **settings: str) -> None:
        given = {"CLOUDLARK_DATA": str(folder), **settings}
        self.settings = read(given, env_file=None)
        self.desk = FakeDesk()
        self.shelf = MemoryShelf()
        self.port = 0

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Listen and open the chat."""
        self.adapter = WebAdapter(self.desk, self.settings, self.shelf, WallClock())
        await self.adapter.start()
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(
            Starlette(routes=list(self.adapter.routes())),
            log_config=None,
            ws="websockets-sansio",
            lifespan="off",
        )
        self._server = uvicorn.Server(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
        async with asyncio.timeout(10):
            while not self._server.started:
                await asyncio.sleep(0.01)

    async def stop(self) -> None:
        """Close the chat and stop listening."""
        await self.adapter.stop()
        self._server.should_exit = True
        await self._task


async def _main(folder: str, port: str) -> None:
    program = WebProgram(Path(folder))
    program.port = int(port)
    await program.start()
    print(program.port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
