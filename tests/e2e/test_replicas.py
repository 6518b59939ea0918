"""Processes die at random instants under a burst of answers and due posts: nothing is lost, nothing comes twice.

The long run is `make chaos`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bank.loading import load
from bot.storage.store import open_store
from tests.e2e import ground
from tests.e2e.chaos import Chaos
from tests.e2e.replicas import small_content
from tests.e2e.verdict import faults_of
from tests.fakes.slack import Message, World
from tests.support.postgres import running_postgres

pytestmark = [pytest.mark.process, pytest.mark.timeout(400)]


async def test_three_replicas_and_their_database_die_again_and_again_on_postgresql(tmp_path: Path) -> None:
    # A server of its own, because it is restarted.
    with running_postgres() as server:
        tally = await Chaos(tmp_path, server.database(), 3, 5, server.restart).run(kills=6)
    assert tally.faults == []
    assert tally.kills == 6
    assert tally.restarts >= 1
    assert tally.acknowledged > 100


async def test_one_process_dies_again_and_again_on_sqlite(tmp_path: Path) -> None:
    tally = await Chaos(tmp_path, f"sqlite:///{tmp_path / 'chaos.db'}", 1, 6).run(kills=4)
    assert tally.faults == []
    assert tally.acknowledged >= 30


async def test_the_judge_sees_what_is_lost_doubled_missing_or_miscounted(tmp_path: Path) -> None:
    bank = load([small_content(tmp_path / "content")])
    store = await open_store(f"sqlite:///{tmp_path / 'judge.db'}")
    await store.write(lambda db: ground.last_week(db, bank))
    assert await faults_of(store, bank, World(), [], []) == []
    world = World()
    twice = {"event_payload": {"nonce": "cloudlark-1"}}
    world.messages += [Message("C1", ts, "", [], metadata=twice) for ts in ("1.1", "1.2")]
    await store.write(ground.make_wrong)
    found = " ".join(await faults_of(store, bank, world, [("C1", "UP0")], ["C1", "C2"]))
    await store.close()
    for words in ("UP0 in C1 is lost", "board's line", "cloudlark-1 was posted twice", "C1 shows 2 questions",
                  "C2 shows 0 questions", "a replay changes standings"):  # fmt: skip
        assert words in found
