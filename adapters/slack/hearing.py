"""What people do in Slack: each payload is read, handed to the desk, answered, acknowledged.

The answer to a quiz question is durable when the desk returns, and only then is the click acknowledged.
What takes longer than Slack's patience is acknowledged first and answered later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import structlog
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from adapters.slack import payloads, words
from adapters.slack.buttons import PICK, button_of
from adapters.slack.deliveries import Deliveries
from adapters.slack.directs import Directs
from adapters.slack.downloads import Downloads
from adapters.slack.home import Home
from adapters.slack.names import MESSAGE_SHORTCUT
from adapters.slack.payloads import Body, Speaker
from adapters.slack.people import People
from adapters.slack.picking import FIELD, Picking, picked
from adapters.slack.place import Place, Surface, from_metadata
from adapters.slack.profiles import PLATFORM
from adapters.slack.render_forms import form_values, shown_errors
from adapters.slack.replies import Replies
from adapters.slack.tasks import Tasks
from adapters.slack.workspaces import Workspace
from bot import wording
from bot.commands.desk import Desk
from bot.messages import FormErrors, Notice, Reply, Tone
from bot.messages.acts import AnswerMock, AnswerPractice, AnswerRound
from bot.model.people import Caller, Channel
from bot.ports import Clock
from bot.wording.speech import DEFAULT, speak

log = structlog.get_logger(__name__)

PATIENCE = 1.8
"""Seconds after which a payload is acknowledged; Slack gives up after three."""
ACQUAINTANCE = 0.7
"""Seconds that a person's very first payload waits for their time zone and rights."""

ANSWERS = frozenset({AnswerRound.code, AnswerPractice.code, AnswerMock.code})


def done() -> BoltResponse:
    """A bare acknowledgement."""
    return BoltResponse(status=200, body="")


@dataclass(frozen=True, slots=True)
class Room:
    """What the listeners share."""

    desk: Desk
    people: People
    replies: Replies
    downloads: Downloads
    picking: Picking
    directs: Directs
    home: Home
    deliveries: Deliveries[BoltResponse]
    tasks: Tasks
    clock: Clock
    prefix: str = ""

    async def caller(self, workspace: Workspace, place: Place, who: Speaker) -> Caller:
        """Who is doing something there."""
        person = await self.people.person(workspace, who, ACQUAINTANCE)
        channel = None if place.direct else Channel(PLATFORM, workspace.community, place.channel)
        return Caller(person, channel, place.request)


