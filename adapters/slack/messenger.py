"""The tutor speaks first: posts, edits, direct messages, and finding what was posted."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence

import structlog

from adapters.slack.api import SlackApi
from adapters.slack.blocks import Json
from adapters.slack.directs import Directs
from adapters.slack.edits import Edits
from adapters.slack.errors import LOST, TOKEN_LOST, NotInstalledError, SlackError, delivery_error
from adapters.slack.history import History
from adapters.slack.picking import Picking
from adapters.slack.profiles import PLATFORM
from adapters.slack.render import render
from adapters.slack.rendered import Rendered
from adapters.slack.uploads import Uploads
from adapters.slack.workspaces import Workspace, Workspaces
from bot.messages import ChannelGoneError, DeliveryUnknownError, File, Message, Picture
from bot.model.people import Channel, MessageRef, Person

log = structlog.get_logger(__name__)

EVENT_TYPE = "cloudlark_post"
AT_ONCE = 12
"""Posts on their way at the same time; thousands that are due together must not starve the clicks."""

SOON = 10.0
"""Seconds for which a post or an edit waits for its turn; what has to wait longer comes back later."""

MISSING = frozenset(
    {"message_not_found", "cant_update_message", "edit_window_closed", "cant_edit_message", "is_inactive"}
)
"""Somebody deleted the message, or Slack closed it for good: there is nothing left to edit."""


class SlackMessenger:
    """The Messenger port on Slack's Web API."""

    platform = PLATFORM

    def __init__(
        self, api: SlackApi, workspaces: Workspaces, directs: Directs, picking: Picking, edits: Edits
    ) -> None:
        self._api = api
        self._workspaces = workspaces
        self._directs = directs
        self._picking = picking
        self._edits = edits
        self._uploads = Uploads(api)
        self._room = asyncio.Semaphore(AT_ONCE)

    async def post(
        self, channel: Channel, message: Message, *, nonce: str, thread: MessageRef | None = None
    ) -> MessageRef:
        """Post with the nonce as the message's metadata, by which `find` knows it."""
        workspace = await self._workspace(channel.community)
        below = (thread.thread or thread.id) if thread else ""
        return await self._post(workspace, channel, channel.id, render(message), nonce, below)

    async def direct(self, person: Person, message: Message, *, nonce: str) -> MessageRef:
        """Write into the person's direct messages with the tutor."""
        workspace = await self._workspace(person.community)
        channel = Channel(PLATFORM, person.community, person.id)
        return await self._post(workspace, channel, person.id, render(message), nonce, "")

    async def edit(self, ref: MessageRef, message: Message) -> None:
        """Replace a message's text and blocks; its metadata stays. Edits that wait are coalesced.

        A message that somebody deleted is left deleted.
        """
        workspace = await self._workspace(ref.channel.community)
        said = render(message)
        await self._picking.keep(said.card)
        key = f"{ref.channel.id}/{ref.id}"
        await self._edits.edit(key, lambda: self._update(workspace, ref, said))

    async def find(self, channel: Channel, nonce: str, since: dt.datetime) -> MessageRef | None:
        """The message with this nonce in the channel or in a thread below one of the tutor's messages.

        Raises DeliveryUnknownError without the history scope, or when Slack does not answer, and
        ChannelGoneError where the tutor could not post either.
        """
        workspace = await self._workspace(channel.community)
        try:
            found = await History(self._api, workspace, channel.id).find(EVENT_TYPE, nonce, since)
        except SlackError as error:
            gone = delivery_error(error)
            if isinstance(gone, ChannelGoneError) and error.error != "missing_scope":
                raise gone from error
            raise DeliveryUnknownError(error.error) from error
        return MessageRef(channel, str(found["ts"])) if found else None

    async def close(self) -> None:
        """Wait for the posts on their way."""
        for _ in range(AT_ONCE):
            await self._room.acquire()

    async def _workspace(self, community: str) -> Workspace:
        try:
            return await self._workspaces.of(community)
        except NotInstalledError as error:
            raise ChannelGoneError(LOST) from error

    async def _post(
        self, workspace: Workspace, channel: Channel, target: str, said: Rendered, nonce: str, thread: str
    ) -> MessageRef:
        await self._picking.keep(said.card)
        arguments = said.body | {
            "channel": target,
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"nonce": nonce}},
            "unfurl_links": False,
            "unfurl_media": False,
        }
        arguments |= {"thread_ts": thread} if thread else {}
        answer = await self._call(workspace, "chat.postMessage", arguments, target)
        place = str(answer.get("channel") or target)
        await self._directs.learn(channel.community, target, place)
        ref = MessageRef(Channel(PLATFORM, channel.community, place), str(answer["ts"]))
        await self._share(workspace, ref, [*said.pictures, *said.files], thread)
        return ref

    async def _share(
        self, workspace: Workspace, ref: MessageRef, parts: Sequence[Picture | File], thread: str
    ) -> None:
        if not parts:
            return
        try:
            await self._uploads.share(workspace, ref.channel.id, parts, thread or ref.id)
        except SlackError as error:
            # The post stands; repeating it for a picture's sake would post it twice.
            log.warning("slack.upload_failed", error=error.error, channel=ref.channel.id)

    async def _update(self, workspace: Workspace, ref: MessageRef, said: Rendered) -> None:
        arguments = said.body | {"channel": ref.channel.id, "ts": ref.id}
        try:
            await self._call(workspace, "chat.update", arguments)
        except ChannelGoneError as error:
            log.warning("slack.edit_impossible", channel=ref.channel.id, reason=error.reason)

    async def _call(self, workspace: Workspace, method: str, arguments: Json, channel: str = "") -> Json:
        try:
            return await self._api.call(
                workspace.token, workspace.community, method, arguments,
                channel=channel, within=SOON, room=self._room,
            )  # fmt: skip
        except SlackError as error:
            if error.error in TOKEN_LOST:
                await self._workspaces.refused(workspace.community, error.error)
            if error.error in MISSING:
                raise ChannelGoneError("The message is no longer there.") from error
            raise delivery_error(error) from error
