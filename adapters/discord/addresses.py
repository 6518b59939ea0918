"""Where Discord is: its REST API and gateway, or a proxy's addresses in their place.

discord.py knows its addresses as constants of its classes. Setting those would redirect every client in
the process, so the three ways out of one client are redirected instead: its REST requests and its
gateway connections here, its answers to interactions through a webhook adapter in the client's context.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route
from discord.webhook.async_ import AsyncWebhookAdapter
from yarl import URL

from adapters.discord.tracing import ONCE
from adapters.discord.waiting import patiently

if TYPE_CHECKING:
    from discord.types.gateway import SessionStartLimit

# A post in a forum bears no nonce, so the library must not repeat one whose fate is unknown.
FORUM_POST = ("POST", "/channels/{channel_id}/threads")

# Discord wants the library's address and version in this form, for answers to interactions too, with which
# the library sends none.
AGENT = f"DiscordBot (https://github.com/Rapptz/discord.py, {discord.__version__}) Cloudlark"


def redirected(route: Route, api: str) -> Route:
    """The route at another address of the API; an empty address leaves it alone."""
    if api and route.url.startswith(Route.BASE):
        route.url = api.rstrip("/") + route.url.removeprefix(Route.BASE)
    return route


def gateway_address(url: str, gateway: str, named: str = "") -> str:
    """Where to connect when the library asks for `url`; its query is kept.

    A session begins at the gateway of the settings, else at the one that the API has named. It is resumed
    where Discord asks to resume, unless that would lead past the gateway of the settings to another host.
    """
    asked = URL(url)
    begins = _place(asked) in (_place(DiscordWebSocket.DEFAULT_GATEWAY), _place(URL(named)))
    if gateway and (begins or asked.host != URL(gateway).host):
        return str(URL(gateway).with_query(asked.query))
    return str(URL(named).with_query(asked.query)) if begins and named and not gateway else url


def _place(url: URL) -> tuple[str | None, int | None, str]:
    return url.host, url.port, url.path


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
        self.user_agent = AGENT
        self._api = api
        self._gateway = gateway
        self._named_gateway = ""

    async def request(
        self,
        route: Route,
        *,
        files: Sequence[discord.File] | None = None,
        form: Iterable[dict[str, Any]] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Send a request to the API's address."""
        if (route.method, route.path) == FORUM_POST:
            kwargs["trace_request_ctx"] = ONCE

        async def send() -> Any:
            address = redirected(route, self._api)
            return await super(AddressedHTTP, self).request(address, files=files, form=form, **kwargs)

        return await patiently(send, files or (), self._global_over)

    async def get_bot_gateway(self) -> tuple[int, str, SessionStartLimit]:
        """Ask for the gateway, and remember its address for every session that begins."""
        shards, self._named_gateway, limit = await super().get_bot_gateway()
        return shards, self._named_gateway, limit

    async def ws_connect(self, url: str, *, compress: int = 0) -> aiohttp.ClientWebSocketResponse:
        """Connect to the gateway's address."""
        address = gateway_address(url, self._gateway, self._named_gateway)
        return await super().ws_connect(address, compress=compress)

    def start_private_message(self, user_id: Any) -> Any:
        """Open direct messages with a person, whose id the API takes as a string like every other."""
        return super().start_private_message(str(user_id))


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
        session.headers.setdefault("User-Agent", AGENT)

        async def send() -> Any:
            address = redirected(route, self._api)
            return await super(AddressedWebhooks, self).request(address, session, **kwargs)

        answered = await patiently(send, kwargs.get("files") or ())
        return {"interaction": {"id": str(route.webhook_id)}} if asked else answered
