"""Watching the library's requests: it waits out Discord's rate limits in silence, and repeats in silence."""

from __future__ import annotations

from types import SimpleNamespace

import aiohttp
import discord

from adapters.discord.waiting import TOO_MANY, asked_wait
from bot.ports import Instruments

ONCE = "once"
"""Marks a request that must not be repeated when its fate is unknown."""


class UnsureError(discord.DiscordException):
    """Discord failed at a request that it may have carried out."""


def watched(instruments: Instruments) -> aiohttp.TraceConfig:
    """A trace of the library's HTTP session. It notes every refusal with the wait that Discord asked for,
    and raises UnsureError where the library would repeat a request that is marked with ONCE."""

    async def ended(
        session: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestEndParams
    ) -> None:
        response = request.response
        if response.status == TOO_MANY:
            instruments.waited("refused", asked_wait(response.headers) or 0.0)
        if response.status >= 500 and context.trace_request_ctx == ONCE:
            response.close()
            raise UnsureError(f"Discord answered {response.status}")

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(ended)
    return trace
