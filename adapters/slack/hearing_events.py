"""What happens in Slack by itself or in passing: mentions, messages, channels, users, uninstallations."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from adapters.slack import payloads
from adapters.slack.api import SlackApi
from adapters.slack.errors import SlackError
from adapters.slack.hearing import PATIENCE, Room, done
from adapters.slack.names import LEFT
from adapters.slack.payloads import Body, Speaker
from adapters.slack.place import Place, Surface
from adapters.slack.profiles import PLATFORM
from adapters.slack.workspaces import Workspace, Workspaces
from bot.model.people import Caller, Channel, Person
from bot.ports import Shelf
from bot.wording.speech import marked

log = structlog.get_logger(__name__)

SEEN = "slack.seen"
SEEN_FOR = dt.timedelta(hours=1)
"""Slack tries an event again at once, after a minute and after five."""

MOVED = marked("Slack gave the channel a new id. Use /schedule add there once more.")


class Events:
    """Listeners for the Events API."""

    def __init__(self, room: Room, workspaces: Workspaces, api: SlackApi, shelf: Shelf) -> None:
        self._room = room
        self._workspaces = workspaces
        self._api = api
        self._shelf = shelf

    async def words(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """A mention, or a message in the direct messages with the tutor."""
        workspace: Workspace = context["workspace"]
        event = payloads.event_of(body)
        spoken = event.get("type") == "app_mention" or event.get("channel_type") == "im"
        if spoken and payloads.written_by_person(event, workspace.bot_user):
            return await self._once(body, lambda: self._words(workspace, body))
        return done()

    async def opened_home(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """The App Home was opened; its page is only for the Home tab."""
        return await self._in_time(self._opened_home(context["workspace"], body))

    async def joined(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """Somebody came into a channel; only the tutor's own coming matters."""
        workspace: Workspace = context["workspace"]
        if payloads.event_of(body).get("user") == workspace.bot_user:
            return await self._once(body, lambda: self._joined(workspace, body))
        return done()

    async def left(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """The tutor was taken out of a channel, or the channel is closed."""
        workspace: Workspace = context["workspace"]
        event = payloads.event_of(body)
        channel = Channel(PLATFORM, workspace.community, payloads.channel_named(event))
        return await self._in_time(self._room.desk.left(channel, LEFT[event["type"]]))

    async def moved(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """A channel's id changed, as it does when it is shared with another organisation."""
        workspace: Workspace = context["workspace"]
        old = Channel(PLATFORM, workspace.community, payloads.text(payloads.event_of(body), "old_channel_id"))
        return await self._in_time(self._room.desk.left(old, MOVED))

    async def user_changed(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """A name, time zone or role changed."""
        user = payloads.inner(payloads.event_of(body), "user")
        return await self._in_time(self._room.people.changed(context["workspace"], user))

    async def uninstalled(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """The app was removed, or its bot token revoked: nothing of the installation is kept."""
        event = payloads.event_of(body)
        if event.get("type") == "tokens_revoked" and not payloads.inner(event, "tokens").get("bot"):
            return done()
        team = "" if context.is_enterprise_install else context.team_id or ""
        return await self._in_time(self._uninstalled(context.enterprise_id or "", team))

    async def other(self) -> BoltResponse:
        """An event that means nothing here."""
        return done()

    async def _once(self, body: Body, hear: Callable[[], Awaitable[None]]) -> BoltResponse:
        """Hear an event once, also when Slack repeats it to a program that has restarted since or to a replica."""
        key = payloads.request_of(body)

        async def first() -> None:
            if not key:
                await hear()
            elif await self._shelf.get(SEEN, key) is None:
                await hear()
                await self._shelf.put(SEEN, key, b"1", expires_at=self._room.clock.now() + SEEN_FOR)

        return await self._room.deliveries.once(key, lambda: self._in_time(first()))

    async def _in_time(self, work: Coroutine[Any, Any, None]) -> BoltResponse:
        """Acknowledge when it is done, or before Slack's patience ends; the rest is done afterwards."""
        task = self._room.tasks.start(work)
        await asyncio.wait({task}, timeout=PATIENCE)
        if task.done():
            task.result()
        return done()

    async def _opened_home(self, workspace: Workspace, body: Body) -> None:
        event = payloads.event_of(body)
        user = payloads.text(event, "user")
        await self._room.directs.learn(workspace.community, user, payloads.text(event, "channel"))
        if event.get("tab") == "home":
            place = Place(Surface.HOME, workspace.community, user, request=payloads.request_of(body))
            caller = await self._room.caller(workspace, place, Speaker(user))
            self._room.home.refresh(workspace, caller)

    async def _uninstalled(self, enterprise: str, team: str) -> None:
        for community in await self._workspaces.remove(enterprise, team):
            log.info("slack.uninstalled", team=community)
            await self._room.desk.forgotten(PLATFORM, community)

    async def _words(self, workspace: Workspace, body: Body) -> None:
        event = payloads.event_of(body)
        place = payloads.talk_place(body, workspace.community)
        if place.ours:
            await self._room.directs.learn(place.community, place.user, place.channel)
        caller = await self._room.caller(workspace, place, payloads.event_speaker(event))
        text = payloads.said_text(event, workspace.bot_user)
        self._room.replies.hand(place, await self._room.desk.said(caller, text))

    async def _joined(self, workspace: Workspace, body: Body) -> None:
        event = payloads.event_of(body)
        channel = Channel(PLATFORM, workspace.community, payloads.text(event, "channel"))
        inviter = payloads.text(event, "inviter")
        place = Place(
            Surface.TALK, workspace.community, inviter, channel.id, request=payloads.request_of(body)
        )
        if inviter:
            caller = await self._room.caller(workspace, place, Speaker(inviter))
        else:
            nobody = Person(PLATFORM, workspace.community, workspace.bot_user, "Slack")
            caller = Caller(nobody, channel, place.request)
        name = await self._name(workspace, channel.id)
        self._room.replies.hand(place, await self._room.desk.joined(caller, channel, name))

    async def _name(self, workspace: Workspace, channel: str) -> str:
        try:
            answer = await self._api.call(
                workspace.token, workspace.community, "conversations.info", {"channel": channel}
            )
        except SlackError as error:
            log.warning("slack.channel_unknown", channel=channel, error=error.error)
            return ""
        return payloads.text(payloads.inner(answer, "channel"), "name")
