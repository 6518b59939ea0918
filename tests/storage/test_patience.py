"""A database that restarts is waited for; one that stays away is said to be away."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.storage import patience
from bot.storage.group import GroupCommit
from bot.storage.patience import AwayError, RacedError, again
from bot.storage.store import Store, open_store
from tests.support.postgres import running_postgres


def count(db: Connection) -> int:
    """How many rows there are."""
    return int(db.execute(text("SELECT count(*) FROM forgotten_months")).scalar_one())


def add(number: int):  # type: ignore[no-untyped-def]
    """A transaction that writes a row, also when it is run again because nobody heard of its commit."""
    statement = text("INSERT INTO forgotten_months VALUES (:number, 0) ON CONFLICT DO NOTHING")
    return lambda db: db.execute(statement, {"number": number}) and None


@pytest.mark.timeout(120)
async def test_a_restart_of_the_server_is_not_noticed_and_nothing_that_was_written_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 60.0)  # a loaded machine takes its time
    with running_postgres() as server:
        store = await open_store(server.database())
        written: list[int] = []

        async def writes(first: int) -> None:
            for number in range(first, first + 60):
                await store.write(add(number))
                written.append(number)
                known = len(written)
                assert await store.read(count) >= known

        async def restarts() -> None:
            for mode in ("fast", "immediate"):
                await asyncio.sleep(0.05)
                await asyncio.to_thread(server.restart, mode)

        await asyncio.gather(writes(1000), writes(2000), writes(3000), restarts())
        assert await store.read(count) == len(written) == 180
        await store.close()


async def away() -> None:
    raise ConnectionRefusedError


async def test_a_database_that_stays_away_fails_all_that_wait_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.05)
    tries = 0

    class AwayStore(Store):
        def __init__(self) -> None:
            pass

        async def write(self, work: object) -> None:
            nonlocal tries
            tries += 1
            await again(away)

    group: GroupCommit[int, int] = GroupCommit(AwayStore(), lambda db, items: list(items))
    results = await asyncio.gather(*(group.submit(n) for n in range(20)), return_exceptions=True)
    assert all(isinstance(result, AwayError) for result in results)
    assert tries <= 2


async def test_a_lost_race_is_run_again_and_other_errors_are_not() -> None:
    runs: list[int] = []

    async def third_time() -> int:
        runs.append(1)
        if len(runs) < 3:
            raise RacedError
        return len(runs)

    async def wrong() -> None:
        runs.append(1)
        raise ValueError

    assert await again(third_time) == 3
    runs.clear()
    with pytest.raises(ValueError):
        await again(wrong)
    assert len(runs) == 1


@pytest.mark.parametrize(
    ("state", "away"),
    [("08006", True), ("57P01", True), ("53100", True), ("53300", True), ("25006", True), ("23505", False)],
)
def test_a_server_that_is_gone_or_full_or_only_reads_is_away(state: str, away: bool) -> None:
    class OriginalError(Exception):
        sqlstate = state

    assert patience.is_away(DBAPIError("SELECT 1", None, OriginalError())) is away
