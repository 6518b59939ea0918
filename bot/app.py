"""The program: everything wired together. The only core module that imports adapters."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import structlog

from bot.bank.loading import load
from bot.clock import SystemClock
from bot.commands.front import FrontDesk
from bot.commands.registry import COMMANDS
from bot.http import Server, application
from bot.jobs import Jobs
from bot.ports import Adapter, Clock, Shelf
from bot.settings import Settings, SettingsError
from bot.storage.shelf import DatabaseShelf
from bot.storage.store import open_store
from bot.tutor import starting
from bot.tutor.tutor import Tutor

log = structlog.get_logger(__name__)


class App:
    """One running Cloudlark. `start` connects everything, `stop` lets go in the opposite order."""

    def __init__(
        self, settings: Settings, clock: Clock | None = None, rng: random.Random | None = None
    ) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self.rng = rng or random.Random()
        self.address = ""
        self.adapters: list[Adapter] = []
        self._undo = AsyncExitStack()

    async def start(self) -> None:
        """Connect. Raises SettingsError, ContentError, StorageError, PortError or AdapterError."""
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def _start(self) -> None:
        settings = self.settings
        settings.zone("CLOUDLARK_TIMEZONE")
        bank = load(content_folders(settings), cache=Path(settings["CLOUDLARK_DATA"]) / "bank.cache")
        if not bank.questions:
            raise SettingsError(
                "There are no questions: set CLOUDLARK_CONTENT to a folder that holds a bank."
            )
        store = await open_store(settings["CLOUDLARK_DATABASE_URL"])
        self._undo.push_async_callback(store.close)
        self.tutor = Tutor.of(bank, store, self.clock, self.rng, settings)
        self._undo.push_async_callback(self.tutor.answers.drain)
        desk = FrontDesk(self.tutor)
        self.adapters = _adapters(desk, settings, DatabaseShelf(store, self.clock), self.clock)
        self.jobs = Jobs(self.tutor)
        await self._serve()
        for adapter in self.adapters:
            self._undo.push_async_callback(adapter.stop)
            await adapter.start()
            self.tutor.messengers[adapter.platform] = adapter.messenger
            self._undo.push_async_callback(adapter.messenger.close)
        if "local" in self.tutor.messengers:
            await starting.ensure_local_schedule(self.tutor)
        self._undo.push_async_callback(self.jobs.stop)
        self.jobs.start()

    async def _serve(self) -> None:
        routes = [route for adapter in self.adapters for route in adapter.routes()]
        port = int(self.settings.number("CLOUDLARK_PORT", 0, 65535))
        server = Server(application(routes, self.trouble), self.settings["CLOUDLARK_HOST"], port)
        await server.start()
        self._undo.push_async_callback(server.stop)
        self.address = server.address

    def trouble(self) -> str:
        """A sentence while something does not work, else nothing."""
        return next((sentence for adapter in self.adapters if (sentence := adapter.trouble())), "")

    async def stop(self) -> None:
        """Finish what is under way and let go. Idempotent."""
        await self._undo.aclose()


def content_folders(settings: Settings) -> list[Path]:
    """The content folders. The default is looked for beside the program when it is not here."""
    folders = [Path(text) for text in settings["CLOUDLARK_CONTENT"].split(":") if text]
    beside = Path(__file__).parent.parent / "content"
    return [beside if folder == Path("content") and not folder.is_dir() else folder for folder in folders]


def _adapters(desk: FrontDesk, settings: Settings, shelf: Shelf, clock: Clock) -> list[Adapter]:
    """The adapters that the settings ask for; each library is imported only when it is needed."""
    built: list[Adapter] = []
    if settings["CLOUDLARK_WEB"] == "on":
        from adapters.web import WebAdapter

        built.append(WebAdapter(desk, settings, shelf, clock))
    if settings["SLACK_BOT_TOKEN"] or settings["SLACK_CLIENT_ID"]:
        from adapters.slack import SlackAdapter

        built.append(SlackAdapter(desk, settings, shelf, clock))
    if settings["DISCORD_TOKEN"]:
        from adapters.discord import DiscordAdapter

        built.append(DiscordAdapter(desk, settings, shelf, clock))
    if not built:
        raise SettingsError("Nothing to connect to: set CLOUDLARK_WEB=on, or give SLACK_ or DISCORD_ tokens.")
    return built


def slack_manifest(prefix: str, http: str, history: bool) -> str:
    """Slack's app manifest as YAML."""
    import yaml

    from adapters.slack.manifest import manifest

    return yaml.safe_dump(
        manifest(COMMANDS, prefix, http, history=history), sort_keys=False, allow_unicode=True
    )


async def discord_invite(application: str, settings: Settings) -> str:
    """The link that invites the bot; without an id Discord is asked for it. Raises AdapterError."""
    from adapters.discord.invite import application_id, invite_link

    return invite_link(application or await application_id(settings))


async def run(settings: Settings, announce: Callable[[App], None]) -> None:
    """Run until SIGINT or SIGTERM."""
    app = App(settings)
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, done.set)
    await app.start()
    announce(app)
    await done.wait()
    log.info("stopping")
    await app.stop()
