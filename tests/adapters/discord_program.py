"""The real program as a separate process, connected to the fake Discord."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tests.adapters.discord_desk import until
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.people import NoAnswerError, Person, choices, picks, text_of
from tests.fakes.discord.world import MANAGE_GUILD, Channel

COMMAND = Path(sys.executable).with_name("cloudlark")
CONTENT = Path(__file__).parents[2] / "content"


class Program:
    """A Cloudlark process that may be stopped, killed and started again on the same data."""

    def __init__(self, fake: FakeDiscord, folder: Path, database: str = "") -> None:
        self.fake = fake
        self.folder = folder
        self._url = database or f"sqlite:///{folder / 'cloudlark.db'}"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start, and wait until Discord knows all its shards."""
        settings = {
            **self.fake.settings,
            "CLOUDLARK_WEB": "off",
            "CLOUDLARK_PERSON_ACTIONS": "0",
            "CLOUDLARK_PORT": "0",
            "CLOUDLARK_DATABASE_URL": self._url,
            "CLOUDLARK_DATA": str(self.folder),
            "CLOUDLARK_CONTENT": str(CONTENT),
        }
        identified = self.fake.gateway.identified
        with (self.folder / "log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                COMMAND, "run", env={**os.environ, **settings}, stdout=log, stderr=log, cwd=self.folder
            )
        await until(lambda: self.fake.gateway.identified > identified, 40)

    async def stop(self) -> int:
        """Ask the program to stop, and wait until it has."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.terminate()
        return await self._process.wait()

    async def kill(self) -> None:
        """Kill the program as the power cut would."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()
        self.fake.gateway.cut()

    def end_leases(self) -> None:
        """Let the leases of a dead program's claims end, which would take two minutes."""
        with sqlite3.connect(self.folder / "cloudlark.db") as db:
            now = int(time.time() * 1000)
            db.execute("UPDATE posts SET ready_at = ? WHERE state = 'pending'", (now,))
        db.close()

    def log(self) -> str:
        """Everything that the program has said."""
        return (self.folder / "log").read_text()


async def daily_question(fake: FakeDiscord, channel: Channel, questions: str = "s3") -> dict[str, Any]:
    """An admin sets up the daily question and lets today's be posted at once; the post."""
    olive, made = await set_up(fake, channel, questions)
    await olive.click(made, "Post today's now")
    await until(lambda: questions_in(fake, channel))
    return questions_in(fake, channel)[0]


async def set_up(fake: FakeDiscord, channel: Channel, questions: str = "s3") -> tuple[Person, dict[str, Any]]:
    """An admin sets up the daily question; the admin and what they were told."""
    olive = fake.person("Olive Owner", permissions=MANAGE_GUILD)
    asked = await olive.command(channel, "schedule add")
    made = await olive.fill(asked, time="09:00", timezone="UTC", questions=questions)
    assert made.message is not None
    assert "is on" in text_of(made.message), text_of(made.message)
    return olive, made.message


def questions_in(fake: FakeDiscord, channel: Channel) -> list[dict[str, Any]]:
    """The open questions that stand in a channel."""
    return [post for post in fake.posts_in(channel) if "Daily question" in text_of(post)]


async def answer(person: Person, message: dict[str, Any], first: int = 0) -> Interaction:
    """Answer whatever question stands in a message, from the option with this number on."""
    letters = list(choices(message))
    if letters:
        return await person.pick(message, *(letters * 2)[first : first + picks(message)])
    return await person.click(message, "ABCD"[first % 4])


async def insist(deed: Callable[[], Awaitable[Interaction]], tries: int = 5) -> Interaction:
    """Do something until Discord shows an answer, as people do."""
    for _ in range(tries):
        with contextlib.suppress(NoAnswerError):
            return await deed()
    raise NoAnswerError(f"no answer in {tries} tries")
