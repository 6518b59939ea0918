"""Installations of many workspaces, kept on the shelf in the form that Slack's library defines."""

from __future__ import annotations

import json
import logging
from typing import Any

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore

from adapters.slack.library_log import LIBRARY
from bot.ports import Shelf

INSTALLATIONS = "slack.installation"
BOTS = "slack.bot"
TEAMS = "slack.team"
"""From a workspace's id to the enterprise's, learned from installations and from org-wide payloads."""


class ShelfInstallations(AsyncInstallationStore):
    """The library's installation store. Keys are `enterprise/team`, with a dash where there is none."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    @property
    def logger(self) -> logging.Logger:
        """The libraries' discreet logger."""
        return LIBRARY

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation and its bot."""
        key = key_of(installation.enterprise_id, installation.team_id, installation.is_enterprise_install)
        await self._shelf.put(INSTALLATIONS, key, _bytes(installation.to_dict()))
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep a bot, in the place of an earlier one of the same workspace."""
        key = key_of(bot.enterprise_id, bot.team_id, bot.is_enterprise_install)
        await self._shelf.put(BOTS, key, _bytes(bot.to_dict()))
        if bot.team_id:
            await self.learn(bot.team_id, bot.enterprise_id or "", org=bool(bot.is_enterprise_install))

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The workspace's own bot, else the organisation's."""
        for key in _keys(enterprise_id, team_id, is_enterprise_install):
            kept = await self._shelf.get(BOTS, key)
            if kept is not None:
                return Bot(**json.loads(kept))
        return None

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """The latest installation; there is one a workspace, since no user tokens are asked for."""
        for key in _keys(enterprise_id, team_id, is_enterprise_install):
            kept = await self._shelf.get(INSTALLATIONS, key)
            if kept is not None:
                return Installation(**json.loads(kept))
        return None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a bot and its token."""
        await self._shelf.take(BOTS, key_of(enterprise_id, team_id, not team_id))

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Forget who installed the tutor."""
        await self._shelf.take(INSTALLATIONS, key_of(enterprise_id, team_id, not team_id))

    async def learn(self, team: str, enterprise: str, *, org: bool) -> None:
        """Remember to which enterprise a workspace belongs."""
        known = {"enterprise": enterprise, "org": org}
        if await self.enterprise_of(team) != (enterprise, org):
            await self._shelf.put(TEAMS, team, json.dumps(known).encode())

    async def enterprise_of(self, team: str) -> tuple[str, bool] | None:
        """The enterprise of a workspace, and whether that installed the tutor as a whole."""
        kept = await self._shelf.get(TEAMS, team)
        if kept is None:
            return None
        known = json.loads(kept)
        return known["enterprise"], known["org"]

    async def forget_teams(self, enterprise: str, team: str) -> list[str]:
        """The workspaces that an installation spoke in; they are forgotten."""
        if team:
            await self._shelf.take(TEAMS, team)
            return [team]
        return [one for one in await self._shelf.keys(TEAMS) if await self._forget_of(enterprise, one)]

    async def _forget_of(self, enterprise: str, team: str) -> bool:
        if await self.enterprise_of(team) != (enterprise, True):
            return False
        await self._shelf.take(TEAMS, team)
        return True


def key_of(enterprise: str | None, team: str | None, org: bool | None) -> str:
    """The shelf's key of an installation."""
    return f"{enterprise or '-'}/{'-' if org else team or '-'}"


def _keys(enterprise: str | None, team: str | None, org: bool | None) -> list[str]:
    own = [key_of(enterprise, team, False)] if team and not org else []
    whole = [key_of(enterprise, None, True)] if enterprise else []
    return [*own, *whole]


def _bytes(values: dict[str, Any]) -> bytes:
    return json.dumps(values, default=str).encode()
