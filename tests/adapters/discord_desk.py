"""A small desk for the Discord adapter's tests: it answers as the core would and notes what it heard."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from adapters.discord import DiscordAdapter
from bot.commands.command import Command, Parameter, ParameterKind, Who
from bot.messages import Form, Notice, OptionView, QuestionCard, Reply, Sheet, TextField, Upload
from bot.messages.acts import AnswerRound, SubmitForm
from bot.messages.forms import NO_FILES
from bot.model.people import Caller, Channel, Person
from bot.settings import SETTINGS, Settings
from tests.fakes.discord import FakeDiscord


async def _unused(*_: Any) -> Reply:
    raise AssertionError("commands run at the desk")


COMMANDS = (
    Command(
        "quiz",
        "Practise privately",
        _unused,
        (
            Parameter("topic", "What to practise", ParameterKind.TOPIC, rest=True),
            Parameter("count", "How many questions", ParameterKind.INTEGER, minimum=1, maximum=20),
        ),
    ),
    Command(
        "leaderboard",
        "The best of a period",
        _unused,
        (Parameter("period", "Which period", ParameterKind.CHOICE, choices=("week", "month", "all")),),
    ),
    Command("settings", "Your settings", _unused),
    Command(
        "schedule add",
        "Post a question every day",
        _unused,
        (
            Parameter("topic", "What to ask", ParameterKind.TOPIC),
            Parameter("time", "When, as 09:30", required=True),
        ),
        Who.ADMIN,
    ),
    Command("schedule list", "The schedules here", _unused, who=Who.ADMIN),
)

CARD = QuestionCard(
    heading="Daily question",
    stem="Which service stores objects?",
    options=(
        OptionView("A", 2, "Amazon S3"),
        OptionView("B", 0, "Amazon EBS"),
        OptionView("C", 1, "Amazon EFS"),
    ),
    picks=1,
    answer=AnswerRound(7),
)
FORM = Form(SubmitForm("settings"), "Settings", (TextField("zone", "Time zone", "UTC"),))


async def until(condition: Callable[[], object], seconds: float = 15.0) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


class FakeDesk:
    """Replies by act and command; `replies` overrides, `heard` tells what came, `delay` slows it down."""

    def __init__(self) -> None:
        self.commands: Sequence[Command] = COMMANDS
        self.heard: list[tuple[Any, ...]] = []
        self.files: list[Mapping[str, Upload]] = []
        self.replies: dict[str, Reply] = {}
        self.delay = 0.0
        self.broken = False

    async def command(self, caller: Caller, text: str) -> Reply:
        return await self._note("command", caller, text)

    async def invoke(self, caller: Caller, name: str, args: Mapping[str, str | int]) -> Reply:
        return await self._note("invoke", caller, name, dict(args))

    async def click(self, caller: Caller, button: str, values: Sequence[str] = ()) -> Reply:
        return await self._note("click", caller, button, tuple(values))

    async def submit(
        self, caller: Caller, form: str, values: Mapping[str, str], files: Mapping[str, Upload] = NO_FILES
    ) -> Reply:
        self.files.append(files)
        return await self._note("submit", caller, form, dict(values))

    async def said(self, caller: Caller, text: str) -> Reply:
        return await self._note("said", caller, text)

    async def home(self, caller: Caller) -> Sheet:
        raise AssertionError("Discord has no home page")

    async def language(self, person: Person) -> str | None:
        return "en"

    def complete(
        self, kind: ParameterKind, typed: str, caller: Caller | None = None
    ) -> list[tuple[str, str]]:
        return [(f"{kind.value}-{n}", f"{typed} {n}") for n in range(30)]

    async def joined(self, caller: Caller, channel: Channel, name: str) -> Reply:
        return await self._note("joined", caller, channel, name)

    async def left(self, channel: Channel, reason: str, name: str = "") -> None:
        self.heard.append(("left", channel, reason.replace("{name}", name)))

    async def forgotten(self, platform: str, community: str) -> None:
        self.heard.append(("forgotten", platform, community))

    async def renamed(self, caller: Caller) -> None:
        self.heard.append(("renamed", caller))

    def last(self, what: str) -> tuple[Any, ...]:
        """The last thing of a kind that was heard, without its name."""
        return next(entry[1:] for entry in reversed(self.heard) if entry[0] == what)

    async def until(self, what: str) -> tuple[Any, ...]:
        """Wait until something of a kind was heard."""
        await until(lambda: any(entry[0] == what for entry in self.heard))
        return self.last(what)

    async def _note(self, *entry: Any) -> Reply:
        self.heard.append(entry)
        await asyncio.sleep(self.delay)
        if self.broken:
            raise RuntimeError("a broken promise")
        keys = [entry[0], *(part for part in entry[2:] if isinstance(part, str))]
        found = next((self.replies[key] for key in reversed(keys) if key in self.replies), None)
        return found or Reply(Notice(f"Done: {' '.join(keys)}"))


class MemoryShelf:
    """A shelf that forgets on exit."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], bytes] = {}

    async def get(self, namespace: str, key: str) -> bytes | None:
        return self.values.get((namespace, key))

    async def put(
        self, namespace: str, key: str, value: bytes, *, expires_at: dt.datetime | None = None
    ) -> None:
        self.values[namespace, key] = value

    async def take(self, namespace: str, key: str) -> bytes | None:
        return self.values.pop((namespace, key), None)

    async def keys(self, namespace: str, prefix: str = "") -> list[str]:
        return sorted(key for space, key in self.values if space == namespace and key.startswith(prefix))


class WallClock:
    """The true time, moved by `ahead`."""

    def __init__(self) -> None:
        self.ahead = dt.timedelta()

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + self.ahead


class Stage:
    """A connected adapter, its fake Discord with one server and channel, and its desk."""

    def __init__(self, fake: FakeDiscord) -> None:
        self.fake = fake
        self.desk = FakeDesk()
        self.shelf = MemoryShelf()
        self.clock = WallClock()
        self.guild = fake.world.add_guild()
        self.channel = fake.world.add_channel(self.guild)
        self.place = Channel("discord", str(self.guild.id), str(self.channel.id))
        self.adapter = self.new_adapter()

    def new_adapter(self, **settings: str) -> DiscordAdapter:
        """An adapter that has forgotten everything but its shelf."""
        values = {setting.name: setting.default for setting in SETTINGS} | self.fake.settings | settings
        return DiscordAdapter(self.desk, Settings(values), self.shelf, self.clock)

    async def restart(self) -> None:
        """Stop the adapter and start another one."""
        await self.adapter.stop()
        self.adapter = self.new_adapter()
        await self.adapter.start()


@asynccontextmanager
async def stage(**options: Any) -> AsyncIterator[Stage]:
    """A stage with everything connected."""
    async with FakeDiscord(**options) as fake:
        set_up = Stage(fake)
        await set_up.adapter.start()
        try:
            yield set_up
        finally:
            await set_up.adapter.stop()
