"""A replay of the attempts arrives at the state that the answers left."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.learning import fitting
from bot.messages import QuestionCard, encode
from bot.messages.acts import AnswerPractice, AnswerRound, ShowPractice
from bot.storage import fits
from bot.storage.rebuilding import DERIVED
from bot.storage.tables import learners, memory_parameters, rounds
from bot.tutor.replay import replay
from tests.support.world import World


def state(db: Connection) -> dict[str, list[Any]]:
    """Every derived row, sorted."""
    tables = {table.name: sorted(map(tuple, db.execute(table.select()))) for table in DERIVED}
    return tables | {"rounds": sorted(map(tuple, db.execute(rounds.select())))}


async def live(world: World) -> None:
    """Some days of rounds and practice by three people."""
    rng = random.Random(3)
    form = {
        "time": "09:00",
        "timezone": "UTC",
        "weekdays": "0,1,2,3,4,5,6",
        "questions": "all",
        "window": "60",
    }
    await world.desk.submit(world.caller("ada", "daily", admin=True), "sf:schedule:daily", form)
    session = 0
    for day in range(6):
        await world.tick(hours=1 if day == 0 else 23)
        for name in ("ben", "cleo", "dan"):
            values = [str(n) for n in rng.sample(range(4), 1)]
            await world.desk.click(world.caller(name, "daily"), encode(AnswerRound(day + 1)), values)
            session += 1
            await world.says(name, "/quiz 3")
            for number in range(3):
                card = (
                    await world.desk.click(world.caller(name), encode(ShowPractice(session, number)))
                ).message
                assert isinstance(card, QuestionCard)
                picks = [str(n) for n in rng.sample(range(4), card.picks)]
                world.clock.forward(seconds=rng.randrange(60))
                await world.desk.click(world.caller(name), encode(AnswerPractice(session, number)), picks)
        await world.tick(hours=1, minutes=30)
        await world.desk.click(world.caller("late", "daily"), encode(AnswerRound(day + 1, 0)))


async def test_a_replay_arrives_at_the_same_state(tutoring: World) -> None:
    await live(tutoring)
    before = await tutoring.tutor.store.read(state)
    done = await replay(tutoring.tutor.store, tutoring.tutor.bank, 0.9, lambda number: None)
    after = await tutoring.tutor.store.read(state)
    assert done.attempts > 60
    assert done.unknown == 0
    assert after == before


async def test_a_replay_follows_personal_parameters_from_the_minute_they_held(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "LEAST_REVIEWS", 20)
    await live(tutoring)
    tutor = tutoring.tutor
    await tutoring.says("ben", "/review")
    await asyncio.gather(*tutor.errands)
    (ben,) = await tutor.store.read(
        lambda db: db.execute(select(learners.c.id).where(learners.c.name == "ben")).scalars().all()
    )
    (fit,) = (await tutor.store.read(lambda db: fits.fits_in(db, [ben])))[ben]
    assert fit.effective_at == tutoring.clock.now() + dt.timedelta(minutes=1)
    slow = tuple(w * 0.3 if n < 4 else w for n, w in enumerate(fit.parameters))
    changed = replace(fit, effective_at=fit.effective_at + dt.timedelta(minutes=1), parameters=slow)
    await tutor.store.write(lambda db: fits.add_fit(db, ben, changed))
    tutoring.clock.forward(minutes=5)
    await answers(tutoring, "ben", 3)
    before = await tutor.store.read(state)
    await replay(tutor.store, tutor.bank, 0.9, lambda number: None)
    assert await tutor.store.read(state) == before
    await tutor.store.write(lambda db: db.execute(memory_parameters.delete()))
    await replay(tutor.store, tutor.bank, 0.9, lambda number: None)
    assert (await tutor.store.read(state))["memories"] != before["memories"]


async def answers(world: World, name: str, number: int) -> None:
    """A practice session, answered with the first option."""
    shown = await world.says(name, f"/quiz {number}")
    for _ in range(number):
        card = shown.message
        assert isinstance(card, QuestionCard)
        assert isinstance(card.answer, AnswerPractice)
        picks = [str(n) for n in range(card.picks)]
        await world.desk.click(world.caller(name), encode(card.answer), picks)
        following = ShowPractice(card.answer.session, card.answer.number + 1)
        shown = await world.desk.click(world.caller(name), encode(following))
