"""The Slack adapter: everything of this folder put together."""

from __future__ import annotations

from collections.abc import Sequence

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from starlette.routing import BaseRoute, Route

from adapters.slack import config as config_
from adapters.slack.api import SlackApi
from adapters.slack.bolt import bolt_app, hear
from adapters.slack.config import Mode
from adapters.slack.deliveries import Deliveries
from adapters.slack.directs import Directs
from adapters.slack.door import Door
from adapters.slack.downloads import Downloads
from adapters.slack.edits import Edits
from adapters.slack.hearing import Hearing, Room
from adapters.slack.hearing_events import Events
from adapters.slack.home import Home
from adapters.slack.installations import ShelfInstallations
from adapters.slack.many_workspaces import ManyWorkspaces
from adapters.slack.messenger import SlackMessenger
from adapters.slack.oauth import INSTALL, REDIRECT, InstallPages, oauth_flow
from adapters.slack.oauth_states import ShelfStates
from adapters.slack.outbox import Outbox
from adapters.slack.pacing import Pacer
from adapters.slack.people import People
from adapters.slack.picking import Picking
from adapters.slack.profiles import PLATFORM
from adapters.slack.replies import Replies
from adapters.slack.socket_mode import SOCKETS, Socket
from adapters.slack.tasks import Tasks
from adapters.slack.workspaces import SingleWorkspace
from bot.commands.desk import Desk
from bot.model.people import Caller, Person
from bot.ports import UNWATCHED, Clock, Instruments, Shelf
from bot.settings import Settings

EVENTS = "/slack/events"
PATIENCE = 5.0


class SlackAdapter:
    """Slack, for one workspace or many, over Socket Mode or HTTP. Build it inside the running loop."""

    platform = PLATFORM

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        shelf: Shelf,
        clock: Clock,
        instruments: Instruments = UNWATCHED,
    ) -> None:
        """Raises AdapterError when the settings contradict one another."""
        self._config = config_.read(settings)
        self._desk = desk
        self._api = SlackApi(self._config.api_url, Pacer(), instruments)
        self._tasks = Tasks()
        self._deliveries: Deliveries[BoltResponse] = Deliveries()
        self._outbox = Outbox(pressure=lambda: self._deliveries.hearing)
        instruments.queue("replies", lambda: self._outbox.waiting)
        instruments.queue("hearing", lambda: self._deliveries.hearing)
        self._store = ShelfInstallations(shelf)
        self._states = ShelfStates(shelf, clock)
        self._workspaces = self._installed()
        directs, picking = Directs(shelf), Picking(shelf, clock)
        self.messenger = SlackMessenger(self._api, self._workspaces, directs, picking, Edits(self._tasks))
        room = Room(
            desk=desk,
            people=People(self._api, shelf, clock, self._tasks, self._learned),
            replies=Replies(self._api, self._workspaces, self._outbox, directs, picking, clock),
            downloads=Downloads(self._api),
            picking=picking,
            directs=directs,
            home=Home(desk, self._api, self._outbox),
            deliveries=self._deliveries,
            tasks=self._tasks,
            clock=clock,
            prefix=self._config.prefix,
        )
        self._hearing = Hearing(room)
        self._events = Events(room, self._workspaces, self._api, shelf)
        self._pages = InstallPages()
        self._app: AsyncApp | None = None
        self._sockets: list[Socket] = []

    def routes(self) -> Sequence[BaseRoute]:
        """In HTTP mode the door for Slack; for many workspaces also the pages that install."""
        routes: list[BaseRoute] = []
        if self._config.mode is Mode.HTTP:
            door = Door(self._config.signing_secret, self._hear)
            routes.append(Route(EVENTS, door.events, methods=["POST"]))
        if self._config.many:
            routes.append(Route(INSTALL, self._pages.install, methods=["GET"]))
            routes.append(Route(REDIRECT, self._pages.redirect, methods=["GET"]))
        return routes

    async def start(self) -> None:
        """Test the token and connect. Raises AdapterError."""
        if isinstance(self._workspaces, SingleWorkspace):
            await self._workspaces.connect()
        self._outbox.start()
        if self._config.many:
            self._pages.flow = oauth_flow(self._config, self._api, self._store, self._states)
        self._app = bolt_app(self._api, self._workspaces, self._hearing, self._events, self._pages.flow)
        if self._config.mode is Mode.SOCKET:
            self._sockets = [Socket(self._app, self._config.app_token, self._api) for _ in range(SOCKETS)]
            await self._sockets[0].open()
            for socket in self._sockets[1:]:
                socket.begin()

    async def stop(self) -> None:
        """Hear nobody any more, send the replies that wait, and disconnect."""
        self._app = None
        for socket in self._sockets:
            await socket.shut(PATIENCE)
        await self._deliveries.finish(PATIENCE)
        await self._tasks.stop(PATIENCE)
        await self._outbox.stop(PATIENCE)
        await self._api.close()

    def trouble(self) -> str:
        """A sentence until people are heard, and while the token is lost or no socket is up."""
        if self._app is None:
            return "Slack is not connected yet."
        if self._sockets and not any(socket.up() for socket in self._sockets):
            return "Slack's Socket Mode connections are down; they are being opened again."
        return self._workspaces.trouble()

    async def _hear(self, request: AsyncBoltRequest) -> BoltResponse:
        if self._app is None:
            return BoltResponse(status=503, body="starting or stopping")
        return await hear(self._app, request)

    async def _learned(self, person: Person) -> None:
        await self._desk.renamed(Caller(person, None))

    def _installed(self) -> SingleWorkspace | ManyWorkspaces:
        config = self._config
        if config.many:
            return ManyWorkspaces(self._api, self._store, config.client_id, config.client_secret)
        return SingleWorkspace(self._api, config.bot_token)
