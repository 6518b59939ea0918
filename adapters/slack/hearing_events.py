"""What happens in Slack by itself or in passing: mentions, messages, channels, users, uninstallations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable

import structlog
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack import payloads
from adapters.slack.api import SlackApi
from adapters.slack.errors import SlackError
from adapters.slack.hearing import Room, done
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

    async def words(self, body: Body, context: AsyncBoltContext, request: AsyncBoltRequest) -> BoltResponse:
        """A mention, or a message in the direct messages with the tutor."""
        workspace: Workspace = context["workspace"]
        event = payloads.event_of(body)
        spoken = event.get("type") == "app_mention" or event.get("channel_type") == "im"
        if spoken and payloads.written_by_person(event, workspace.bot_user):
            await self._once(request, body, lambda: self._words(workspace, body))
        return done()

    async def opened_home(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """The App Home was opened; its page is only for the Home tab."""
        workspace: Workspace = context["workspace"]
        event = payloads.event_of(body)
        user = payloads.text(event, "user")
        await self._room.directs.learn(workspace.community, user, payloads.text(event, "channel"))
        if event.get("tab") == "home":
            place = Place(Surface.HOME, workspace.community, user, request=payloads.request_of(body))
            caller = await self._room.caller(workspace, place, Speaker(user))
            self._room.home.refresh(workspace, caller)
        return done()

    async def joined(self, body: Body, context: AsyncBoltContext, request: AsyncBoltRequest) -> BoltResponse:
        """Somebody came into a channel; only the tutor's own coming matters."""
        workspace: Workspace = context["workspace"]
        if payloads.event_of(body).get("user") == workspace.bot_user:
            await self._once(request, body, lambda: self._joined(workspace, body))
        return done()

    async def left(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """The tutor was taken out of a channel, or the channel is closed."""
        workspace: Workspace = context["workspace"]
        event = payloads.event_of(body)
        channel = Channel(PLATFORM, workspace.community, payloads.channel_named(event))
        await self._room.desk.left(channel, LEFT[event["type"]])
        return done()

    async def moved(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """A channel's id changed, as it does when it is shared with another organisation."""
        workspace: Workspace = context["workspace"]
        old = Channel(PLATFORM, workspace.community, payloads.text(payloads.event_of(body), "old_channel_id"))
        await self._room.desk.left(old, MOVED)
        return done()

    async def user_changed(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """A name, time zone or role changed."""
        user = payloads.inner(payloads.event_of(body), "user")
        await self._room.people.changed(context["workspace"], user)
        return done()

    async def uninstalled(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """The app was removed, or its bot token revoked: nothing of the installation is kept."""
        event = payloads.event_of(body)
        if event.get("type") == "tokens_revoked" and not payloads.inner(event, "tokens").get("bot"):
            return done()
        team = "" if context.is_enterprise_install else context.team_id or ""
        for community in await self._workspaces.remove(context.enterprise_id or "", team):
            log.info("slack.uninstalled", team=community)
            await self._room.desk.forgotten(PLATFORM, community)
        return done()

    async def other(self) -> BoltResponse:
        """An event that means nothing here."""
        return done()

    async def _once(self, request: AsyncBoltRequest, body: Body, hear: Callable[[], Awaitable[None]]) -> None:
        """Hear an event once, also when Slack repeats it to a program that has restarted since."""
        key = payloads.request_of(body)

        async def first() -> BoltResponse:
            if not payloads.retried(request.headers) or await self._shelf.get(SEEN, key) is None:
                await hear()
                await self._shelf.put(SEEN, key, b"1", expires_at=self._room.clock.now() + SEEN_FOR)
            return done()

        await self._room.deliveries.once(key, first)

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
                workspace.token, workspace.community, "conversations.info", {"channel": channel}, form=True
            )
        except SlackError as error:
            log.warning("slack.channel_unknown", channel=channel, error=error.error)
            return ""
        return payloads.text(payloads.inner(answer, "channel"), "name")
