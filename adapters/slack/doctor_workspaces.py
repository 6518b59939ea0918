"""What Slack says about the workspaces that installed the tutor by OAuth: each one's token is tried."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

from slack_sdk.oauth.installation_store import Bot

from adapters.slack.api import SlackApi
from adapters.slack.errors import TOKEN_LOST, SlackError
from adapters.slack.installations import BOTS
from adapters.slack.manifest import HISTORY_SCOPES, SCOPES
from bot.doctor.finding import Finding, ok, warning

AREA = "slack"
MOST = 200
"""Tokens that are tried; more would keep the operator waiting."""
AT_ONCE = 8
NAMED = 10
PATIENCE = 18.0
"""Seconds for all of them."""

Kept = Callable[[str], Awaitable[Mapping[str, bytes]]]
"""Reads what the adapter keeps under a namespace."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """A workspace: why its token cannot be used, or which scopes it lacks and which are too many."""

    name: str
    error: str = ""
    missing: str = ""
    spare: str = ""

    @property
    def lost(self) -> bool:
        return self.error in TOKEN_LOST


async def examine_workspaces(api: SlackApi, kept: Kept) -> list[Finding]:
    """Findings on the tokens of all workspaces, or of the first MOST of them."""
    bots = [Bot(**json.loads(value)) for value in (await kept(BOTS)).values()]
    if not bots:
        return [ok(AREA, "Workspaces install it by OAuth; none has done so yet.")]
    tried = await _all(api, bots[:MOST])
    return [*_summary(tried, len(bots)), *_lost(tried), *_scopes(tried)]


def apart_from_manifest(headers: Mapping[str, str]) -> tuple[str, str] | None:
    """The scopes that a token lacks, and those that it does not need; None where Slack does not say."""
    granted = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")} - {""}
    if not granted:
        return None
    spare = granted - SCOPES.keys() - HISTORY_SCOPES.keys()
    return ", ".join(sorted(SCOPES.keys() - granted)), ", ".join(sorted(spare))


async def _all(api: SlackApi, bots: Iterable[Bot]) -> list[_Tried]:
    room = asyncio.Semaphore(AT_ONCE)
    tasks = [asyncio.create_task(_one(api, bot, room)) for bot in bots]
    _, late = await asyncio.wait(tasks, timeout=PATIENCE)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    return [task.result() for task in tasks if not task.cancelled()]


async def _one(api: SlackApi, bot: Bot, room: asyncio.Semaphore) -> _Tried:
    name = f"{bot.team_name or bot.enterprise_name or 'a workspace'} ({bot.team_id or bot.enterprise_id})"
    async with room:
        try:
            _, headers = await api.whoami(bot.bot_token)
        except SlackError as error:
            # A token with a successor is renewed when it is used next.
            renewed = error.error == "token_expired" and bot.bot_refresh_token
            return _Tried(name, "" if renewed else error.error)
    return _Tried(name, "", *(apart_from_manifest(headers) or ("", "")))


def _summary(tried: list[_Tried], known: int) -> Iterable[Finding]:
    works = sum(not each.error for each in tried)
    if works == known:
        yield ok(AREA, f"Installed by OAuth in {known}: Slack takes the token of every one.")
        return
    yield warning(
        AREA, f"Installed by OAuth in {known}, {len(tried)} were tried, and Slack takes {works} tokens."
    )
    unsure = [each for each in tried if each.error and not each.lost]
    for error, names in _grouped((each.error, each.name) for each in unsure):
        yield warning(
            AREA, f"Slack cannot be asked about {names} ({error}): run the doctor again in a minute."
        )


def _lost(tried: list[_Tried]) -> Iterable[Finding]:
    for error, names in _grouped((each.error, each.name) for each in tried if each.lost):
        again = "an admin there has to install the app again"
        yield warning(AREA, f"Slack refuses the token of {names} ({error}): {again}.")


def _scopes(tried: list[_Tried]) -> Iterable[Finding]:
    for missing, names in _grouped((each.missing, each.name) for each in tried):
        yield warning(
            AREA, f"The token of {names} lacks {missing}: an admin there has to install the app again."
        )
    for spare, names in _grouped((each.spare, each.name) for each in tried):
        yield warning(AREA, f"The token of {names} may do more than is needed: take {spare} away.")


def _grouped(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """What is the same of several workspaces, with their names; nothing of those of which it is empty."""
    groups: dict[str, list[str]] = defaultdict(list)
    for what, name in pairs:
        groups[what].append(name)
    for what, names in sorted(groups.items()):
        if what:
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            yield what, ", ".join(names[:NAMED]) + more
