"""What Slack says about this installation: its tokens, its scopes, the way in, the clock."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from adapters.slack.api import SlackApi
from adapters.slack.config import Config, Mode, read
from adapters.slack.doctor_workspaces import AREA, Kept, apart_from_manifest, examine_workspaces
from adapters.slack.errors import RATE_LIMITS, TOKEN_LOST, SlackError
from adapters.slack.pacing import Pacer
from bot.doctor.finding import Finding, failure, ok, warning
from bot.ports import AdapterError
from bot.settings import Settings

PATIENCE = 8.0
SKEW = dt.timedelta(seconds=60)
"""Over HTTP Slack's signatures are taken for five minutes; one minute apart is a warning in time."""


async def examine(settings: Settings, kept: Kept) -> list[Finding]:
    """Findings on the tokens, asked of Slack. `kept` reads what the adapter keeps on the shelf. Returns within some
    twenty seconds."""
    try:
        config = read(settings)
    except AdapterError as error:
        return [failure(AREA, str(error))]
    api = SlackApi(config.api_url, Pacer())
    try:
        tokens = await examine_workspaces(api, kept) if config.many else await _bot(api, config)
        return [*tokens, *await _way_in(api, config)]
    finally:
        await api.close()


async def _bot(api: SlackApi, config: Config) -> list[Finding]:
    try:
        async with asyncio.timeout(PATIENCE):
            who, headers = await api.whoami(config.bot_token)
    except (SlackError, TimeoutError) as error:
        return [failure(AREA, _sentence("SLACK_BOT_TOKEN", error))]
    known = ok(
        AREA, f"SLACK_BOT_TOKEN belongs to {who.get('user', 'the bot')} of {who.get('team', 'a workspace')}."
    )
    return [known, *_scopes(headers), *_clock(headers)]


def _scopes(headers: Mapping[str, str]) -> list[Finding]:
    missing, spare = apart_from_manifest(headers) or (None, None)
    if missing is None:
        return [
            warning(AREA, "Slack did not say which scopes the token has: compare them with the manifest.")
        ]
    found = []
    if missing:
        renew = "reinstall the app from the manifest that `cloudlark slack manifest` prints"
        found.append(failure(AREA, f"The token lacks {missing}: {renew}."))
    if spare:
        found.append(warning(AREA, f"The token may do more than is needed: take {spare} away."))
    return found or [ok(AREA, "The token has the scopes of the manifest and no others.")]


def _clock(headers: Mapping[str, str]) -> list[Finding]:
    try:
        said = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return []
    apart = abs(dt.datetime.now(dt.UTC) - said)
    if apart < SKEW:
        return []
    return [
        warning("clock", f"Slack's clock is {apart.total_seconds():.0f} seconds away: follow a time server.")
    ]


async def _way_in(api: SlackApi, config: Config) -> list[Finding]:
    if config.mode is Mode.HTTP:
        return [ok(AREA, "Slack comes in over HTTP: its request URL has to end in /slack/events.")]
    try:
        async with asyncio.timeout(PATIENCE):
            await api.call(config.app_token, "", "apps.connections.open", {})
    except (SlackError, TimeoutError) as error:
        return [failure(AREA, _sentence("SLACK_APP_TOKEN", error))]
    return [ok(AREA, "SLACK_APP_TOKEN opens connections for Socket Mode.")]


def _sentence(name: str, error: Exception) -> str:
    said = error.error if isinstance(error, SlackError) else "no answer in time"
    if said in TOKEN_LOST:
        return (
            f"Slack refuses {name} ({said}): copy it again from the app's settings, or install the app again."
        )
    if said == "missing_scope":
        return f"{name} lacks the scope connections:write: make an app-level token that has it."
    if said in RATE_LIMITS:
        return f"Slack asks for a pause ({said}): run the doctor again in a minute."
    return f"Slack cannot be asked about {name} ({said}): check the network and SLACK_API_URL."