class Hearing:
    """Listeners for clicks, commands, modals and shortcuts."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def click(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """A button in a message or on the Home tab."""
        workspace: Workspace = context["workspace"]
        place = payloads.click_place(body, workspace.community)
        return await self._room.deliveries.once(place.request, lambda: self._click(workspace, place, body))

    async def command(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """A slash command; the answer is the acknowledgement's own body where it can be."""
        workspace: Workspace = context["workspace"]
        place = payloads.command_place(body, workspace.community)
        return await self._room.deliveries.once(place.request, lambda: self._command(workspace, place, body))

    async def submission(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """A modal that was filled in."""
        workspace: Workspace = context["workspace"]
        request = payloads.request_of(body)
        return await self._room.deliveries.once(request, lambda: self._submission(workspace, body))

    async def shortcut(self, body: Body, context: AsyncBoltContext) -> BoltResponse:
        """The global shortcut practises; the one on a message asks about its words."""
        workspace: Workspace = context["workspace"]
        place = payloads.shortcut_place(body, workspace.community)
        return await self._room.deliveries.once(place.request, lambda: self._shortcut(workspace, place, body))

    async def _click(self, workspace: Workspace, place: Place, body: Body) -> BoltResponse:
        button = button_of(payloads.clicked(body))
        caller = await self._room.caller(workspace, place, payloads.speaker(body))
        if button.startswith(PICK):
            await self._speak_to(caller)
            view = await self._room.picking.view(button, place)
            if view is not None:
                self._room.replies.hand_view(place, view)
                return done()
            button = button.removeprefix(PICK)
        if place.surface is Surface.HOME:
            self._room.home.refresh(workspace, caller)
        return await self._answered(place, button, lambda: self._room.desk.click(caller, button))

    async def _answered(self, place: Place, button: str, ask: Callable[[], Awaitable[Reply]]) -> BoltResponse:
        if button.partition(":")[0] in ANSWERS:
            self._room.replies.hand(place, await _safely(ask, place))
        else:
            await self._in_time(place, ask, self._hand(place))
        return done()

    async def _command(self, workspace: Workspace, place: Place, body: Body) -> BoltResponse:
        room = self._room
        ours = await room.directs.known(place.community, place.user)
        place = replace(place, ours=bool(ours) and ours == place.channel)
        caller = await room.caller(workspace, place, payloads.speaker(body))
        text = payloads.command_text(body, room.prefix)
        reply = await self._in_time(place, lambda: room.desk.command(caller, text))
        if reply is None:
            return done()
        inline = await room.replies.inline(place, reply)
        if inline is not None:
            return BoltResponse(status=200, body=inline)
        room.replies.hand(place, reply)
        return done()

    async def _submission(self, workspace: Workspace, body: Body) -> BoltResponse:
        view = payloads.view_of(body)
        now = self._room.clock.now().timestamp()
        who = payloads.speaker(body)
        metadata = payloads.text(view, "private_metadata")
        place = from_metadata(metadata, workspace.community, who.user, payloads.request_of(body), now)
        caller = await self._room.caller(workspace, place, who)
        if payloads.text(view, "callback_id").startswith(PICK):
            return await self._picks(place, caller, view)
        return await self._form(workspace, place, caller, view)

    async def _picks(self, place: Place, caller: Caller, view: Body) -> BoltResponse:
        button, wanted, chosen = picked(view)
        if len(chosen) != wanted:
            await self._speak_to(caller)
            return _errors({FIELD: words.picked_wrong(wanted, len(chosen))})
        return await self._answered(place, button, lambda: self._room.desk.click(caller, button, chosen))

    async def _form(self, workspace: Workspace, place: Place, caller: Caller, view: Body) -> BoltResponse:
        form, values = str(view["callback_id"]), form_values(view)
        files = self._room.downloads.of(workspace, view)
        reply = await self._in_time(place, lambda: self._room.desk.submit(caller, form, values, files))
        if reply is not None and isinstance(reply.message, FormErrors):
            return _errors(shown_errors(reply.message, view))
        if reply is not None:
            self._room.replies.hand(place, reply)
        elif files:
            self._room.replies.hand(place, Reply(Notice(wording.pack_reading())))
        return done()

    async def _shortcut(self, workspace: Workspace, place: Place, body: Body) -> BoltResponse:
        desk = self._room.desk
        caller = await self._room.caller(workspace, place, payloads.speaker(body))
        if body.get("callback_id") == MESSAGE_SHORTCUT:
            text = payloads.words_of(payloads.text(payloads.inner(body, "message"), "text"))
            await self._in_time(place, lambda: desk.said(caller, text), self._hand(place))
        else:
            await self._in_time(place, lambda: desk.command(caller, "quiz"), self._hand(place))
        return done()

    async def _speak_to(self, caller: Caller) -> None:
        """For what is said here without asking the desk."""
        speak(await self._room.desk.language(caller.person) or DEFAULT)

    def _hand(self, place: Place) -> Callable[[Reply], None]:
        return lambda reply: self._room.replies.hand(place, reply)

    async def _in_time(
        self,
        place: Place,
        ask: Callable[[], Awaitable[Reply]],
        then: Callable[[Reply], None] | None = None,
    ) -> Reply | None:
        """The reply, or None when it takes longer than Slack waits; it is handed over when it is there."""
        task = self._room.tasks.start(_safely(ask, place))
        await asyncio.wait({task}, timeout=PATIENCE)
        if not task.done():
            task.add_done_callback(lambda late: self._room.replies.hand(place, late.result()))
            return None
        if then is not None:
            then(task.result())
        return task.result()


async def _safely(ask: Callable[[], Awaitable[Reply]], place: Place) -> Reply:
    """The desk's reply. It promises not to raise; should it break that, the person still hears something."""
    try:
        return await ask()
    except Exception as error:
        log.error("slack.desk_failed", error=type(error).__name__, request=place.request)
        return Reply(Notice(words.apology(), Tone.ERROR))


def _errors(errors: dict[str, str]) -> BoltResponse:
    return BoltResponse(status=200, body={"response_action": "errors", "errors": errors})
