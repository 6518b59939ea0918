"""Backups made while people answer, restored elsewhere, and everything that must not be restored."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bench.synthetic import seed_history
from bot.messages import encode
from bot.messages.acts import AnswerRound
from bot.storage import schema
from bot.storage.backup import backup, restore
from bot.storage.store import StorageError, engine_for, open_store
from bot.tutor.replay import replay
from tests.support.commands import cloudlark, started
from tests.support.postgres import Postgres
from tests.support.rows import everything, fill_every_table
from tests.support.world import World, world
from tests.tutor.test_replay import live, state

pytestmark = pytest.mark.process
BOTH = ["sqlite", "postgresql"]
WAYS = [
    ("sqlite", "postgresql"),
    ("postgresql", "sqlite"),
    ("sqlite", "sqlite"),
    ("postgresql", "postgresql"),
]
DAILY = {"time": "09:00", "timezone": "UTC", "weekdays": "0,1,2,3,4,5,6", "questions": "all", "window": "60"}
NOON = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)
Places = Callable[[str], str]


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Places:
    """Addresses of new databases."""
    numbers = iter(range(99))

    def made(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / f'{next(numbers)}.db'}"
        server: Postgres = request.getfixturevalue("postgres")
        return server.database()

    return made


def databases_in(folder: Path) -> list[Path]:
    """The files of SQLite databases."""
    return list(folder.glob("*.db"))


def quietly(table: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


async def written(url: str, work: Callable[[Connection], Any]) -> Any:
    """What a transaction returns, on a store of its own."""
    store = await open_store(url)
    try:
        return await store.write(work)
    finally:
        await store.close()


@pytest.mark.parametrize(("source", "target"), WAYS)
async def test_a_restored_backup_is_equal_and_so_is_its_replay(
    place: Places, tmp_path: Path, source: str, target: str
) -> None:
    old, new, file = place(source), place(target), tmp_path / "night.backup"
    store = await open_store(old)
    async with world(tmp_path, store=store) as lived:
        await live(lived)
        before, answers = await store.read(everything), await store.read(state)
        saved = await cloudlark(old, "backup", str(file))
        assert saved.code == 0, saved.err
        assert (await cloudlark(new, "restore", str(file))).code == 0
        again = await open_store(new)
        assert await again.read(everything) == before
        assert (await replay(again, lived.tutor.bank, 0.9, lambda number: None)).unknown == 0
        assert await again.read(state) == answers
        await again.close()
    await store.close()


@pytest.mark.parametrize(("source", "target"), WAYS[:2])
async def test_a_backup_in_a_burst_of_answers_is_of_one_instant(
    place: Places, tmp_path: Path, source: str, target: str
) -> None:
    old, new, file = place(source), place(target), tmp_path / "burst.backup"
    store = await open_store(old)
    async with world(tmp_path, store=store) as busy:
        await busy.desk.submit(busy.caller("ada", "daily", admin=True), "sf:schedule:daily", DAILY)
        await busy.tick(hours=1)
        await wave(busy, 0)
        saving = asyncio.create_task(cloudlark(old, "backup", str(file)))
        waves = 1
        while not saving.done():
            await wave(busy, waves)
            waves += 1
        assert saving.result().code == 0, saving.result().err
        assert (await cloudlark(new, "restore", str(file))).code == 0
        again = await open_store(new)
        # Every answer brings an attempt and all that follows from it; a torn copy would not replay to itself.
        held = await again.read(state)
        found = await replay(again, busy.tutor.bank, 0.9, lambda number: None)
        assert await again.read(state) == held
        assert CROWD <= found.attempts < waves * CROWD
        await again.close()
    await store.close()


CROWD = 25


async def wave(busy: World, number: int) -> None:
    """New people answer today's question all at once."""
    names = [f"p{number}-{person}" for person in range(CROWD)]
    clicks = (
        busy.desk.click(busy.caller(name, "daily"), encode(AnswerRound(1)), [str(n % 4)])
        for n, name in enumerate(names)
    )
    await asyncio.gather(*clicks)


@pytest.mark.parametrize("target", BOTH)
async def test_what_the_database_holds_is_given_up_only_on_request(
    place: Places, tmp_path: Path, target: str
) -> None:
    old, new, file = place("sqlite"), place(target), tmp_path / "x.backup"
    await written(old, fill_every_table)
    await cloudlark(old, "backup", str(file))
    await written(new, lambda db: seed_history(db, 50, 10) if target == "sqlite" else fill_every_table(db))
    before = await written(new, everything)
    refused = await cloudlark(new, "restore", str(file))
    assert refused.code == 2
    assert "is not empty" in refused.err
    assert "--replace" in refused.err
    assert await written(new, everything) == before
    assert (await cloudlark(new, "restore", str(file), "--replace")).code == 0
    assert await written(new, everything) == await written(old, everything)


async def test_a_backup_is_for_its_owner_only_and_leaves_nothing_beside_it(
    place: Places, tmp_path: Path
) -> None:
    old, folder = place("sqlite"), tmp_path / "backups"
    folder.mkdir()
    await written(old, fill_every_table)
    (folder / ".x.backup.part").write_text("left by one that was killed")
    for _ in range(2):
        assert (await cloudlark(old, "backup", str(folder / "x.backup"))).code == 0
    assert (folder / "x.backup").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == ["x.backup"]


