"""The real program as a process of its own, connected to the fake Slack."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sqlite3
import sys
import time
from pathlib import Path

import httpx

from tests.bank.authored import Authored, option, question
from tests.fakes.slack import FakeSlack

ROOT = Path(__file__).parents[2]


class Program:
    """`cloudlark run` in a folder of its own. It may be killed and started again on the same data.

    Its bank has questions with one pick, or with `several` such with two.
    """

    def __init__(
        self, slack: FakeSlack, folder: Path, mode: str, several: bool = False, database: str = ""
    ) -> None:
        self.slack = slack
        self.folder = folder
        self.mode = mode
        self.content = _content(folder / "content", several)
        self.url = database or f"sqlite:///{self.database}"
        self.port = _free_port()
        self.process: asyncio.subprocess.Process | None = None
        slack.target = f"http://127.0.0.1:{self.port}/slack/events" if mode == "http" else ""

    @property
    def database(self) -> Path:
        """Where everything is remembered, if it is in a file."""
        return self.folder / "cloudlark.db"

    @property
    def log(self) -> str:
        """What was logged so far."""
        return (self.folder / "log.txt").read_text(encoding="utf-8")

    async def start(self) -> None:
        """Start it and wait until people are heard."""
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CLOUDLARK_", "SLACK_", "DISCORD_"))
        }
        environment |= {
            "CLOUDLARK_WEB": "off",
            "CLOUDLARK_PERSON_ACTIONS": "0",
            "CLOUDLARK_DATA": str(self.folder),
            "CLOUDLARK_DATABASE_URL": self.url,
            "CLOUDLARK_CONTENT": str(self.content),
            "CLOUDLARK_PORT": str(self.port),
            **self.slack.settings,
        }
        with (self.folder / "log.txt").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        await self._ready()
        if self.mode == "socket":
            await self.slack.sockets.wait_open(2)

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
        return await asyncio.wait_for(self.process.wait(), 30)

    def execute(self, statement: str) -> None:
        """Change the database of a program that is not running."""
        with sqlite3.connect(self.database) as db:
            db.execute(statement)
        db.close()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the database holds."""
        with sqlite3.connect(self.database) as db:
            found = list(db.execute(query))
        db.close()
        return found

    async def _ready(self) -> None:
        end = time.monotonic() + 60
        async with httpx.AsyncClient() as client:
            while time.monotonic() < end:
                assert self.process is not None
                assert self.process.returncode is None, self.log
                try:
                    answer = await client.get(f"http://127.0.0.1:{self.port}/readyz")
                    if answer.status_code == 200 and "is up" in self.log:
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.05)
        raise AssertionError(f"not ready in time:\n{self.log}")


def _content(folder: Path, several: bool) -> Path:
    authored = Authored(folder)
    more = {}
    if several:
        right = [option("red", right=True), option("green", right=True)]
        more = {"kind": "multiple", "options": [*right, option("blue"), option("gold"), option("grey")]}
    for topic, fact in (("sqs", "sqs.delay"), ("dynamodb", "dynamodb.rcu")):
        authored.questions[topic] = [question(f"{topic}.q{number}", fact, **more) for number in range(4)]
    return authored.write()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
