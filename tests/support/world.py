"""A whole tutor on a real database, with virtual time, a remembering messenger and a desk."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot import settings as settings_
from bot.bank.bank import Bank
from bot.commands.front import FrontDesk
from bot.jobs import tick
from bot.messages import Reply
from bot.model.people import Caller, Channel, Person
from bot.storage.store import Store, open_store
from bot.tutor.tutor import Tutor
from tests.support.bank import small_bank
from tests.support.clock import VirtualClock
from tests.support.messenger import RememberingMessenger

MONDAY = dt.datetime(2026, 11, 16, 8, 0, tzinfo=dt.UTC)


class World:
    """Everything a test of behaviour needs."""

    def __init__(self, tutor: Tutor, clock: VirtualClock, messenger: RememberingMessenger) -> None:
        self.tutor = tutor
        self.clock = clock
        self.messenger = messenger
        self.desk = FrontDesk(tutor)

    def caller(self, name: str, channel: str | None = "general", admin: bool = False, **more: str) -> Caller:
        """A person in a channel, or with None in a direct message."""
        person = Person("test", "team", f"U-{name}", name, admin, **more)
        return Caller(person, Channel("test", "team", channel) if channel else None, "req")

    async def says(self, name: str, text: str, channel: str | None = "general", admin: bool = False) -> Reply:
        """A person types a command."""
        return await self.desk.command(self.caller(name, channel, admin), text)

    async def tick(self, **forward: float) -> None:
        """Move the clock, then let everything happen that is due."""
        self.clock.forward(**forward)
        await tick(self.tutor)


def settings(**values: str) -> settings_.Settings:
    """The defaults, with some values changed."""
    # Time stands still here, so nobody's allowance would ever be given back.
    return settings_.read({"CLOUDLARK_PERSON_ACTIONS": "0", **values}, None)


@asynccontextmanager
async def world(
    folder: Path,
    now: dt.datetime = MONDAY,
    bank: Bank | None = None,
    store: Store | None = None,
    **values: str,
) -> AsyncIterator[World]:
    """A world on a database in a folder."""
    own = store or await open_store(f"sqlite:///{folder / 'world.db'}")
    clock, messenger = VirtualClock(now), RememberingMessenger()
    tutor = Tutor.of(bank or small_bank(), own, clock, random.Random(7), settings(**values))
    tutor.messengers["test"] = messenger
    try:
        yield World(tutor, clock, messenger)
    finally:
        await tutor.answers.drain()
        if store is None:
            await own.close()
