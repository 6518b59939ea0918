"""Answers to what people do, sent after the acknowledgement."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager

import structlog

from adapters.slack import words
from adapters.slack.api import SlackApi
from adapters.slack.blocks import Json
from adapters.slack.directs import Directs
from adapters.slack.errors import (
    RATE_LIMITS,
    TOKEN_LOST,
    NotInstalledError,
    RefusedError,
    SlackError,
    UnreachableError,
)
from adapters.slack.outbox import Job, Outbox
from adapters.slack.picking import Picking
from adapters.slack.place import Place, to_metadata
from adapters.slack.render import render
from adapters.slack.render_forms import form_view
from adapters.slack.rendered import Rendered
from adapters.slack.uploads import Uploads
from adapters.slack.ways import Respond, Say, Way, Whisper, ways
from adapters.slack.workspaces import Workspace, Workspaces
from bot.messages import File, Form, Notice, Picture, Reply, Tone
from bot.ports import Clock
from bot.wording.speech import speaking, spoken

log = structlog.get_logger(__name__)

TRIES = 4
PAUSE = 0.4
LONGEST = 120.0
"""Seconds for which a reply waits that Slack puts off on every way."""
TRIGGER_SECONDS = 2.0
UNREADABLE = frozenset(
    {
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_payload",
        "msg_blocks_too_long",
        "msg_too_long",
    }
)


class Replies:
    """Sends replies where they belong. A person gets every one of them, or a word why not."""

    def __init__(
        self,
        api: SlackApi,
        workspaces: Workspaces,
        outbox: Outbox,
        directs: Directs,
        picking: Picking,
        clock: Clock,
    ) -> None:
        self._api = api
        self._workspaces = workspaces
        self._outbox = outbox
        self._directs = directs
        self._picking = picking
        self._clock = clock
        self._uploads = Uploads(api)

    def hand(self, place: Place, reply: Reply) -> None:
        """Queue a reply; when the queue is full, a word that says so takes its place."""
        with _in_language_of(reply):
            self._hand(place, reply)

    def _hand(self, place: Place, reply: Reply) -> None:
        if isinstance(reply.message, Form) and place.trigger:
            metadata = to_metadata(place, self._clock.now().timestamp())
            self.hand_view(place, form_view(reply.message, metadata))
            return
        if self._outbox.offer(place.user, lambda: self.send(place, reply)):
            return
        busy = Reply(Notice(words.busy(), Tone.WARN))
        if not self._outbox.offer(place.user, lambda: self.send(place, busy), urgent=True):
            log.error("slack.busy", team=place.community, request=place.request)

    def hand_view(self, place: Place, view: Json) -> None:
        """Open a modal at once: its trigger is good for three seconds."""
        language = spoken()
        if not self._outbox.hurry(lambda: self._open(place, view, language)):
            log.error("slack.busy", team=place.community, request=place.request)

    async def inline(self, place: Place, reply: Reply) -> Json | None:
        """The reply as the body of a command's acknowledgement; None when that cannot hold it all."""
        if isinstance(reply.message, Form):
            return None
        with _in_language_of(reply):
            said = render(reply.message)
        if said.pictures or said.files:
            return None
        await self._picking.keep(said.card)
        private = reply.private and not place.ours
        return {"response_type": "ephemeral" if private else "in_channel"} | said.body

    async def send(self, place: Place, reply: Reply) -> None:
        """Send a reply by the first way that works. A failure of them all is logged."""
        try:
            workspace = await self._workspaces.of(place.community)
        except NotInstalledError:
            log.warning("slack.reply_without_installation", team=place.community, request=place.request)
            return
        with _in_language_of(reply):
            await self._say(workspace, place, reply)

    async def _say(self, workspace: Workspace, place: Place, reply: Reply, last: bool = False) -> None:
        said = render(reply.message)
        await self._picking.keep(said.card)
        pauses = []
        for way in ways(place, private=reply.private, replace=reply.replace):
            try:
                await self._by(workspace, place, way, said)
            except SlackError as error:
                await self._detour(place, error)
                pauses += [error.retry_after] if error.error in RATE_LIMITS else []
            else:
                await self._share(workspace, place, reply, said)
                return
        if last or not pauses or not self._outbox.hurry(self._later(min(pauses), workspace, place, reply)):
            log.error("slack.reply_lost", team=place.community, request=place.request)

    def _later(self, pause: float, workspace: Workspace, place: Place, reply: Reply) -> Job:
        """The reply once more, when Slack takes messages again."""

        async def job() -> None:
            await asyncio.sleep(min(pause, LONGEST))
            with _in_language_of(reply):
                await self._say(workspace, place, reply, last=True)

        return job

    async def _detour(self, place: Place, error: SlackError) -> None:
        log.warning("slack.reply_detour", error=error.error, by=error.method, request=place.request)
        if error.error in TOKEN_LOST:
            await self._workspaces.refused(place.community, error.error)

    async def _by(self, workspace: Workspace, place: Place, way: Way, said: Rendered) -> None:
        try:
            await _persist(lambda: self._once(workspace, place, way, said.body), way)
        except RefusedError as error:
            if error.error not in UNREADABLE:
                raise
            log.error("slack.blocks_refused", error=error.error, request=place.request)
            await _persist(lambda: self._once(workspace, place, way, {"text": said.text}), way)

    async def _once(self, workspace: Workspace, place: Place, way: Way, body: Json) -> None:
        match way:
            case Respond():
                await self._api.respond(way.url, body | way.arguments)
            case Whisper():
                thread = {"thread_ts": way.thread} if way.thread else {}
                await self._call(
                    workspace,
                    "chat.postEphemeral",
                    body | {"channel": way.channel, "user": way.user} | thread,
                )
            case Say():
                await self._message(workspace, place, way, body)

    async def _message(self, workspace: Workspace, place: Place, way: Say, body: Json) -> None:
        thread = {"thread_ts": way.thread} if way.thread else {}
        quiet = {"unfurl_links": False, "unfurl_media": False}
        answer = await self._call(
            workspace,
            "chat.postMessage",
            body | {"channel": way.channel} | thread | quiet,
            channel=way.channel,
        )
        if way.channel == place.user:
            await self._directs.learn(place.community, place.user, str(answer.get("channel", "")))

    async def _share(self, workspace: Workspace, place: Place, reply: Reply, said: Rendered) -> None:
        parts: list[Picture | File] = [*said.pictures, *said.files]
        if not parts:
            return
        try:
            if place.channel and (not reply.private or place.ours):
                await self._uploads.share(workspace, place.channel, parts, place.thread)
            else:
                await self._share_privately(workspace, place, said, parts)
        except SlackError as error:
            await self._detour(place, error)
            await self._say(workspace, place, Reply(Notice(words.files_lost(), Tone.WARN)))

    async def _share_privately(
        self, workspace: Workspace, place: Place, said: Rendered, parts: Sequence[Picture | File]
    ) -> None:
        channel = await self._directs.known(place.community, place.user)
        if not channel:
            # Slack names the conversation's id only when something is said in it.
            await self._message(workspace, place, Say(place.user), {"text": said.text})
            channel = await self._directs.known(place.community, place.user)
        await self._uploads.share(workspace, channel, parts)
        if place.channel and place.channel != channel:
            await self._say(workspace, place, Reply(Notice(words.files_sent())))

    async def _open(self, place: Place, view: Json, language: str) -> None:
        workspace = await self._workspaces.of(place.community)
        try:
            arguments = {"trigger_id": place.trigger, "view": view}
            await self._api.call(
                workspace.token, workspace.community, "views.open", arguments, within=TRIGGER_SECONDS
            )
        except SlackError as error:
            log.warning("slack.form_not_opened", error=error.error, request=place.request)
            with speaking(language):
                await self._say(workspace, place, Reply(Notice(words.form_too_late(), Tone.WARN)))

    async def _call(self, workspace: Workspace, method: str, arguments: Json, channel: str = "") -> Json:
        return await self._api.call(workspace.token, workspace.community, method, arguments, channel=channel)


def _in_language_of(reply: Reply) -> AbstractContextManager[None]:
    """What is said beside a reply is said in its language: it was made in another task than the one that sends it."""
    return speaking(reply.language or spoken())


async def _persist(send: Callable[[], Awaitable[None]], way: Way) -> None:
    """Send, and again when Slack was not reached or its answer got lost: seeing a reply twice is harmless."""
    for tried in range(1, TRIES + 1):
        try:
            return await send()
        except RefusedError:
            raise
        except SlackError as error:
            # A response URL is at another address than the Web API, which may well be there.
            elsewhere = isinstance(way, Respond) and isinstance(error, UnreachableError)
            if elsewhere or tried == TRIES:
                raise
            await asyncio.sleep(PAUSE * 2 ** (tried - 1))
    return None
