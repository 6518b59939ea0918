"""Socket Mode: the tutor connects to Slack, so nothing of it needs a public address."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest

from adapters.slack.api import SlackApi
from adapters.slack.bolt import hear
from adapters.slack.hearing import done
from adapters.slack.library_log import LIBRARY
from adapters.slack.shape import TRIPPED
from bot.ports import AdapterError

log = structlog.get_logger(__name__)

SOCKETS = 2
"""Slack spreads payloads over all connections; with two, one may be refreshed or cut unnoticed."""
PING_SECONDS = 4.0
CONNECT_SECONDS = 30.0


class Socket(AsyncSocketModeHandler):
    """One connection. It counts what it is hearing, so that stopping can wait for it."""

    def __init__(self, app: AsyncApp, app_token: str, api: SlackApi) -> None:
        super().__init__(app, app_token, logger=LIBRARY, web_client=api.client, ping_interval=PING_SECONDS)
        self._hearing = 0
        self._closing = False
        self._quiet = asyncio.Event()
        self._quiet.set()

    async def handle(self, client: Any, req: SocketModeRequest) -> None:
        """Hear an envelope and acknowledge it. While closing it is left to Slack's other connections."""
        if self._closing:
            return
        self._hearing += 1
        self._quiet.clear()
        try:
            headers: dict[str, str | Sequence[str]] = {}
            if req.retry_attempt:
                headers["x-slack-retry-num"] = str(req.retry_attempt)
            await send_async_response(client, req, await self._heard(req.payload, headers), 0.0)
        finally:
            self._hearing -= 1
            if not self._hearing:
                self._quiet.set()

    async def _heard(self, payload: Any, headers: dict[str, str | Sequence[str]]) -> BoltResponse:
        """What comes of a payload. One that cannot be read is acknowledged: Slack would only repeat it."""
        try:
            request = AsyncBoltRequest(mode="socket_mode", body=payload, headers=headers)
        except TRIPPED:
            log.warning("slack.payload_unreadable")
            return done()
        response = await hear(self.app, request)
        return done() if response.status == 400 else response

    async def open(self) -> None:
        """Connect. Raises AdapterError when Slack refuses the app token or does not answer."""
        try:
            self.client.wss_uri = await self.client.issue_new_wss_url()
            await asyncio.wait_for(self.connect_async(), CONNECT_SECONDS)  # type: ignore[no-untyped-call]
        except SlackApiError as error:
            name = error.response.get("error") or "no answer"
            raise AdapterError(
                f"Slack refuses SLACK_APP_TOKEN ({name}): create an app-level token with connections:write."
            ) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise AdapterError("Slack's Socket Mode does not answer: check the network.") from error

    async def shut(self, patience: float) -> None:
        """Hear nothing new, acknowledge what is being heard, disconnect."""
        self._closing = True
        with suppress(TimeoutError):
            await asyncio.wait_for(self._quiet.wait(), patience)
        await self.close_async()  # type: ignore[no-untyped-call]

    def up(self) -> bool:
        """Whether the connection is open."""
        session = self.client.current_session
        return session is not None and not session.closed
