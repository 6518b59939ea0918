"""What a page asks to see."""

from __future__ import annotations

from typing import Any

from adapters.web import views
from adapters.web.assets import version
from adapters.web.entries import Attachment, Seat
from adapters.web.hub import Hub
from adapters.web.journal import Journal
from adapters.web.payloads import Complete
from adapters.web.render import render
from bot.commands.command import ParameterKind
from bot.commands.desk import Desk
from bot.model.people import Caller

HOME = "home"


class Look:
    """Reads the chat for pages. Every method returns a JSON object."""

    def __init__(self, desk: Desk, journal: Journal, hub: Hub) -> None:
        self._desk = desk
        self._journal = journal
        self._hub = hub
        self._home_files: dict[str, dict[str, Attachment]] = {}

    async def welcome(self, seat: Seat, after: int) -> dict[str, Any]:
        """All that a page needs to begin, or to go on `after` a change; None as `missed` means begin anew."""
        archive = self._journal.archive
        last = await archive.last_change()
        missed = await archive.since(after, seat) if 0 < after <= last else None
        places = await archive.places(seat)
        return {
            "is": "welcome",
            "version": version(),
            "me": views.person(seat),
            "people": [views.person(person) for person in await archive.people()],
            "here": self._hub.here(),
            "places": [views.place(place, await archive.unread(place.id, seat)) for place in places],
            "commands": views.commands(self._desk.commands),
            "change": last if missed is None else after,
            "missed": None if missed is None else [views.message(entry) for entry in missed],
        }

    async def history(self, seat: Seat, place: str, before: int) -> dict[str, Any]:
        """A place's messages before a position. An empty list means that there are no earlier ones."""
        entries = await self._journal.archive.history(place, seat, before)
        return {"messages": [views.message(entry) for entry in entries]}

    async def thread(self, seat: Seat, message: str) -> dict[str, Any]:
        """The replies below a message."""
        entries = await self._journal.archive.thread(message, seat)
        return {"messages": [views.message(entry) for entry in entries]}

    async def home(self, seat: Seat, request: str) -> dict[str, Any]:
        """The person's own page. Its pictures are kept until it is shown again."""
        rendered = render(await self._desk.home(Caller(seat.person(), None, request)))
        self._home_files[seat.id] = {file.id: file for file in rendered.files}
        return {"body": rendered.body}

    async def file(self, seat: Seat, message: str, id: str) -> Attachment | None:
        """A file of a message that this person may see, or of their own page."""
        if message == HOME:
            return self._home_files.get(seat.id, {}).get(id)
        entry = await self._journal.archive.message(message)
        if entry is None or not entry.visible_to(seat):
            return None
        return await self._journal.archive.file(message, id)

    def complete(self, seat: Seat, asked: Complete) -> dict[str, Any]:
        """What may stand where somebody types."""
        try:
            kind = ParameterKind(asked.kind)
        except ValueError:
            return {"options": []}
        found = self._desk.complete(kind, asked.typed, Caller(seat.person(), None))
        return {"options": [{"value": value, "label": label} for value, label in found[:25]]}
