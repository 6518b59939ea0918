"""What is known where, and what it costs to know it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.tutor.packs.holdings import FRESH, everything
from tests.support.world import World
from tests.tutor.packs.dialogue import card, publishes


class Counted:
    """A store that counts what is read."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.reads = 0

    async def read(self, work: Any) -> Any:
        self.reads += 1
        await asyncio.sleep(0)
        return await self._store.read(work)


async def test_of_many_who_ask_at_once_one_looks(tutoring: World) -> None:
    tutor, store = tutoring.tutor, Counted(tutoring.tutor.store)
    await tutor.at(1)
    tutoring.clock.forward(seconds=FRESH.total_seconds())
    now = tutoring.clock.now()
    found = await asyncio.gather(*(tutor.holdings.at(store, 1, now) for _ in range(50)))  # type: ignore[arg-type]
    assert {id(each) for each in found} == {id(tutor.holdings.main)}
    assert store.reads == 1
    await tutor.holdings.at(store, 1, now)  # type: ignore[arg-type]
    assert store.reads == 1


async def test_where_there_are_no_packs_the_tutor_is_one_and_the_same(tutoring: World) -> None:
    await publishes(tutoring)
    assert await tutoring.tutor.at(99) is tutoring.tutor
    view = await tutoring.tutor.at(1)
    assert view is not tutoring.tutor
    assert (await tutoring.tutor.at(1)).bank is view.bank
    assert view.answers is tutoring.tutor.answers


async def test_of_too_many_places_the_ones_asked_longest_ago_are_loaded_again(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.tutor.packs.holdings.KEPT", 0)
    await publishes(tutoring, "When do we ship?")
    assert tutoring.tutor.holdings.known(1) is None
    assert card(await tutoring.says("ben", "/quiz our deploys 1")).stem == "When do we ship?"


async def test_a_replay_finds_what_was_ever_asked(tutoring: World) -> None:
    await publishes(tutoring, "First?", "Second?")
    await publishes(tutoring, "First?")
    now = tutoring.clock.now()
    bank = await tutoring.tutor.store.read(lambda db: everything(db, tutoring.tutor.bank, now))
    assert bank.item("onboarding-1/deploys.q1", 1).stem == "Second?"
    assert list(bank.questions) == list(tutoring.tutor.bank.questions)
