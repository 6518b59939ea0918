"""/metrics: the page that Prometheus reads, and who may read it."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.metrics import Metrics
from bot.settings import Settings, SettingsError

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
NOT_HERE = "Metrics are read on this machine only: see CLOUDLARK_METRICS and CLOUDLARK_METRICS_TOKEN.\n"
NO_TOKEN = "Send CLOUDLARK_METRICS_TOKEN as a bearer token.\n"


def metrics_routes(
    settings: Settings, metrics: Metrics, look: Callable[[], Awaitable[None]]
) -> Sequence[BaseRoute]:
    """The route, or none where it is off. `look` brings up to date what nobody counts. Raises SettingsError."""
    who, token = settings["CLOUDLARK_METRICS"], settings["CLOUDLARK_METRICS_TOKEN"]
    if who not in ("loopback", "all", "off"):
        raise SettingsError(f"CLOUDLARK_METRICS is {who!r}: give loopback, all or off.")
    if who == "off":
        return []

    async def page(request: Request) -> Response:
        if token and not _bears(request, token):
            return PlainTextResponse(NO_TOKEN, 401, headers={"WWW-Authenticate": "Bearer"})
        if not token and who == "loopback" and not is_local(request):
            return PlainTextResponse(NOT_HERE, 403)
        await look()
        return Response(metrics.page(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [Route("/metrics", page)]


def is_local(request: Request) -> bool:
    """Whether a request was made on this machine to this machine.

    What a proxy on this machine passes on comes from loopback too; it bears the proxy's headers or the
    public name.
    """
    passed_on = any(name in request.headers for name in FORWARDED)
    return (
        request.client is not None
        and _loopback(request.client.host)
        and _loopback(_host(request))
        and not passed_on
    )


def _host(request: Request) -> str:
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _bears(request: Request, token: str) -> bool:
    given = request.headers.get("authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
