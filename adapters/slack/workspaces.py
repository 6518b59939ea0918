"""Which token speaks for which community."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext

from adapters.slack.api import SlackApi
from adapters.slack.errors import TOKEN_LOST, NotInstalledError, SlackError, UnknownError
from bot.ports import AdapterError

PAUSES = (0.5, 1.0, 2.0)
"""Seconds between tries to test the token while Slack has a passing failure."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """An installation. `community` is the workspace's id; `enterprise` is set on Enterprise Grid.

    `org` says that the whole organisation installed the tutor, with one token for all its workspaces.
    """

    community: str
    token: str
    bot_user: str
    bot_id: str
    enterprise: str = ""
    org: bool = False


class Workspaces(Protocol):
    """Where the tutor is installed."""

    async def of(self, community: str) -> Workspace:
        """The installation that speaks in a community. Raises NotInstalledError."""
        ...

    async def find(self, enterprise: str, team: str, *, org: bool) -> Workspace | None:
        """The installation that a payload with these ids is for."""
        ...

    async def refused(self, community: str, error: str) -> None:
        """Slack no longer took the token; look it up anew before its next use."""
        ...

    async def remove(self, enterprise: str, team: str) -> list[str]:
        """Forget an installation for good. Returns the communities that it spoke in."""
        ...

    def trouble(self) -> str:
        """Empty, or a sentence on a token that is lost."""
        ...


async def tested(api: SlackApi, token: str) -> dict[str, str]:
    """What auth.test says about a token: team_id, enterprise_id, user_id, bot_id. Raises SlackError."""
    return await api.call(token, "", "auth.test", {})


class SingleWorkspace:
    """One workspace whose token stands in the settings. Everything that comes in is about it."""

    def __init__(self, api: SlackApi, token: str) -> None:
        self._api = api
        self._token = token
        self._workspace: Workspace | None = None
        self._lost = ""

    async def connect(self) -> Workspace:
        """Test the token. Raises AdapterError."""
        known = await self._tested()
        self._workspace = Workspace(
            community=known["team_id"],
            token=self._token,
            bot_user=known.get("user_id", ""),
            bot_id=known.get("bot_id", ""),
            enterprise=known.get("enterprise_id") or "",
        )
        return self._workspace

    async def _tested(self) -> dict[str, str]:
        for pause in (*PAUSES, None):
            try:
                return await tested(self._api, self._token)
            except SlackError as error:
                if pause is None or not isinstance(error, UnknownError):
                    raise AdapterError(_refusal(error)) from error
                await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    async def of(self, community: str) -> Workspace:
        """The one workspace, whatever the community."""
        if self._workspace is None:
            raise NotInstalledError(community)
        return self._workspace

    async def find(self, enterprise: str, team: str, *, org: bool) -> Workspace | None:
        """The one workspace once it is connected."""
        return self._workspace

    async def refused(self, community: str, error: str) -> None:
        """Remember that the token is lost."""
        self._lost = error if error in TOKEN_LOST else self._lost

    async def remove(self, enterprise: str, team: str) -> list[str]:
        """The token cannot be taken out of the settings; it is only reported as lost."""
        self._lost = "app_uninstalled"
        return [self._workspace.community] if self._workspace else []

    def trouble(self) -> str:
        """What to do once the token is lost."""
        if not self._lost:
            return ""
        return (
            f"Slack no longer accepts SLACK_BOT_TOKEN ({self._lost}): reinstall the app, set its new token."
        )


def _refusal(error: SlackError) -> str:
    if error.error in TOKEN_LOST:
        return f"Slack refuses SLACK_BOT_TOKEN ({error.error}): copy the Bot User OAuth Token once more."
    return f"Slack does not answer ({error.error}): check the network and SLACK_API_URL."


class Authorize(AsyncAuthorize):
    """Bolt's question whom a payload is for, answered from memory on the click path."""

    def __init__(self, workspaces: Workspaces) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._workspaces = workspaces

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """The installation's bot, or None where there is none."""
        found = await self._workspaces.find(
            enterprise_id or "", team_id or "", org=bool(context.is_enterprise_install)
        )
        if found is None:
            return None
        context["workspace"] = found
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user,
            bot_token=found.token,
            user_id=user_id,
        )
