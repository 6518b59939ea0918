"""The wire between Slack and the program: bodies, signatures, arguments, broken answers."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from tests.fakes.slack.faults import Fault
from tests.fakes.slack.world import Json

SECRET = "s" * 32


def signed(body: str, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """The headers with which Slack signs a body."""
    timestamp = str(int(time.time() if at is None else at))
    mac = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
    return {"x-slack-request-timestamp": timestamp, "x-slack-signature": f"v0={mac.hexdigest()}"}


def encoded(kind: str, payload: Json) -> tuple[str, str]:
    """A payload's body over HTTP, and its content type."""
    form = "application/x-www-form-urlencoded"
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)}), form
    return urlencode({key: str(value) for key, value in payload.items()}), form


async def arguments_of(request: web.Request) -> tuple[Json, str]:
    """The arguments of a call and its token."""
    arguments: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        arguments |= await request.json()
    elif request.can_read_body:
        arguments |= dict(await request.post())
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Basic":
        name, _, secret = base64.b64decode(value).decode().partition(":")
        return arguments | {"client_id": name, "client_secret": secret}, ""
    return arguments, value or str(arguments.pop("token", ""))


async def failing(request: web.Request, fault: Fault, answer: Json) -> web.StreamResponse:
    """The answer that a fault makes of one."""
    if fault.drop:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()
    headers = {"Retry-After": str(fault.retry_after)} if fault.status == 429 else {}
    if fault.text:
        return web.Response(
            status=fault.status, text=fault.text, content_type=fault.content_type, headers=headers
        )
    if fault.status >= 500:
        return web.Response(status=fault.status, text="<html>upstream</html>", content_type="text/html")
    return web.json_response(answer, status=fault.status, headers=headers)
