"""A Bolt app that only acknowledges: what Bolt itself costs. `python -m bench.slack_bare socket|http [port]`."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from typing import Any

import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


def bare_app() -> AsyncApp:
    """One listener that acknowledges every button."""
    client = AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(
        client=client,
        process_before_response=True,
        signing_secret=os.environ.get("SLACK_SIGNING_SECRET", "x"),
    )

    async def acknowledge(ack: Any) -> None:
        await ack()

    app.action(re.compile(""))(acknowledge)
    return app


async def over_sockets(sockets: int = 2) -> None:
    """Socket Mode, until killed."""
    app = bare_app()
    for _ in range(sockets):
        handler = AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"])
        await handler.connect_async()  # type: ignore[no-untyped-call]
    await asyncio.Event().wait()


def over_http(port: int) -> None:
    """HTTP, until killed."""
    handler = AsyncSlackRequestHandler(bare_app())

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    async def ready(request: Request) -> Response:
        return PlainTextResponse("ready")

    routes = [Route("/slack/events", events, methods=["POST"]), Route("/readyz", ready)]
    uvicorn.run(Starlette(routes=routes), host="127.0.0.1", port=port, log_config=None, access_log=False)


if __name__ == "__main__":
    if sys.argv[1] == "http":
        over_http(int(sys.argv[2]))
    else:
        asyncio.run(over_sockets())
