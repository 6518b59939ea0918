"""Waiting as long as Discord asks, where the library does not.

The library takes a 429 for a ban by Cloudflare when the header Via is missing, and gives up. Discord's
documentation does not promise that header, and a proxy may drop it; Retry-After is what it promises.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import aiohttp
import discord

TOO_MANY = 429
TRIES = 5
LONGEST = 30.0
"""Seconds, the least that the library knows. Who has to wait longer is told so, and tries again later."""


async def patiently(
    send: Callable[[], Awaitable[Any]],
    files: Sequence[discord.File] = (),
    everybody: asyncio.Event | None = None,
) -> Any:
    """What `send` returns, sent again after the wait that a 429 asks for. `everybody` is cleared while
    nobody may send. Raises discord.RateLimited when the wait is long."""
    for _ in range(TRIES - 1):
        try:
            return await send()
        except discord.HTTPException as error:
            headers = error.response.headers
            if error.status != TOO_MANY or "Via" in headers:
                raise
            body = await _body(error.response)
            if (seconds := asked_wait(headers, body)) is None:
                raise
            if seconds > LONGEST:
                raise discord.RateLimited(seconds) from error
        await _wait(seconds, everybody if "X-RateLimit-Global" in headers or body.get("global") else None)
        for file in files:
            file.reset()
    return await send()


def asked_wait(headers: Mapping[str, str], body: Mapping[str, Any] | None = None) -> float | None:
    """The seconds that an answer asks to wait, in its header or its body; None when it does not say."""
    try:
        return max(float(headers.get("Retry-After") or (body or {})["retry_after"]), 0.0)
    except (KeyError, ValueError, TypeError):
        return None


async def _body(answer: Any) -> Mapping[str, Any]:
    # The library has read it already, so that it is at hand.
    try:
        found = await answer.json()
    except (aiohttp.ClientError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


async def _wait(seconds: float, everybody: asyncio.Event | None) -> None:
    if everybody is not None:
        everybody.clear()
    try:
        await asyncio.sleep(seconds)
    finally:
        if everybody is not None:
            everybody.set()
