"""One WebSocket to Slack. It leaves the replacing to its Socket, so that acknowledgements go the way they came."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from adapters.slack.answers import failure, refusal
from adapters.slack.api import SlackApi
from adapters.slack.errors import SlackError, UnknownError
from adapters.slack.library_log import LIBRARY

PING_SECONDS = 4.0
CONNECT_SECONDS = 10.0
"""An address is good for one connection and not for long, so it is not tried for ever."""
LOOK = 0.02
"""Seconds between looks at a connection that is about to end."""
OPEN = "apps.connections.open"

Hear = Callable[["Line", SocketModeRequest], Awaitable[None]]
Leave = Callable[["Line", str], None]


class Line(SocketModeClient):
    """The library's client for one connection, which it never replaces by itself.

    `leave` is told when Slack announces that it will close the connection, and why.
    """

    def __init__(self, app_token: str, api: SlackApi, hear: Hear, leave: Leave) -> None:
        super().__init__(
            app_token,
            logger=LIBRARY,
            web_client=api.client,
            auto_reconnect_enabled=False,
            ping_interval=PING_SECONDS,
        )
        self.socket_mode_request_listeners.append(hear)  # type: ignore[arg-type]
        self._leave = leave
        self.leaving = False
        """Whether another connection is to take its place."""
        self.hearing = 0
        """How many envelopes of this connection are not yet acknowledged."""

    async def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        """What Slack says. At a warning the library would close the connection with envelopes still open."""
        if message.get("type") == "disconnect":
            self._leave(self, str(message.get("reason") or ""))
            return
        await super().run_message_listeners(message, raw_message)

    def up(self) -> bool:
        """Whether the connection is open."""
        return self.current_session is not None and not self.current_session.closed

    async def lost(self) -> bool:
        """Whether the connection is closed, or open and silent."""
        return not self.up() or await self.is_ping_pong_failing()

    async def drained(self, patience: float) -> None:
        """Hear what still comes until Slack closes the connection, for at most `patience` seconds, then close."""
        await _until(lambda: not self.up(), patience)
        await self.finish(patience)

    async def finish(self, patience: float) -> None:
        """Acknowledge what is being heard, for at most `patience` seconds, then close."""
        await _until(lambda: not (self.hearing and self.up()), patience)
        await self.close()  # type: ignore[no-untyped-call]


async def connected(app_token: str, api: SlackApi, hear: Hear, leave: Leave) -> Line:
    """A new connection. Raises SlackError."""
    line = Line(app_token, api, hear, leave)
    try:
        line.wss_uri = await line.issue_new_wss_url()
        await asyncio.wait_for(line.connect(), CONNECT_SECONDS)  # type: ignore[no-untyped-call]
    except BaseException as error:
        await line.close()  # type: ignore[no-untyped-call]
        if isinstance(error, Exception):
            raise _said(error) from error
        raise
    return line


async def _until(so: Callable[[], bool], patience: float) -> None:
    for _ in range(int(patience / LOOK)):
        if so():
            return
        await asyncio.sleep(LOOK)


def _said(error: Exception) -> SlackError:
    match error:
        case SlackApiError():
            return refusal(OPEN, error)
        case aiohttp.ClientError() | TimeoutError() | OSError():
            return failure(OPEN, error)
        case _:
            return UnknownError(OPEN, type(error).__name__)
