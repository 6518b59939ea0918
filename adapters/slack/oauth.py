"""The install flow for many workspaces: /slack/install, consent in Slack, /slack/oauth_redirect."""

from __future__ import annotations

import aiohttp
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from adapters.slack.api import SlackApi
from adapters.slack.config import Config
from adapters.slack.installations import ShelfInstallations
from adapters.slack.library_log import LIBRARY
from adapters.slack.manifest import SCOPES
from adapters.slack.oauth_states import LIFETIME, ShelfStates

INSTALL = "/slack/install"
REDIRECT = "/slack/oauth_redirect"
NO_ANSWER = f"Slack did not answer. Nothing was installed: please begin again at {INSTALL}."


def oauth_flow(
    config: Config, api: SlackApi, store: ShelfInstallations, states: ShelfStates
) -> AsyncOAuthFlow:
    """The library's flow on our stores; it asks for the manifest's scopes and no user scopes."""
    settings = AsyncOAuthSettings(
        client_id=config.client_id,
        client_secret=config.client_secret,
        scopes=list(SCOPES),
        user_scopes=[],
        install_path=INSTALL,
        redirect_uri_path=REDIRECT,
        authorization_url=config.authorize_url,
        installation_store=store,
        installation_store_bot_only=True,
        state_store=states,
        state_expiration_seconds=int(LIFETIME.total_seconds()),
        logger=LIBRARY,
    )
    return AsyncOAuthFlow(client=api.client, logger=LIBRARY, settings=settings)


class InstallPages:
    """The two pages of the flow. They say that it is too early until `flow` is set."""

    def __init__(self) -> None:
        self.flow: AsyncOAuthFlow | None = None

    async def install(self, request: Request) -> Response:
        """A page with the button that leads to Slack's consent."""
        if self.flow is None:
            return PlainTextResponse("starting", 503)
        answer = await self.flow.handle_installation(to_async_bolt_request(request, b""))
        return to_starlette_response(answer)

    async def redirect(self, request: Request) -> Response:
        """Slack sends the person back here with a code; the installation is kept."""
        if self.flow is None:
            return PlainTextResponse("starting", 503)
        try:
            answer = await self.flow.handle_callback(to_async_bolt_request(request, b""))
        except (aiohttp.ClientError, TimeoutError):
            return PlainTextResponse(NO_ANSWER, 503)
        return to_starlette_response(answer)
