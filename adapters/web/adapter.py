"""The local team chat as a platform."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

from starlette.routing import BaseRoute, Route, WebSocketRoute

from adapters.web import assets
from adapters.web.deeds import Deeds
from adapters.web.door import Door
from adapters.web.entries import PLATFORM, Place
from adapters.web.files import file_route
from adapters.web.guard import is_loopback
from adapters.web.handing import Handing
from adapters.web.hub import Hub
from adapters.web.journal import Journal
from adapters.web.languages import Languages
from adapters.web.messenger import WebMessenger
from adapters.web.page import Page
from adapters.web.session import Sessions
from bot.commands.desk import Desk
from bot.ports import UNWATCHED, AdapterError, Clock, Instruments, Shelf
from bot.settings import Settings

FIRST_CHANNELS = ("general", "aws-daily")
STOP_SECONDS = 5.0
NAMESPACE = "web"
SECRET = "door-secret"


class WebAdapter:
    """A small team chat in the browser. Its journal is `chat.db` in the data folder."""

    platform = PLATFORM

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        shelf: Shelf,
        clock: Clock,
        instruments: Instruments = UNWATCHED,
    ) -> None:
        self._settings = settings
        self._shelf = shelf
        self._hub = Hub()
        self._journal = Journal(Path(settings["CLOUDLARK_DATA"]) / "chat.db", clock, self._hub)
        languages = Languages(desk)
        self._page = Page(languages)
        self._door = Door(self._journal, settings["CLOUDLARK_WEB_PASSWORD"], clock, languages)
        self._handing = Handing(self._door, clock, languages)
        self._deeds = Deeds(desk, self._journal, self._hub, self._handing)
        self._sessions = Sessions(self._door, self._deeds, self._hub, languages)
        instruments.queue("frames", lambda: self._sessions.under_way)
        self.messenger = WebMessenger(self._journal)

    def routes(self) -> Sequence[BaseRoute]:
        """The page, its files, the door, and the line over which everything else goes."""
        return [
            Route("/", self._page.show),
            Route("/static/{path:path}", assets.static),
            Route("/chat/door", self._door.look),
            Route("/chat/enter", self._door.enter, methods=["POST"]),
            Route("/chat/unlock", self._door.unlock, methods=["POST"]),
            Route("/chat/leave", self._door.leave, methods=["POST"]),
            Route("/chat/files/{message}/{file}", file_route(self._door, self._deeds.look)),
            Route("/chat/upload", self._handing.put_down, methods=["POST"]),
            WebSocketRoute("/chat/live", self._sessions.live),
        ]

    async def start(self) -> None:
        """Open the journal. Raises AdapterError."""
        host = self._settings["CLOUDLARK_HOST"]
        if not is_loopback(host) and not self._settings["CLOUDLARK_WEB_PASSWORD"]:
            raise AdapterError(
                f"CLOUDLARK_HOST is {host}, which others can reach: set CLOUDLARK_WEB_PASSWORD"
                " for the local chat, or CLOUDLARK_WEB=off to leave it out."
            )
        await self._journal.open()
        self._door.secret = await self._secret()
        for name in FIRST_CHANNELS:
            await self._journal.open_place(Place(name))

    async def stop(self) -> None:
        """End all lines, finish what was asked, and close the journal."""
        await self._sessions.finish(STOP_SECONDS)
        await self._journal.close()

    def trouble(self) -> str:
        """Empty while the journal can be written, else a sentence."""
        return self._journal.trouble

    async def _secret(self) -> bytes:
        known = await self._shelf.get(NAMESPACE, SECRET)
        if known is None:
            known = secrets.token_bytes(32)
            await self._shelf.put(NAMESPACE, SECRET, known)
        return known
