"""Speaking first in the local chat."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.web.entries import COMMUNITY, PLATFORM, TUTOR, Draft, Entry, Place, Rendered, direct
from adapters.web.journal import Journal
from adapters.web.names import BadNameError, channel_name
from adapters.web.render import render
from bot.messages import ChannelGoneError, DeliveryFailedError, Message
from bot.model.people import Channel, MessageRef, Person


class WebMessenger:
    """The tutor's voice in the local chat. A message is in the journal, for good, when a method returns.

    Posting to a channel that does not exist opens it. Posting twice with one nonce shows one message.
    """

    platform = PLATFORM

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def post(
        self, channel: Channel, message: Message, *, nonce: str, thread: MessageRef | None = None
    ) -> MessageRef:
        """Post to a channel or into a thread. Raises ChannelGoneError and DeliveryFailedError."""
        async with _delivering():
            place = await self._place(channel)
            root = thread.id if thread else None
            if root is not None and await self._journal.archive.message(root) is None:
                raise ChannelGoneError(f"The message {root} in #{place.id} has no thread: it does not exist.")
            entry = await self._write(place, render(message), nonce, root)
        return MessageRef(channel, entry.id)

    async def edit(self, ref: MessageRef, message: Message) -> None:
        """Replace a message. Raises ChannelGoneError and DeliveryFailedError."""
        async with _delivering():
            if await self._journal.edit(ref.id, render(message)) is None:
                raise ChannelGoneError(f"The message {ref.id} in #{ref.channel.id} does not exist.")

    async def direct(self, person: Person, message: Message, *, nonce: str) -> MessageRef:
        """Write to one person. Raises ChannelGoneError and DeliveryFailedError."""
        place = direct(person.id)
        async with _delivering():
            if await self._journal.archive.person(person.id) is None:
                raise ChannelGoneError(f"Nobody with the id {person.id} has entered the local chat.")
            entry = await self._write(place, render(message), nonce)
        return MessageRef(Channel(PLATFORM, COMMUNITY, place.id), entry.id)

    async def find(self, channel: Channel, nonce: str, since: dt.datetime) -> MessageRef | None:
        """The message that carries a nonce, if it was written since then."""
        async with _delivering():
            entry = await self._journal.archive.by_nonce(_nonce(nonce))
        if entry is None or dt.datetime.fromisoformat(entry.at) < since:
            return None
        return MessageRef(channel, entry.id)

    async def close(self) -> None:
        """Nothing is on its way: every method returns after the commit."""

    async def _write(self, place: Place, rendered: Rendered, nonce: str, thread: str | None = None) -> Entry:
        draft = Draft(place, TUTOR, rendered, audience=place.owner, thread=thread, nonce=_nonce(nonce))
        entry, _ = await self._journal.add(draft)
        return entry

    async def _place(self, channel: Channel) -> Place:
        known = await self._journal.archive.place(channel.id)
        if known is not None:
            return known
        try:
            return Place(channel_name(channel.id))
        except BadNameError as error:
            raise ChannelGoneError(str(error)) from error


def _nonce(nonce: str) -> str:
    return f"post:{nonce}"


@asynccontextmanager
async def _delivering() -> AsyncIterator[None]:
    """A failed transaction is undone as a whole, so that trying again is safe."""
    try:
        yield
    except sqlite3.Error as error:
        raise DeliveryFailedError(f"the local chat's journal: {error}", retry_after=1.0) from error
