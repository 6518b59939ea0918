"""Telling operators of Discord's rate limits, which the library waits out in silence."""

from __future__ import annotations

from types import SimpleNamespace

import aiohttp

from bot.ports import Instruments

TOO_MANY = 429


def rate_limits(instruments: Instruments) -> aiohttp.TraceConfig:
    """A trace of the library's HTTP session that notes every refusal with the wait that Discord asked for."""

    async def ended(
        session: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestEndParams
    ) -> None:
        if request.response.status == TOO_MANY:
            instruments.waited("refused", _seconds(request.response.headers.get("Retry-After", "")))

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(ended)
    return trace


def _seconds(text: str) -> float:
    try:
        return max(float(text), 0.0)
    except ValueError:
        return 0.0
