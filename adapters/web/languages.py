"""Which language the chat itself speaks, to whom."""

from __future__ import annotations

from adapters.web.entries import COMMUNITY, PLATFORM, Seat
from bot.commands.desk import Desk
from bot.model.people import Person
from bot.wording.speech import DEFAULT

NOBODY = Person(PLATFORM, COMMUNITY, "", "")


class Languages:
    """Asks the tutor in which language it answers people, so that the page around its answers speaks the same."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def of_place(self) -> str:
        """What is spoken to those who have not entered yet."""
        return await self._desk.language(NOBODY) or DEFAULT

    async def of(self, seat: Seat, otherwise: str = DEFAULT) -> str:
        """What is spoken to a person; `otherwise` while that cannot be known."""
        return await self._desk.language(seat.person()) or otherwise