async def test_a_backup_replaces_only_another_backup(place: Places) -> None:
    old = place("sqlite")
    await written(old, fill_every_table)
    before = await written(old, everything)
    refused = await cloudlark(old, "backup", old.removeprefix("sqlite:///"))
    assert refused.code == 2
    assert "is no backup" in refused.err
    assert await written(old, everything) == before


@pytest.mark.parametrize("harm", ["a value", "a row", "a page", "the end", "everything"])
async def test_a_damaged_backup_is_noticed_and_the_database_stays_as_it_was(
    place: Places, tmp_path: Path, harm: str
) -> None:
    old, new, file = place("sqlite"), place("sqlite"), tmp_path / "x.backup"
    await written(old, fill_every_table)
    await backup(old, file, NOON, "1.0", quietly)
    damage(file, harm)
    with pytest.raises(StorageError, match=r"\.$"):
        await restore(file, new, quietly, replace=False)
    empty = await written(new, everything)
    assert not any(empty.values())


async def test_a_damaged_backup_ends_the_command_with_a_table_and_a_sentence(
    place: Places, tmp_path: Path
) -> None:
    old, new, file = place("sqlite"), place("sqlite"), tmp_path / "x.backup"
    await written(old, fill_every_table)
    await backup(old, file, NOON, "1.0", quietly)
    damage(file, "a value")
    refused = await cloudlark(new, "restore", str(file))
    assert refused.code == 1
    assert refused.out.count("DIFFERENT") == 1
    assert refused.err == "The backup is damaged in learners: nothing was kept.\n"


def damage(file: Path, harm: str) -> None:
    """What disks and hands do."""
    data = file.read_bytes()
    if harm == "a page":
        start = data.index("\U0001f9c9".encode()) // 4096 * 4096
        file.write_bytes(data[:start] + bytes(4096) + data[start + 4096 :])
    elif harm == "the end":
        file.write_bytes(data[: len(data) // 2])
    elif harm == "everything":
        file.write_bytes(b"x" * len(data))
    else:
        change = (
            "DELETE FROM shelf WHERE expires_at IS NULL"
            if harm == "a row"
            else "UPDATE learners SET name = 'q'"
        )
        with contextlib.closing(sqlite3.connect(file)) as db, db:
            db.execute(change)


@pytest.mark.parametrize("target", BOTH)
async def test_a_backup_made_before_an_upgrade_is_restored_and_upgraded(
    place: Places, tmp_path: Path, target: str
) -> None:
    old, new, file = place("sqlite"), place(target), tmp_path / "x.backup"
    engine = engine_for(old)
    async with engine.connect() as db, db.begin():
        await db.run_sync(schema.upgrade, "0001")
        await db.execute(text("INSERT INTO shelf(namespace, key, value) VALUES ('a', 'b', x'00ff')"))
    await engine.dispose()
    assert (await cloudlark(old, "backup", str(file))).code == 0
    assert (await cloudlark(new, "restore", str(file))).code == 0
    assert (await written(new, everything))["shelf"] == [("a", "b", b"\x00\xff", None)]
    assert (await cloudlark(new, "migrate", "--check")).code == 0


async def test_a_backup_of_a_newer_release_is_refused(place: Places, tmp_path: Path) -> None:
    old, new, file = place("sqlite"), place("sqlite"), tmp_path / "x.backup"
    await written(old, fill_every_table)
    await backup(old, file, NOON, "1.0", quietly)
    with contextlib.closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match="start the newer Cloudlark"):
        await restore(file, new, quietly, replace=False)


@pytest.mark.parametrize("target", BOTH)
async def test_a_copy_that_is_killed_leaves_nothing_and_is_started_again(place: Places, target: str) -> None:
    old, new = place("sqlite"), place(target)
    await written(old, lambda db: seed_history(db, 60_000, 100))
    process = await started(old, "copy", "--to", new)
    assert process.stderr is not None
    assert b"attempts: 50,000 of 60,000" in await process.stderr.readline()
    process.kill()
    await process.communicate()
    assert (await cloudlark(new, "migrate", "--check")).code == 1
    again = await cloudlark(old, "copy", "--to", new)
    assert again.code == 0, again.err
    assert "60,000" in again.out


@pytest.mark.parametrize("kind", BOTH)
async def test_migrate_tells_from_which_to_which_version_and_does_it_once(
    place: Places, tmp_path: Path, kind: str
) -> None:
    url = place(kind)
    checked = await cloudlark(url, "migrate", "--check")
    assert checked.code == 1
    assert "has no tables yet" in checked.out
    assert not databases_in(tmp_path)
    engine = engine_for(url)
    async with engine.connect() as db, db.begin():
        await db.run_sync(schema.upgrade, "0001")
    await engine.dispose()
    done = await cloudlark(url, "migrate")
    assert f"from 0001 to {schema.HEAD}" in done.out
    assert (await cloudlark(url, "migrate", "--check")).code == 0
    await written(
        url, lambda db: db.execute(text("UPDATE alembic_version SET version_num = '9999'")) and None
    )
    refused = await cloudlark(url, "migrate")
    assert refused.code == 2
    assert "start the newer Cloudlark" in refused.err
