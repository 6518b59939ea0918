"""Where Discord is: its REST API and gateway, or a proxy's addresses in their place.

discord.py knows its addresses as constants of its classes. Setting those would redirect every client in
the process, so the three ways out of one client are redirected instead: its REST requests and its
gateway connections here, its answers to interactions through a webhook adapter in the client's context.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient, Route
from discord.webhook.async_ import AsyncWebhookAdapter
from yarl import URL


def redirected(route: Route, api: str) -> Route:
    """The route at another address of the API; an empty address leaves it alone."""
    if api and route.url.startswith(Route.BASE):
        route.url = api.rstrip("/") + route.url.removeprefix(Route.BASE)
    return route


def gateway_address(url: str, gateway: str) -> str:
    """The gateway's address with its query, at the proxy's place where there is one.

    It also holds for the address at which Discord asks to resume, which would bypass the proxy.
    """
    return str(URL(gateway).with_query(URL(url).query)) if gateway else url


class AddressedHTTP(HTTPClient):
    """The library's HTTP client with the addresses of the settings."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        *,
        api: str,
        gateway: str,
        trace: aiohttp.TraceConfig | None = None,
    ) -> None:
        super().__init__(loop, http_trace=trace)
        self._api = api
        self._gateway = gateway

    async def request(
        self,
        route: Route,
        *,
        files: Sequence[discord.File] | None = None,
        form: Iterable[dict[str, Any]] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Send a request to the API's address."""
        return await super().request(redirected(route, self._api), files=files, form=form, **kwargs)

    async def ws_connect(self, url: str, *, compress: int = 0) -> aiohttp.ClientWebSocketResponse:
        """Connect to the gateway's address."""
        return await super().ws_connect(gateway_address(url, self._gateway), compress=compress)


class AddressedWebhooks(AsyncWebhookAdapter):
    """The library's sender of interaction responses with the address of the settings."""

    def __init__(self, api: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._api = api

    async def request(self, route: Route, session: aiohttp.ClientSession, **kwargs: Any) -> Any:
        """Send a response to the API's address.

        The library asks Discord to send every first response back and reads it in full. Nobody here looks
        at it, so Discord is not asked, and the library gets the least that it can read.
        """
        asked = (kwargs.get("params") or {}).pop("with_response", None)
        answered = await super().request(redirected(route, self._api), session, **kwargs)
        return {"interaction": {"id": str(route.webhook_id)}} if asked else answered
