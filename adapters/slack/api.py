"""Calls to Slack's Web API and to response URLs, paced, with errors that say what is certain."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import Mapping
from typing import Any

import aiohttp
import msgspec
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.answers import complaint, failure, refusal
from adapters.slack.blocks import Json
from adapters.slack.errors import RATE_LIMITS, RefusedError, UnknownError
from adapters.slack.fetching import fetch
from adapters.slack.library_log import LIBRARY
from adapters.slack.pacing import Pacer
from bot.ports import UNWATCHED, Instruments

TIMEOUT = aiohttp.ClientTimeout(total=12, connect=5)
PATIENCE = 20.0
"""Seconds that a call waits out a 429 by itself; a longer Retry-After is the caller's to plan with."""
RESPOND = "response_url"
MOST_SAID = 1_000
"""Characters of an answer to a response URL or an upload that are looked at."""

READS = frozenset(
    {"conversations.history", "conversations.info", "conversations.replies", "files.info", "users.info"}
)
"""Methods that Slack documents as GET."""
TAKES_JSON = frozenset(
    {"chat.postEphemeral", "chat.postMessage", "chat.update", "views.open", "views.publish"}
)
"""Methods with structured arguments; all others are sent as a form, which every method takes."""


class SlackApi:
    """One HTTP session for all workspaces. Open it inside the running loop."""

    def __init__(self, base_url: str, pacer: Pacer, instruments: Instruments = UNWATCHED) -> None:
        self._base_url = base_url
        self._pacer = pacer
        self._instruments = instruments
        self._session: aiohttp.ClientSession | None = None
        self._client: AsyncWebClient | None = None

    @property
    def client(self) -> AsyncWebClient:
        """The library's client on the shared session, without a token."""
        if self._client is None:
            self._session = aiohttp.ClientSession(timeout=TIMEOUT)
            self._client = AsyncWebClient(
                base_url=self._base_url, session=self._session, retry_handlers=[], logger=LIBRARY
            )
        return self._client

    async def call(
        self,
        token: str,
        community: str,
        method: str,
        arguments: Json,
        *,
        channel: str = "",
        within: float | None = None,
        room: asyncio.Semaphore | None = None,
    ) -> Json:
        """Slack's answer. Waits for its turn; a 429 is waited out while that takes up to 20 seconds.

        `channel` is named when the call puts a message there. With `within`, it is refused as rate limited
        when it cannot be made in so many seconds. `room` bounds how many calls are made at once; none is
        held while waiting for a turn. Raises SlackError.
        """
        waited = 0.0
        while True:
            delay = self._pacer.delay(community, method, channel, math.inf if within is None else within)
            if within is not None and delay > within:
                raise RefusedError(method, "ratelimited", delay)
            if delay:
                self._instruments.waited("paced", delay)
            await asyncio.sleep(delay)
            try:
                async with room or contextlib.nullcontext():
                    return _object((await self._answer(token, method, arguments)).data)
            except RefusedError as error:
                if error.error not in RATE_LIMITS:
                    raise
                self._instruments.waited("refused", error.retry_after)
                self._pacer.rest(community, method, error.retry_after)
                waited += error.retry_after
                if waited > (PATIENCE if within is None else within):
                    raise

    async def respond(self, url: str, body: Json) -> None:
        """Answer an interaction through its response URL. Raises SlackError."""
        content = {"Content-Type": "application/json; charset=utf-8"}
        await self._post(url, msgspec.json.encode(body), RESPOND, content)

    async def upload(self, url: str, data: bytes) -> None:
        """Put a file's bytes where files.getUploadURLExternal said. Raises SlackError."""
        await self._post(url, data, "upload", {"Content-Type": "application/octet-stream"})

    async def download(self, token: str, url: str) -> bytes:
        """A file's bytes. Only Slack itself is shown the token. Raises SlackError."""
        session = self.client.session
        assert session is not None
        return await fetch(session, self._base_url, url, token, self.client.proxy)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()
        self._session = self._client = None

    async def whoami(self, token: str) -> tuple[Json, Mapping[str, str]]:
        """What auth.test says about a token, and its headers, which name the scopes. Raises SlackError."""
        answer = await self._answer(token, "auth.test", {})
        return _object(answer.data), {name.lower(): value for name, value in answer.headers.items()}

    async def _answer(self, token: str, method: str, arguments: Json) -> AsyncSlackResponse:
        try:
            return await self.client.api_call(method, **_sent(token, method, arguments))
        except SlackApiError as error:
            raise refusal(method, error) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise failure(method, error) from None
        except (AttributeError, TypeError, ValueError):
            # The library stumbles over answers that are JSON and no object, or text with a good status.
            raise UnknownError(method, "unreadable_answer") from None

    async def _post(self, url: str, data: bytes, method: str, headers: dict[str, str]) -> None:
        session = self.client.session
        assert session is not None
        try:
            async with session.post(url, data=data, headers=headers, proxy=self.client.proxy) as answer:
                said = (await answer.text(errors="replace"))[:MOST_SAID]
                error = complaint(method, answer.status, said, answer.headers.get("Retry-After", ""))
        except (aiohttp.ClientError, TimeoutError, OSError) as lost:
            raise failure(method, lost) from None
        if error is not None:
            if error.error in RATE_LIMITS:
                self._instruments.waited("refused", error.retry_after)
            raise error


def _sent(token: str, method: str, arguments: Json) -> dict[str, Any]:
    """A call in the form that the method's page names; the token stands in the header alone."""
    headers = {"headers": {"Authorization": f"Bearer {token}"}} if token else {}
    if method in READS:
        return headers | {"http_verb": "GET", "params": arguments}
    if method in TAKES_JSON:
        return headers | {"json": arguments}
    return headers | {"data": {name: _text(value) for name, value in arguments.items()}}


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _object(data: object) -> Json:
    return data if isinstance(data, dict) else {}
