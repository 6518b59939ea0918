"""A Slack adapter at work between the fake Slack and a desk that says what a test tells it to."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

from adapters.slack import SlackAdapter
from bot.commands.command import Command, ParameterKind
from bot.http import Server, application
from bot.messages import Notice, Reply, Sheet, Upload
from bot.messages.forms import NO_FILES
from bot.model.people import Caller, Channel, Person
from bot.settings import SETTINGS, Settings
from tests.fakes.slack import Channel as SlackChannel
from tests.fakes.slack import FakeSlack, Human, User


class RealClock:
    """Implements `bot.ports.Clock`; `ahead` moves it."""

    def __init__(self) -> None:
        self.ahead = dt.timedelta()

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + self.ahead


class MemoryShelf:
    """Implements `bot.ports.Shelf`."""

    def __init__(self, clock: RealClock) -> None:
        self._clock = clock
        self.kept: dict[tuple[str, str], tuple[bytes, dt.datetime | None]] = {}

    async def get(self, namespace: str, key: str) -> bytes | None:
        value, until = self.kept.get((namespace, key), (None, None))
        return None if until is not None and until <= self._clock.now() else value

    async def put(
        self, namespace: str, key: str, value: bytes, *, expires_at: dt.datetime | None = None
    ) -> None:
        self.kept[namespace, key] = (value, expires_at)

    async def take(self, namespace: str, key: str) -> bytes | None:
        value = await self.get(namespace, key)
        self.kept.pop((namespace, key), None)
        return value

    async def keys(self, namespace: str, prefix: str = "") -> list[str]:
        return sorted(key for space, key in self.kept if space == namespace and key.startswith(prefix))


@dataclass
class Heard:
    """One call of the desk."""

    verb: str
    caller: Caller | None
    what: Any
    values: Any = None


@dataclass
class FakeDesk:
    """Implements `bot.commands.desk.Desk`: remembers what came in and answers what `says` says."""

    says: Callable[[Heard], Reply] = lambda heard: Reply(Notice(f"{heard.verb}: {heard.what}"))
    page: Sheet = field(default_factory=lambda: Sheet("Your progress", "Hello."))
    seconds: float = 0.0
    heard: list[Heard] = field(default_factory=list)
    files: list[Mapping[str, Upload]] = field(default_factory=list)
    commands: Sequence[Command] = ()
    spoken: str = "en"

    async def command(self, caller: Caller, text: str) -> Reply:
        return await self._answer(Heard("command", caller, text))

    async def invoke(self, caller: Caller, name: str, args: Mapping[str, str | int]) -> Reply:
        return await self._answer(Heard("invoke", caller, name, args))

    async def click(self, caller: Caller, button: str, values: Sequence[str] = ()) -> Reply:
        return await self._answer(Heard("click", caller, button, list(values)))

    async def submit(
        self, caller: Caller, form: str, values: Mapping[str, str], files: Mapping[str, Upload] = NO_FILES
    ) -> Reply:
        self.files.append(files)
        return await self._answer(Heard("submit", caller, form, dict(values)))

    async def said(self, caller: Caller, text: str) -> Reply:
        return await self._answer(Heard("said", caller, text))

    async def home(self, caller: Caller) -> Sheet:
        self.heard.append(Heard("home", caller, None))
        return self.page

    async def language(self, person: Person) -> str | None:
        return self.spoken

    def complete(
        self, kind: ParameterKind, typed: str, caller: Caller | None = None
    ) -> list[tuple[str, str]]:
        return []

    async def joined(self, caller: Caller, channel: Channel, name: str) -> Reply:
        return await self._answer(Heard("joined", caller, channel, name))

    async def left(self, channel: Channel, reason: str, name: str = "") -> None:
        self.heard.append(Heard("left", None, channel, reason))

    async def forgotten(self, platform: str, community: str) -> None:
        self.heard.append(Heard("forgotten", None, community))

    async def renamed(self, caller: Caller) -> None:
        self.heard.append(Heard("renamed", caller, caller.person.name))

    def of(self, verb: str) -> list[Heard]:
        """The calls of one kind."""
        return [heard for heard in self.heard if heard.verb == verb]

    async def _answer(self, heard: Heard) -> Reply:
        self.heard.append(heard)
        await asyncio.sleep(self.seconds)
        return self.says(heard)


class Rig:
    """Fake Slack, fake desk, real adapter. Use as an async context manager."""

    def __init__(self, mode: str = "socket", **settings: str) -> None:
        self.mode = mode
        self.slack = FakeSlack()
        self.opened = 2
        """Connections to wait for at the start."""
        self.desk = FakeDesk()
        self.clock = RealClock()
        self.shelf = MemoryShelf(self.clock)
        self.more = settings
        self.general = self.slack.add_channel(SlackChannel("C1"))
        self.ann = Human(self.slack, User("UANN", "Ann"), self.general)
        self.bob = Human(self.slack, User("UBOB", "Bob", tz="Asia/Tokyo", admin=True), self.general)
        self._undo = AsyncExitStack()

    async def __aenter__(self) -> Rig:
        await self.slack.start()
        self._undo.push_async_callback(self.slack.stop)
        self.slack.target = "http" if self.mode == "http" else ""
        values = {setting.name: setting.default for setting in SETTINGS}
        self.settings = Settings(values | self.slack.settings | self.more)
        self.adapter = SlackAdapter(self.desk, self.settings, self.shelf, self.clock)
        if self.adapter.routes():
            server = Server(application(self.adapter.routes(), self.adapter.trouble), "127.0.0.1", 0)
            await server.start()
            self._undo.push_async_callback(server.stop)
            self.address = server.address
            self.slack.target = f"{server.address}/slack/events" if self.mode == "http" else ""
        self._undo.push_async_callback(self.adapter.stop)
        await self.adapter.start()
        if self.mode == "socket":
            await self.slack.sockets.wait_open(self.opened)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._undo.aclose()

    def channel(self, name: str = "C1") -> Channel:
        """A channel as the core names it."""
        return Channel("slack", "T1", name)


async def until(true: Callable[[], object], seconds: float = 5.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about in time"
        await asyncio.sleep(0.005)


async def raised(work: Awaitable[object]) -> BaseException | None:
    """What an awaitable raised."""
    try:
        await work
    except Exception as error:
        return error
    return None
