"""Who people are: asked of Slack once, kept on the shelf, brought up to date by user_change."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from adapters.slack.api import SlackApi
from adapters.slack.errors import SlackError
from adapters.slack.payloads import Speaker, text
from adapters.slack.profiles import PLATFORM, Profile, community_of, from_bytes, profile
from adapters.slack.tasks import Tasks
from adapters.slack.workspaces import Workspace
from bot.model.people import Person
from bot.ports import Clock, Shelf

log = structlog.get_logger(__name__)

USERS = "slack.user"
"""`bot.storage.privacy` finds the profile of a person who leaves by this form: platform, dot, user."""
REMEMBERED = 50_000
FRESH_SECONDS = 900.0
"""How long memory is trusted: another replica may have heard a user_change."""

Learned = Callable[[Person], Awaitable[None]]


class People:
    """The cache of users. `learned` is told when a person becomes known or changes."""

    def __init__(self, api: SlackApi, shelf: Shelf, clock: Clock, tasks: Tasks, learned: Learned) -> None:
        self._api = api
        self._shelf = shelf
        self._clock = clock
        self._tasks = tasks
        self._learned = learned
        self._memory: OrderedDict[tuple[str, str], tuple[float, Profile]] = OrderedDict()
        self._asking: dict[tuple[str, str], asyncio.Task[Profile | None]] = {}

    async def person(self, workspace: Workspace, who: Speaker, wait: float) -> Person:
        """The person; Slack is asked when they are new.

        After `wait` seconds the payload's own name has to do, without time zone or rights, and `learned`
        is called as soon as Slack has answered.
        """
        known = await self._known(workspace, who.user)
        if known is None:
            known = await self._ask(workspace, who.user, wait)
        community = community_of(who.home, workspace)
        if known is None:
            return Person(PLATFORM, community, who.user, who.name or "Somebody")
        return known.person(community, who.user)

    async def changed(self, workspace: Workspace, user: Mapping[str, Any]) -> None:
        """A user_change: kept, and told on, when this user is one of ours."""
        name = text(user, "id")
        before = await self._known(workspace, name)
        if before is None:
            return
        after = profile(user, workspace)
        await self._keep(workspace, name, after)
        if after != before:
            await self._tell(workspace, user, after)

    async def _tell(self, workspace: Workspace, user: Mapping[str, Any], found: Profile) -> None:
        community = community_of(text(user, "team_id"), workspace)
        await self._learned(found.person(community, text(user, "id")))

    async def _known(self, workspace: Workspace, user: str) -> Profile | None:
        key = (workspace.community, user)
        kept = self._memory.get(key)
        now = self._clock.now().timestamp()
        if kept is not None and 0 <= now - kept[0] < FRESH_SECONDS:
            return kept[1]
        shelved = await self._shelf.get(USERS, "/".join(key))
        if shelved is None:
            return None
        found = from_bytes(shelved)
        self._remember(key, found)
        return found

    async def _ask(self, workspace: Workspace, user: str, wait: float) -> Profile | None:
        key = (workspace.community, user)
        if key not in self._asking:
            self._asking[key] = self._tasks.start(self._fetch(workspace, user))
        asking = self._asking[key]
        await asyncio.wait({asking}, timeout=wait)
        return asking.result() if asking.done() and not asking.cancelled() else None

    async def _fetch(self, workspace: Workspace, user: str) -> Profile | None:
        arguments = {"user": user, "include_locale": True}
        try:
            answer = await self._api.call(workspace.token, workspace.community, "users.info", arguments)
        except SlackError as error:
            log.warning("slack.user_unknown", user=user, team=workspace.community, error=error.error)
            return None
        finally:
            self._asking.pop((workspace.community, user), None)
        found = profile(answer["user"], workspace)
        await self._keep(workspace, user, found)
        await self._tell(workspace, answer["user"], found)
        return found

    async def _keep(self, workspace: Workspace, user: str, found: Profile) -> None:
        await self._shelf.put(USERS, f"{workspace.community}/{user}", found.to_bytes())
        self._remember((workspace.community, user), found)

    def _remember(self, key: tuple[str, str], found: Profile) -> None:
        self._memory[key] = (self._clock.now().timestamp(), found)
        self._memory.move_to_end(key)
        if len(self._memory) > REMEMBERED:
            self._memory.popitem(last=False)
