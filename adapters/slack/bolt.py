"""Bolt's application: which listener hears what."""

from __future__ import annotations

import re

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack import payloads, words
from adapters.slack.api import SlackApi
from adapters.slack.hearing import Hearing, done
from adapters.slack.hearing_events import Events
from adapters.slack.library_log import LIBRARY
from adapters.slack.names import LEFT
from adapters.slack.shape import is_sound
from adapters.slack.workspaces import Authorize, Workspaces

ANYTHING = re.compile("")

log = structlog.get_logger(__name__)


def bolt_app(
    api: SlackApi,
    workspaces: Workspaces,
    hearing: Hearing,
    events: Events,
    flow: AsyncOAuthFlow | None = None,
) -> AsyncApp:
    """The application; a listener's return is the acknowledgement.

    Bolt would make an install flow of its own from the environment, so it is given ours. Signatures are
    checked at the door (see door.py), before Bolt parses anything.
    """
    app = AsyncApp(
        name="cloudlark",
        logger=LIBRARY,
        client=api.client,
        authorize=Authorize(workspaces),  # type: ignore[arg-type]
        oauth_flow=flow,
        process_before_response=True,
        request_verification_enabled=False,
        user_facing_authorize_error_message=words.NOT_INSTALLED,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    _people(app, hearing)
    _events(app, events)
    return app


def _people(app: AsyncApp, hearing: Hearing) -> None:
    # Clicks come first: Bolt asks its listeners one after the other.
    app.action(ANYTHING)(hearing.click)
    app.command(ANYTHING)(hearing.command)
    app.view_submission(ANYTHING)(hearing.submission)
    app.shortcut(ANYTHING)(hearing.shortcut)


def _events(app: AsyncApp, events: Events) -> None:
    app.event("app_mention")(events.words)
    app.event("message")(events.words)
    app.event("app_home_opened")(events.opened_home)
    app.event("member_joined_channel")(events.joined)
    for kind in LEFT:
        app.event(kind)(events.left)
    app.event("channel_id_changed")(events.moved)
    app.event("user_change")(events.user_changed)
    app.event("app_uninstalled")(events.uninstalled)
    app.event("tokens_revoked")(events.uninstalled)
    app.event(ANYTHING)(events.other)


def _place(request: AsyncBoltRequest) -> None:
    # Where an organisation installed the tutor, Bolt finds the organisation in a modal and nothing in an event.
    found = payloads.text(request.context, "team_id")
    if not found or found.startswith("E"):
        request.context["team_id"] = payloads.team_of(request.body) or found


async def hear(app: AsyncApp, request: AsyncBoltRequest) -> BoltResponse:
    """Let Bolt hear a payload. What nobody listens for is acknowledged, so that Slack does not repeat it; what
    Bolt cannot read is refused."""
    if not is_sound(request.body):
        log.warning("slack.payload_unreadable")
        return BoltResponse(status=400, body="not a payload")
    _place(request)
    response = await app.async_dispatch(request)
    return done() if response.status == 404 else response
