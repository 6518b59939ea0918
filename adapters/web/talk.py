"""What people say, press and hand in, and the tutor's answers to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from adapters.web import views, words
from adapters.web.answers import Spot, below, deliver
from adapters.web.entries import Draft, Entry, Place, Seat, direct, spoken
from adapters.web.handing import Handing
from adapters.web.journal import Journal
from adapters.web.payloads import TEXT_LIMIT, Click, Say, Submit
from bot.commands.desk import Desk
from bot.wording.speech import _

MENTION = re.compile(r"(?<!\w)@cloudlark\b[:,]?", re.IGNORECASE)


class Refusal(Exception):
    """What a person asked for is not done. The message is a sentence that says what to do."""


class Talk:
    """Conversations between people and with the tutor. Every method returns what the asking page needs."""

    def __init__(self, desk: Desk, journal: Journal, handing: Handing) -> None:
        self._desk = desk
        self._journal = journal
        self._handing = handing

    async def say(self, seat: Seat, said: Say, request: str) -> dict[str, Any]:
        """Write words down, or run them as a command, and let the tutor answer where it is meant."""
        text = _checked(said.text)
        place = await self.place(seat, said.place)
        if said.thread is not None:
            await self.message(seat, said.thread)
        if text.startswith("/") and place.owner is None:
            spot = Spot(place, thread=said.thread, prompt=text)
            return await self._command(seat, text, spot, request)
        entry, fresh = await self._journal.add(_words(seat, said, text, place))
        return await self._answer(seat, entry, place, text, request) if fresh else {}

    async def click(self, seat: Seat, click: Click, request: str) -> dict[str, Any]:
        """Press a button. On one's own page the answer goes to the direct messages."""
        spot = await self._spot(seat, click.message, click.button)
        reply = await self._desk.click(spot.place.caller(seat, request), click.button, click.values)
        return await deliver(self._journal, reply, spot, seat)

    async def submit(self, seat: Seat, submit: Submit, request: str) -> dict[str, Any]:
        """Hand in a form."""
        spot = await self._form_spot(seat, submit)
        files = self._handing.taken_up(seat.id, submit.files)
        reply = await self._desk.submit(spot.place.caller(seat, request), submit.form, submit.values, files)
        return await deliver(self._journal, reply, spot, seat)

    async def greet(self, seat: Seat, place: Place, request: str) -> dict[str, Any]:
        """Let the tutor introduce itself in a new channel."""
        caller = place.caller(seat, request)
        if caller.channel is None:
            return {}
        reply = await self._desk.joined(caller, caller.channel, place.id)
        return await deliver(self._journal, reply, Spot(place), seat)

    async def place(self, seat: Seat, id: str) -> Place:
        """The place with this id that is open to this person. Raises Refusal."""
        place = await self._journal.archive.place(id)
        if place is None or not place.open_to(seat):
            raise Refusal(words.no_channel())
        return place

    async def message(self, seat: Seat, id: str) -> Entry:
        """The message with this id that this person may see. Raises Refusal."""
        entry = await self._journal.archive.message(id)
        if entry is None or not entry.visible_to(seat):
            raise Refusal(words.no_message())
        return entry

    async def _answer(
        self, seat: Seat, entry: Entry, place: Place, text: str, request: str
    ) -> dict[str, Any]:
        """The tutor's answer to fresh words: to all in direct messages, elsewhere when it is mentioned."""
        if place.owner and text.startswith("/"):
            return await self._command(seat, text, Spot(place), request)
        if not place.owner and not MENTION.search(text):
            return {}
        words = " ".join(MENTION.sub(" ", text).split())
        reply = await self._desk.said(place.caller(seat, request), words)
        spot = Spot(place, thread=entry.thread, anchor=None if place.owner else entry.id)
        return await deliver(self._journal, reply, spot, seat)

    async def _command(self, seat: Seat, text: str, spot: Spot, request: str) -> dict[str, Any]:
        people = await self._journal.archive.people() if "@" in text else []
        reply = await self._desk.command(spot.place.caller(seat, request), named(text, people))
        return await deliver(self._journal, reply, spot, seat)

    async def _spot(self, seat: Seat, message: str | None, button: str) -> Spot:
        if message is None:
            return Spot(direct(seat.id))
        entry = await self.message(seat, message)
        return below(entry, await self.place(seat, entry.place), seat, button)

    async def _form_spot(self, seat: Seat, submit: Submit) -> Spot:
        if submit.message is None and submit.place is not None:
            return Spot(await self.place(seat, submit.place))
        return await self._spot(seat, submit.message, submit.form)


def named(text: str, people: Iterable[Seat]) -> str:
    """A text in which people who are mentioned by name stand with their id, as commands want them."""
    for seat in sorted(people, key=lambda seat: len(seat.name), reverse=True):
        text = re.sub(rf"@{re.escape(seat.name)}(?!\w)", f"@{seat.id}", text, flags=re.IGNORECASE)
    return text


def _checked(typed: str) -> str:
    text = typed.strip()
    if not text:
        raise Refusal(_("Type something first."))
    if len(text) > TEXT_LIMIT:
        raise Refusal(words.too_long(len(text), TEXT_LIMIT))
    return text


def _words(seat: Seat, said: Say, text: str, place: Place) -> Draft:
    return Draft(
        place,
        seat.id,
        spoken(text),
        audience=place.owner,
        thread=said.thread,
        nonce=views.nonce_of(seat, said.key),
    )
