"""Who is here, and telling them what happens, in order."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec

from adapters.web import views
from adapters.web.entries import Entry, Place, Seat

BACKLOG = 1_000


class Line:
    """An open page, drawn in a language. What is sent waits in `outbox`; None ends the line.

    A page that does not keep up is cut off; it connects again and asks for what it missed.
    """

    def __init__(self, seat: Seat, language: str) -> None:
        self.seat = seat
        self.language = language
        self.outbox: asyncio.Queue[str | None] = asyncio.Queue()
        self._ended = False

    def send(self, frame: dict[str, Any]) -> None:
        """Queue a frame."""
        self.send_text(encode(frame))

    def send_text(self, text: str) -> None:
        """Queue a frame that is encoded already."""
        if self._ended:
            return
        if self.outbox.qsize() < BACKLOG:
            self.outbox.put_nowait(text)
        else:
            self.end()

    def end(self) -> None:
        """Close the line once what waits has been sent."""
        self._ended = True
        self.outbox.put_nowait(None)


class Hub:
    """All open pages. It hears the journal and passes on to each page what its person may see."""

    def __init__(self) -> None:
        self._lines: dict[str, list[Line]] = {}

    def join(self, line: Line) -> None:
        """A page opened."""
        self._lines.setdefault(line.seat.id, []).append(line)
        self._show_who_is_here()

    def leave(self, line: Line) -> None:
        """A page closed."""
        lines = self._lines.get(line.seat.id, [])
        if line in lines:
            lines.remove(line)
        if not lines:
            self._lines.pop(line.seat.id, None)
        self._show_who_is_here()

    def here(self) -> list[str]:
        """The ids of the people who have a page open."""
        return list(self._lines)

    def end(self) -> None:
        """Close all lines."""
        for lines in self._lines.values():
            for line in lines:
                line.end()

    def changed(self, entry: Entry) -> None:
        """Tell those who may see a message that it was written or changed."""
        self._tell({"is": "message", "message": views.message(entry)}, only=entry.audience)

    def opened(self, place: Place) -> None:
        """Tell those who may see a place that it came into being."""
        self._tell({"is": "place", "place": views.place(place)}, only=place.owner)

    def known(self, seat: Seat) -> None:
        """Tell everyone a person's name, and that person's pages who they now are."""
        for line in self._lines.get(seat.id, ()):
            line.seat = seat
        self._tell({"is": "person", "person": views.person(seat)})

    def seen(self, seat: Seat, place: str, position: int) -> None:
        """Tell a person's other pages how far they have read."""
        self._tell({"is": "seen", "place": place, "position": position}, only=seat.id)

    def _show_who_is_here(self) -> None:
        self._tell({"is": "here", "people": self.here()})

    def _tell(self, frame: dict[str, Any], only: str | None = None) -> None:
        text = encode(frame)
        people = self._lines if only is None else [only]
        for id in list(people):
            for line in list(self._lines.get(id, ())):
                line.send_text(text)


def encode(frame: dict[str, Any]) -> str:
    """A frame as it goes over the wire."""
    return msgspec.json.encode(frame).decode()
