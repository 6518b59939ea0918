"""The program: everything wired together. The only core module that imports adapters."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import structlog

from bot import __version__
from bot.bank.loading import load
from bot.clock import SystemClock
from bot.commands.front import FrontDesk
from bot.commands.registry import COMMANDS
from bot.doctor.finding import Finding
from bot.http import Server, application
from bot.jobs import Jobs
from bot.metrics import Metrics
from bot.metrics_page import metrics_routes
from bot.ports import Adapter, Clock, Shelf
from bot.settings import Settings, SettingsError
from bot.stopping import Stages
from bot.storage.examining import shelved
from bot.storage.shelf import DatabaseShelf
from bot.storage.store import open_store
from bot.tutor import starting
from bot.tutor.healing.thresholds import thresholds
from bot.tutor.healing.versions import remember
from bot.tutor.retention import months_kept
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
        self.metrics = Metrics()
        self._connected: list[Adapter] = []
        self._stages = Stages()
        self._started = False
        self._stopping = False
        self._stop_seconds = 0.0

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
        months_kept(settings)
        thresholds(settings)
        self._stop_seconds = settings.number("CLOUDLARK_STOP_SECONDS", 0, 3600)
        bank = load(content_folders(settings), cache=Path(settings["CLOUDLARK_DATA"]) / "bank.cache")
        if not bank.questions:
            raise SettingsError(
                "There are no questions: set CLOUDLARK_CONTENT to a folder that holds a bank."
            )
        store = await open_store(settings["CLOUDLARK_DATABASE_URL"])
        self._stages.add("database", store.close)
        self.metrics.about(version=__version__, database=store.dialect)
        self.tutor = Tutor.of(bank, store, self.clock, self.rng, settings, self.metrics)
        self._stages.add("answers", self.tutor.answers.drain)
        self._stages.add("errands", self.tutor.recall)
        await remember(self.tutor)
        desk = FrontDesk(self.tutor)
        shelf = DatabaseShelf(store, self.clock)
        self.adapters = _adapters(desk, settings, shelf, self.clock, self.metrics)
        self.jobs = Jobs(self.tutor)
        await self._serve()
        self._stages.add("adapters", self._disconnect, share=0.8)
        for adapter in self.adapters:
            self._connected.append(adapter)
            await adapter.start()
            self.tutor.messengers[adapter.platform] = adapter.messenger
        if "local" in self.tutor.messengers:
            await starting.ensure_local_schedule(self.tutor)
        self._stages.add("jobs", self.jobs.stop, share=0.5)
        self.jobs.start()
        self._started = True

    async def _serve(self) -> None:
        routes = [route for adapter in self.adapters for route in adapter.routes()]
        routes += metrics_routes(self.settings, self.metrics, self._look)
        port = int(self.settings.number("CLOUDLARK_PORT", 0, 65535))
        web = application(routes, self.trouble, self.metrics)
        server = Server(web, self.settings["CLOUDLARK_HOST"], port)
        await server.start()
        self._stages.add("http", server.stop)
        self.address = server.address

    async def _look(self) -> None:
        self.metrics.ready(not self.trouble())
        await self.jobs.look()

    def trouble(self) -> str:
        """A sentence while something does not work, else nothing."""
        if self._stopping:
            return "Cloudlark is stopping."
        if not self._started:
            return "Cloudlark is starting."
        found = (sentence for adapter in self.adapters if (sentence := adapter.trouble()))
        return self.tutor.store.trouble() or next(found, "") or self.jobs.trouble()

    async def stop(self) -> list[str]:
        """Be no longer ready, finish what is under way within the time there is, and let go. Idempotent.

        Returns the names of the stages that were cut short or broke.
        """
        self._stopping = True
        return await self._stages.run(self._stop_seconds)

    def hurry(self) -> None:
        """Stop at once: the time for finishing is over."""
        self._stages.hurry()

    async def _disconnect(self) -> None:
        ends = await asyncio.gather(*map(self._leave, self._connected), return_exceptions=True)
        for adapter, end in zip(self._connected, ends, strict=True):
            if isinstance(end, Exception):
                log.error("disconnect_failed", platform=adapter.platform, exc_info=end)

    async def _leave(self, adapter: Adapter) -> None:
        if adapter.platform in self.tutor.messengers:
            await adapter.messenger.close()
        await adapter.stop()


def content_folders(settings: Settings) -> list[Path]:
    """The content folders. The default is looked for beside the program when it is not here."""
    folders = [Path(text) for text in settings["CLOUDLARK_CONTENT"].split(":") if text]
    beside = Path(__file__).parent.parent / "content"
    return [beside if folder == Path("content") and not folder.is_dir() else folder for folder in folders]


def _adapters(
    desk: FrontDesk, settings: Settings, shelf: Shelf, clock: Clock, metrics: Metrics
) -> list[Adapter]:
    """The adapters that the settings ask for; each library is imported only when it is needed."""
    built: list[Adapter] = []
    if settings["CLOUDLARK_WEB"] == "on":
        from adapters.web import WebAdapter

        built.append(WebAdapter(desk, settings, shelf, clock, metrics.instruments("local")))
    if settings["SLACK_BOT_TOKEN"] or settings["SLACK_CLIENT_ID"]:
        from adapters.slack import SlackAdapter

        built.append(SlackAdapter(desk, settings, shelf, clock, metrics.instruments("slack")))
    if settings["DISCORD_TOKEN"]:
        from adapters.discord import DiscordAdapter

        built.append(DiscordAdapter(desk, settings, shelf, clock, metrics.instruments("discord")))
    if not built:
        raise SettingsError("Nothing to connect to: set CLOUDLARK_WEB=on, or give SLACK_ or DISCORD_ tokens.")
    return built


def examinations(settings: Settings) -> dict[str, Callable[[], Awaitable[list[Finding]]]]:
    """What the doctor may ask the platforms whose tokens are set, by their names."""
    found: dict[str, Callable[[], Awaitable[list[Finding]]]] = {}
    if settings["SLACK_BOT_TOKEN"] or settings["SLACK_CLIENT_ID"]:
        from adapters.slack.doctor import examine as examine_slack

        kept = partial(shelved, settings["CLOUDLARK_DATABASE_URL"])
        found["slack"] = partial(examine_slack, settings, kept)
    if settings["DISCORD_TOKEN"]:
        from adapters.discord.doctor import examine as examine_discord

        found["discord"] = partial(examine_discord, settings)
    return found


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
    """Run until SIGINT or SIGTERM; a second one stops at once."""
    app = App(settings)
    done = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end() -> None:
        if done.is_set():
            app.hurry()
        done.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, end)
    await app.start()
    announce(app)
    await done.wait()
    log.info("stopping", waiting=app.metrics.left())
    began = time.monotonic()
    unfinished = await app.stop()
    seconds = round(time.monotonic() - began, 2)
    log.info("stopped", seconds=seconds, unfinished=unfinished, left=app.metrics.left())
