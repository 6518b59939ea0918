"""The real program as a process of its own, on a folder that outlives it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]


class RealProgram:
    """`cloudlark run` with the local chat. It may be killed and started again on the same folder."""

    def __init__(self, folder: Path, content: Path, **settings: str) -> None:
        self.folder = folder
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.settings = {
            "CLOUDLARK_DATA": str(folder),
            "CLOUDLARK_DATABASE_URL": f"sqlite:///{folder / 'cloudlark.db'}",
            "CLOUDLARK_CONTENT": str(content),
            "CLOUDLARK_PORT": str(self.port),
            **settings,
        }
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it and wait until it is ready."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("CLOUDLARK_", "SLACK_", "DISCORD_"))}
        with (self.folder / "log.txt").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run",
                cwd=ROOT, env={**kept, **self.settings}, stdout=log, stderr=log,
            )  # fmt: skip
        async with asyncio.timeout(30), httpx.AsyncClient() as http:
            while not await self._ready(http):
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """End it with SIGKILL, in the middle of whatever it does."""
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """End it as an operator would; return the exit code."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 20)

    async def _ready(self, http: httpx.AsyncClient) -> bool:
        assert self.process is not None
        assert self.process.returncode is None, (self.folder / "log.txt").read_text()
        try:
            return (await http.get(f"{self.address}/readyz")).status_code == 200
        except httpx.TransportError:
            return False


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
