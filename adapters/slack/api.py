"""Calls to Slack's Web API and to response URLs, paced, with errors that say what is certain."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import msgspec
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.blocks import Json
from adapters.slack.errors import (
    RATE_LIMITS,
    UNSURE,
    RefusedError,
    SlackError,
    UnknownError,
    UnreachableError,
)
from adapters.slack.library_log import LIBRARY
from adapters.slack.pacing import Pacer
from bot.ports import UNWATCHED, Instruments

TIMEOUT = aiohttp.ClientTimeout(total=12, connect=5)
PATIENCE = 20.0
"""Seconds that a call waits out a 429 by itself; a longer Retry-After is the caller's to plan with."""
RESPOND = "response_url"
DOWNLOAD = "download"
MOST_DOWNLOADED = 10_000_000
"""Bytes; Slack's own limit for files in a modal."""


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
        form: bool = False,
        channel: str = "",
        within: float | None = None,
    ) -> Json:
        """Slack's answer. Waits for its turn; a 429 is waited out while that takes up to 20 seconds.

        `form` sends the arguments as a form, for methods that take no JSON. `channel` is named when the
        call puts a message there. With `within`, it is refused as rate limited when it cannot be made in
        so many seconds. Raises SlackError.
        """
        waited = 0.0
        while True:
            delay = self._pacer.delay(community, method, channel)
            if within is not None and delay > within:
                raise RefusedError(method, "ratelimited", delay)
            if delay:
                self._instruments.waited("paced", delay)
            await asyncio.sleep(delay)
            try:
                return await self._once(token, method, arguments, form)
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
        """A file's bytes, at most MOST_DOWNLOADED of them. Only Slack itself is shown the token. Raises SlackError."""
        if not self._is_slack(url):
            raise RefusedError(DOWNLOAD, "foreign_address")
        session = self.client.session
        assert session is not None
        headers = {"Authorization": f"Bearer {token}"}
        try:
            async with session.get(
                url, headers=headers, proxy=self.client.proxy, allow_redirects=False
            ) as answer:
                if answer.status != 200:
                    raise _status(DOWNLOAD, answer.status, "", answer.headers.get("Retry-After", ""))
                data = await answer.content.read(MOST_DOWNLOADED + 1)
                while len(data) <= MOST_DOWNLOADED and (more := await answer.content.read(MOST_DOWNLOADED)):
                    data += more
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _failure(DOWNLOAD, error) from None
        if len(data) > MOST_DOWNLOADED:
            raise RefusedError(DOWNLOAD, "too_large")
        return data

    def _is_slack(self, url: str) -> bool:
        try:
            asked, own = urlsplit(url), urlsplit(self._base_url)
        except ValueError:
            return False
        if (asked.scheme, asked.netloc) == (own.scheme, own.netloc):
            return True
        return asked.scheme == "https" and (asked.hostname or "").endswith((".slack.com", ".slack-gov.com"))

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()
        self._session = self._client = None

    async def whoami(self, token: str) -> tuple[Json, Mapping[str, str]]:
        """What auth.test says about a token, and its headers, which name the scopes. Raises SlackError."""
        answer = await self._answer(token, "auth.test", {}, form=False)
        return _object(answer.data), {name.lower(): value for name, value in answer.headers.items()}

    async def _once(self, token: str, method: str, arguments: Json, form: bool) -> Json:
        return _object((await self._answer(token, method, arguments, form)).data)

    async def _answer(self, token: str, method: str, arguments: Json, form: bool) -> AsyncSlackResponse:
        sent: dict[str, Any] = {"params" if form else "json": arguments | {"token": token}}
        try:
            return await self.client.api_call(method, **sent)
        except SlackApiError as error:
            raise _refusal(method, error) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _failure(method, error) from None

    async def _post(self, url: str, data: bytes, method: str, headers: dict[str, str]) -> None:
        session = self.client.session
        assert session is not None
        try:
            async with session.post(url, data=data, headers=headers, proxy=self.client.proxy) as answer:
                said = (await answer.text())[:100]
                if answer.status >= 300:
                    error = _status(method, answer.status, said, answer.headers.get("Retry-After", ""))
                    if error.error in RATE_LIMITS:
                        self._instruments.waited("refused", error.retry_after)
                    raise error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _failure(method, error) from None


def _object(data: object) -> Json:
    return data if isinstance(data, dict) else {}


def _refusal(method: str, error: SlackApiError) -> SlackError:
    answer = error.response
    data = getattr(answer, "data", None)
    name = str(data.get("error", "")) if isinstance(data, dict) else ""
    status = getattr(answer, "status_code", 0)
    if status == 429 or name in RATE_LIMITS:
        return RefusedError(method, "ratelimited", _seconds(answer.headers.get("Retry-After", "")))
    if not name or name in UNSURE or status >= 500:
        return UnknownError(method, name or f"http_{status}")
    return RefusedError(method, name)


def _status(method: str, status: int, said: str, retry_after: str) -> SlackError:
    if status == 429:
        return RefusedError(method, "ratelimited", _seconds(retry_after))
    if status >= 500:
        return UnknownError(method, f"http_{status}")
    name = said.strip() if said.strip().replace("_", "").isalpha() else f"http_{status}"
    return RefusedError(method, name)


def _failure(method: str, error: Exception) -> SlackError:
    # Only a connection that never came about is certain to have done nothing.
    kind = UnreachableError if isinstance(error, aiohttp.ClientConnectorError) else UnknownError
    return kind(method, type(error).__name__)


def _seconds(retry_after: str) -> float:
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        return 1.0
