"""The HTTP door: only what Slack has signed, lately and in full, comes in."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from adapters.slack.shape import TRIPPED

MOST = 1_000_000
"""Bytes of a request; Slack's payloads stay far below."""

SSL_CHECK = re.compile(rb"(?:^|&)ssl_check=1(?:&|$)")
"""Now and then Slack looks whether a command's address has a sound certificate; nothing is asked then."""

_TIME = re.compile("[0-9]{1,12}")
"""Seconds since 1970. The library reckons with any number, and breaks on those that are too large."""

Hear = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


class Door:
    """The endpoint for events, interactivity and slash commands."""

    def __init__(self, signing_secret: str, hear: Hear) -> None:
        self._verifier = SignatureVerifier(signing_secret)
        self._hear = hear

    async def events(self, request: Request) -> Response:
        """Check size and signature before anything is parsed, then let Bolt hear it."""
        body = await _read(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        if not body.startswith(b"{") and SSL_CHECK.search(body):
            return PlainTextResponse("")
        if not self._signed(request, body):
            return PlainTextResponse("not signed by Slack", 401)
        try:
            payload = to_async_bolt_request(request, body)
        except TRIPPED:
            return PlainTextResponse("not a payload", 400)
        return to_starlette_response(await self._hear(payload))

    def _signed(self, request: Request, body: bytes) -> bool:
        timestamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not (_TIME.fullmatch(timestamp) and signature.isascii()):
            return False
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except UnicodeDecodeError:
            return False


async def _read(request: Request) -> bytes | None:
    """The body, or None as soon as it is too large."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MOST:
            return None
        parts.append(part)
    return b"".join(parts)
