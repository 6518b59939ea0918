"""Difficulties that several replicas learn at once."""

from __future__ import annotations

import pytest

from bot.learning.ability import Difficulty
from bot.storage.difficulties import Known, merge_difficulties
from bot.storage.progress import difficulties_in
from tests.support.world import World

PRIOR: Known = (Difficulty(0.0, 0.5, 0), 0)


async def learn(world: World, before: Known, after: Known) -> Known:
    """Merge what one replica learnt about a question; return what is then believed."""
    store = world.tutor.store
    await store.write(lambda db: merge_difficulties(db, {"t0.q0": (before, after)}))
    return (await store.read(lambda db: difficulties_in(db, ["t0.q0"])))["t0.q0"]


async def test_alone_a_belief_is_written_as_it_was_computed(tutoring: World) -> None:
    first = (Difficulty(0.1, 0.4, 1), 1)
    second = (Difficulty(0.7, 0.3, 5), 2)
    assert await learn(tutoring, PRIOR, first) == first
    assert await learn(tutoring, first, second) == second


async def test_two_that_started_from_the_same_belief_both_count(tutoring: World) -> None:
    await learn(tutoring, PRIOR, (Difficulty(0.1, 0.4, 2), 1))
    level, right = await learn(tutoring, PRIOR, (Difficulty(-0.3, 0.25, 3), 2))
    assert (level.answers, right) == (5, 3)
    assert level.mean == pytest.approx(-0.2)
    assert level.variance == pytest.approx(0.4 * 0.25 / 0.5)
