"""Socket Mode: the tutor connects to Slack, so nothing of it needs a public address."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import chain, repeat
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest

from adapters.slack.api import SlackApi
from adapters.slack.bolt import hear
from adapters.slack.errors import RATE_LIMITS, RefusedError, SlackError, UnreachableError
from adapters.slack.hearing import done
from adapters.slack.line import Line, connected
from adapters.slack.shape import TRIPPED
from adapters.slack.tasks import Tasks
from bot.ports import AdapterError

log = structlog.get_logger(__name__)

SOCKETS = 2
"""Slack spreads payloads over all connections; with two, one may be refreshed or cut unnoticed."""
DRAIN = 10.0
"""Seconds for which a connection that was replaced is still listened to; Slack closes it about then."""
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between tries to connect again; the last one is repeated."""
STARTS = 4
"""Tries to connect at the start, where somebody is looking on."""
WATCH = 0.25
"""Seconds between looks whether the connection is still there."""
CROWDED = "too_many_websockets"
WITHOUT_PAYLOAD = "events_api"


class Socket:
    """A connection that is replaced when Slack says so: the new one first, then the old one's end."""

    def __init__(self, app: AsyncApp, app_token: str, api: SlackApi) -> None:
        self._app = app
        self._app_token = app_token
        self._api = api
        self._line: Line | None = None
        self._lines: set[Line] = set()
        self._tasks = Tasks()
        self._closing = False

    async def open(self) -> None:
        """Connect. Raises AdapterError when Slack refuses the app token or does not answer."""
        for pause in (*PAUSES[: STARTS - 1], None):
            try:
                self._line = await self._connected()
                break
            except RefusedError as error:
                raise AdapterError(_refused(error.error)) from error
            except SlackError as error:
                if pause is None or isinstance(error, UnreachableError):
                    raise AdapterError("Slack's Socket Mode does not answer: check the network.") from error
                await asyncio.sleep(pause)
        self._tasks.start(self._watch())

    def begin(self) -> None:
        """Connect in the background: Slack lets few connections be opened a minute, and another one is up."""
        self._tasks.start(self._begin())

    async def shut(self, patience: float) -> None:
        """Hear nothing new, acknowledge what is being heard, disconnect."""
        self._closing = True
        await self._tasks.stop(0)
        await asyncio.gather(*(line.finish(patience) for line in self._lines))

    def up(self) -> bool:
        """Whether the connection is open."""
        return self._line is not None and self._line.up()

    async def handle(self, line: Line, req: SocketModeRequest) -> None:
        """Hear an envelope and acknowledge it where it came. While closing it is left to other connections."""
        if self._closing:
            return
        line.hearing += 1
        try:
            response = await self._heard(req.payload)
            await send_async_response(line, req, done() if req.type == WITHOUT_PAYLOAD else response, 0.0)
        finally:
            line.hearing -= 1

    async def _heard(self, payload: Any) -> BoltResponse:
        """What comes of a payload. One that cannot be read is acknowledged: Slack would only repeat it."""
        try:
            request = AsyncBoltRequest(mode="socket_mode", body=payload)
        except TRIPPED:
            log.warning("slack.payload_unreadable")
            return done()
        response = await hear(self._app, request)
        return done() if response.status == 400 else response

    async def _begin(self) -> None:
        self._line = await self._again((0.0, *PAUSES))
        await self._watch()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(WATCH)
            if self._line is not None and not self._line.leaving and await self._line.lost():
                self._leave(self._line, "lost")

    def _leave(self, line: Line, reason: str) -> None:
        if not line.leaving and not self._closing:
            line.leaving = True
            log.info("slack.reconnecting", reason=reason)
            self._tasks.start(self._replace(line, reason))

    async def _replace(self, old: Line, reason: str) -> None:
        if reason == CROWDED:
            await old.finish(0)
        self._line = await self._again(PAUSES[3:] if reason == CROWDED else (0.0, *PAUSES))
        await old.drained(DRAIN)
        self._lines.discard(old)

    async def _again(self, pauses: Sequence[float]) -> Line:
        """A new connection, however long that takes."""
        for pause in chain(pauses, repeat(pauses[-1])):
            await asyncio.sleep(pause)
            try:
                return await self._connected()
            except SlackError as error:
                log.warning("slack.not_connected", error=error.error)
        raise AssertionError("pauses end never")

    async def _connected(self) -> Line:
        line = await connected(self._app_token, self._api, self.handle, self._leave)
        self._lines.add(line)
        return line


def _refused(error: str) -> str:
    if error in RATE_LIMITS:
        return f"Slack asks for a pause ({error}): start again in a minute."
    return f"Slack refuses SLACK_APP_TOKEN ({error}): create an app-level token with connections:write."
