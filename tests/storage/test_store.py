"""Opening a database, its schema, and what a transaction promises."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.storage import schema
from bot.storage.columns import metadata
from bot.storage.group import BusyError, GroupCommit
from bot.storage.people import ensure_community
from bot.storage.shelf import DatabaseShelf
from bot.storage.store import StorageError, Store, open_store
from tests.support.clock import VirtualClock


async def opened(folder: Path) -> Store:
    return await open_store(f"sqlite:///{folder / 'store.db'}")


async def test_the_migrations_make_the_tables_that_the_program_knows(tmp_path: Path) -> None:
    store = await opened(tmp_path)

    def differences(db: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(db), metadata))

    assert await store.read(differences) == []
    await store.close()


async def test_a_database_of_a_newer_program_is_refused_with_a_sentence(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    await store.write(lambda db: db.execute(text("UPDATE alembic_version SET version_num = '9999'")) and None)
    await store.close()
    with pytest.raises(StorageError, match="start the newer Cloudlark"):
        await opened(tmp_path)


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:////proc/nowhere/x.db"])
async def test_a_database_that_cannot_be_used_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(StorageError, match=r"(:|use).*"):
        await open_store(url)


async def test_a_transaction_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    store = await opened(tmp_path)

    def half(db: Connection) -> None:
        ensure_community(db, "test", "team", "UTC")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await store.write(half)
    count = await store.read(lambda db: db.execute(text("SELECT count(*) FROM communities")).scalar())
    assert count == 0
    await store.close()


async def test_what_waits_together_is_committed_together_and_a_bad_item_fails_alone(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    batches: list[int] = []

    def batch(db: Connection, items: object) -> list[int]:
        numbers = list(items)  # type: ignore[call-overload]
        batches.append(len(numbers))
        if 7 in numbers:
            raise ValueError
        return [number * 2 for number in numbers]

    group: GroupCommit[int, int] = GroupCommit(store, batch)
    results = await asyncio.gather(*(group.submit(n) for n in range(20)), return_exceptions=True)
    assert isinstance(results[7], ValueError)
    assert [r for r in results if not isinstance(r, ValueError)] == [n * 2 for n in range(20) if n != 7]
    assert max(batches) >= 19
    await store.close()


async def test_too_much_waiting_is_refused_before_it_is_taken(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    group: GroupCommit[int, int] = GroupCommit(store, lambda db, items: list(items), capacity=3)
    results = await asyncio.gather(*(group.submit(n) for n in range(5)), return_exceptions=True)
    assert [r for r in results if not isinstance(r, BusyError)] == [0, 1, 2]
    await store.close()


async def test_the_shelf_forgets_what_has_expired_and_gives_a_thing_once(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    clock = VirtualClock(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    shelf = DatabaseShelf(store, clock)
    await shelf.put("states", "a", b"1", expires_at=clock.now() + dt.timedelta(minutes=5))
    await shelf.put("states", "b", b"2")
    assert await shelf.keys("states") == ["a", "b"]
    assert await shelf.take("states", "b") == b"2"
    assert await shelf.take("states", "b") is None
    clock.forward(minutes=6)
    assert await shelf.get("states", "a") is None
    assert await shelf.keys("states") == []
    await store.close()


def test_the_head_of_the_migrations_is_the_one_that_the_program_asks_for() -> None:
    revisions = sorted(path.name.split("_")[0] for path in (schema.FOLDER / "versions").rglob("0*.py"))
    assert revisions[-1] == schema.HEAD
