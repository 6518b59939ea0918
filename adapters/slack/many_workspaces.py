"""Many workspaces: tokens from the installation store, rotated in time, kept in memory for a minute."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict

import aiohttp
import structlog
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.slack.api import SlackApi
from adapters.slack.errors import NotInstalledError
from adapters.slack.installations import ShelfInstallations
from adapters.slack.workspaces import Workspace

log = structlog.get_logger(__name__)

MEMORY_SECONDS = 60.0
ROTATE_MINUTES = 120


class ManyWorkspaces:
    """Workspaces that installed the tutor by OAuth.

    Other replicas may install, rotate and remove too, so nothing is trusted for longer than a minute.
    """

    def __init__(self, api: SlackApi, store: ShelfInstallations, client_id: str, client_secret: str) -> None:
        self._api = api
        self._store = store
        self._secrets = (client_id, client_secret)
        self._memory: dict[str, tuple[float, Workspace]] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, community: str) -> Workspace:
        """The installation of a workspace, its own or its organisation's."""
        kept = self._remembered(community)
        if kept is None:
            enterprise, org = await self._store.enterprise_of(community) or ("", False)
            kept = await self.find(enterprise, community, org=org)
        if kept is None:
            raise NotInstalledError(community)
        return kept

    async def find(self, enterprise: str, team: str, *, org: bool) -> Workspace | None:
        """The installation for these ids, from memory or the store."""
        community = team or enterprise
        kept = self._remembered(community)
        if kept is not None:
            return kept
        async with self._locks[community]:
            return self._remembered(community) or await self._load(enterprise, team, org)

    async def refused(self, community: str, error: str) -> None:
        """Forget the token in memory; the store may hold a newer one."""
        self._memory.pop(community, None)

    async def remove(self, enterprise: str, team: str) -> list[str]:
        """Delete the installation. Its communities are those of the organisation when it had no team."""
        known = (await self._store.enterprise_of(team) if team else None) or (enterprise, False)
        for owner in {enterprise, known[0]}:
            await self._store.async_delete_all(enterprise_id=owner or None, team_id=team or None)
        gone = await self._store.forget_teams(enterprise, team)
        for community in [*gone, team or enterprise]:
            self._memory.pop(community, None)
        return gone or [team or enterprise]

    def trouble(self) -> str:
        """One workspace's lost token is not the program's trouble."""
        return ""

    def _remembered(self, community: str) -> Workspace | None:
        kept = self._memory.get(community)
        return kept[1] if kept and time.monotonic() - kept[0] < MEMORY_SECONDS else None

    async def _load(self, enterprise: str, team: str, org: bool) -> Workspace | None:
        bot = await self._bot(enterprise, team, org)
        if bot is None:
            return None
        bot = await self._rotated(bot)
        workspace = _workspace(bot, team or enterprise)
        if workspace.org and team:
            await self._store.learn(team, enterprise, org=True)
        self._memory[workspace.community] = (time.monotonic(), workspace)
        return workspace

    async def _bot(self, enterprise: str, team: str, org: bool) -> Bot | None:
        """The bot for these ids. Payloads may lack the organisation, or name that of the person instead."""
        found = await self._found(enterprise, team, org)
        known = await self._store.enterprise_of(team) if found is None and team else None
        return await self._found(known[0], team, known[1]) if known else found

    async def _found(self, enterprise: str, team: str, org: bool) -> Bot | None:
        return await self._store.async_find_bot(
            enterprise_id=enterprise or None, team_id=team or None, is_enterprise_install=org
        )

    async def _rotated(self, bot: Bot) -> Bot:
        if bot.bot_refresh_token is None:
            return bot
        client_id, client_secret = self._secrets
        rotator = AsyncTokenRotator(client_id=client_id, client_secret=client_secret, client=self._api.client)
        try:
            fresh = await rotator.perform_bot_token_rotation(
                bot=bot, minutes_before_expiration=ROTATE_MINUTES
            )
        except (SlackTokenRotationError, aiohttp.ClientError, TimeoutError):
            return await self._after_failure(bot)
        if fresh is not None:
            await self._store.async_save_bot(fresh)
        return fresh or bot

    async def _after_failure(self, bot: Bot) -> Bot:
        # Another replica may have used the refresh token first; its new token is in the store then.
        # If not, the old one is good for up to two hours, and rotation is tried again in a minute.
        log.warning("slack.rotation_failed", team=bot.team_id, enterprise=bot.enterprise_id)
        newer = await self._store.async_find_bot(
            enterprise_id=bot.enterprise_id,
            team_id=bot.team_id,
            is_enterprise_install=bot.is_enterprise_install,
        )
        return newer or bot


def _workspace(bot: Bot, community: str) -> Workspace:
    return Workspace(
        community=community,
        token=bot.bot_token,
        bot_user=bot.bot_user_id,
        bot_id=bot.bot_id,
        enterprise=bot.enterprise_id or "",
        org=bool(bot.is_enterprise_install),
    )
