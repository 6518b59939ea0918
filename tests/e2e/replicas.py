"""The real program in several processes on one database, each of which may be killed and started again."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
import time
from pathlib import Path

import httpx

from tests.bank.authored import Authored, question
from tests.e2e.balanced import BalancedSlack

ROOT = Path(__file__).parents[2]
START_SECONDS = 90


class Replica:
    """`cloudlark run` over HTTP in a folder of its own, on a database that others share."""

    def __init__(self, folder: Path, database: str, content: Path, slack: BalancedSlack) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.port = _free_port()
        self.process: asyncio.subprocess.Process | None = None
        self._log = folder / "log.txt"
        self._environment = {
            "CLOUDLARK_WEB": "off",
            "CLOUDLARK_DATA": str(folder),
            "CLOUDLARK_DATABASE_URL": database,
            "CLOUDLARK_CONTENT": str(content),
            "CLOUDLARK_PORT": str(self.port),
            "CLOUDLARK_PERSON_ACTIONS": "0",
            "CLOUDLARK_LOG_LEVEL": "debug",
            **slack.settings,
        }
        slack.targets.append(f"http://127.0.0.1:{self.port}/slack/events")

    @property
    def log(self) -> str:
        """What it has logged so far."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def refusals(self) -> int:
        """How many clicks it has answered with a word instead of taking them."""
        outcomes = re.findall(r"request_done .*kind=click outcome=(\w+)", self.log)
        return sum(outcome != "done" for outcome in outcomes)

    async def start(self) -> None:
        """Start it and wait until it is ready."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("CLOUDLARK_", "SLACK_", "DISCORD_"))}
        with self._log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run",
                cwd=ROOT, env={**kept, **self._environment}, stdout=log, stderr=log,
            )  # fmt: skip
        end = time.monotonic() + START_SECONDS
        async with httpx.AsyncClient() as http:
            while not await self._ready(http):
                assert time.monotonic() < end, self.log[-5000:]
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """End it with SIGKILL, in the middle of whatever it does."""
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """End it as an operator would; return the exit code."""
        if self.process is None:
            return 0
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 60)

    async def _ready(self, http: httpx.AsyncClient) -> bool:
        assert self.process is not None
        if self.process.returncode is not None:
            raise AssertionError(f"it ended by itself with {self.process.returncode}:\n{self.log[-5000:]}")
        try:
            return (await http.get(f"http://127.0.0.1:{self.port}/readyz")).status_code == 200
        except httpx.TransportError:
            return False


def small_content(folder: Path) -> Path:
    """A bank of eight questions with one pick each."""
    authored = Authored(folder)
    for topic, fact in (("sqs", "sqs.delay"), ("dynamodb", "dynamodb.rcu")):
        authored.questions[topic] = [question(f"{topic}.q{number}", fact) for number in range(4)]
    return authored.write()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
