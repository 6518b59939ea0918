"""A copy holds what its source held at one instant, or the target holds nothing."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select, text

from bot.storage import copying, schema
from bot.storage.copying import DifferenceError, copy
from bot.storage.store import StorageError, Store, engine_for, open_store
from bot.storage.tables import communities, identities, learners
from tests.support.postgres import Postgres
from tests.support.rows import START, everything, fill_every_table

Places = Callable[[str], str]
WAYS = [
    ("sqlite", "postgresql"),
    ("postgresql", "sqlite"),
    ("sqlite", "sqlite"),
    ("postgresql", "postgresql"),
]
BOTH = ["sqlite", "postgresql"]


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


def quietly(table: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


async def written(url: str, work: Callable[[Connection], Any]) -> Any:
    """What a transaction returns, on a store of its own."""
    store = await open_store(url)
    try:
        return await store.write(work)
    finally:
        await store.close()


async def version(url: str) -> str:
    """The schema's version, without an upgrade."""
    engine = engine_for(url)
    async with engine.connect() as db:
        found = await db.run_sync(schema.current)
    await engine.dispose()
    return found


@pytest.mark.parametrize(("source", "target"), WAYS)
async def test_every_row_of_every_table_arrives(place: Places, source: str, target: str) -> None:
    old, new = place(source), place(target)
    await written(old, fill_every_table)
    tallies = await copy(old, new, quietly)
    assert all(tally.same and tally.source.rows == 3 for tally in tallies)
    held = await written(new, everything)
    assert held == await written(old, everything)
    assert {tally.table for tally in tallies} == held.keys()


@pytest.mark.parametrize("target", BOTH)
async def test_the_next_rows_get_numbers_of_their_own(place: Places, target: str) -> None:
    old, new = place("sqlite"), place(target)
    await written(old, fill_every_table)
    await copy(old, new, quietly)

    def add(db: Connection) -> int:
        row = {"platform": "test", "external": "new", "timezone": "UTC"}
        return db.execute(insert(communities).values(row).returning(communities.c.id)).scalar_one()

    assert await written(new, add) == 4


async def test_copied_months_have_partitions_of_their_own(place: Places) -> None:
    old, new = place("sqlite"), place("postgresql")
    await written(old, fill_every_table)
    await copy(old, new, quietly)
    strays = await written(new, lambda db: db.scalar(text("SELECT count(*) FROM attempts_default")))
    assert strays == 0


@pytest.mark.parametrize(("source", "target"), WAYS[:2])
async def test_the_source_may_be_written_meanwhile_and_the_copy_is_of_one_instant(
    place: Places, source: str, target: str
) -> None:
    old, new = place(source), place(target)
    store = await open_store(old)
    await store.write(lambda db: [join(db, number) for number in range(200)] and None)
    going = asyncio.create_task(keep_joining(store))
    await copy(old, new, quietly)
    going.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await going
    people, names = await written(new, counts)
    assert people == names >= 200
    assert (await store.read(counts))[0] > people
    await store.close()


def join(db: Connection, number: int) -> None:
    """A person with one identity."""
    row = {"name": f"n{number}", "timezone": "UTC", "created_at": START}
    learner = db.execute(insert(learners).values(row).returning(learners.c.id)).scalar_one()
    name = {"platform": "test", "community": "team", "external": f"U{number}", "learner_id": learner}
    db.execute(insert(identities).values(name))


async def keep_joining(store: Store) -> None:
    """People come one after the other."""
    for number in range(1_000, 1_000_000):
        await store.write(lambda db, number=number: join(db, number))
        await asyncio.sleep(0)


def counts(db: Connection) -> tuple[int, int]:
    """How many people there are, and how many identities."""
    people = db.scalar(select(func.count()).select_from(learners))
    return people or 0, db.scalar(select(func.count()).select_from(identities)) or 0


@pytest.mark.parametrize("target", BOTH)
async def test_a_target_that_holds_something_is_refused_and_left_alone(place: Places, target: str) -> None:
    old, new = place("sqlite"), place(target)
    await written(old, fill_every_table)
    await written(new, lambda db: join(db, 1))
    before = await written(new, everything)
    with pytest.raises(StorageError, match=r"is not empty .*give an empty database"):
        await copy(old, new, quietly)
    assert await written(new, everything) == before


@pytest.mark.parametrize("target", BOTH)
async def test_an_interrupted_copy_leaves_nothing_and_can_be_started_again(
    place: Places, target: str
) -> None:
    old, new = place("sqlite"), place(target)
    await written(old, fill_every_table)

    def interrupt(table: str, done: int, total: int) -> None:
        if table == "rounds":
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await copy(old, new, interrupt)
    assert await version(new) == ""
    assert all(tally.same for tally in await copy(old, new, quietly))


@pytest.mark.parametrize("target", BOTH)
async def test_a_target_that_somebody_uses_is_refused(
    place: Places, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.ends.PATIENCE", 0.3)
    old, new = place("sqlite"), place(target)
    await written(old, fill_every_table)
    tutor = await open_store(new)
    with pytest.raises(StorageError, match="stop the tutor"):
        await copy(old, new, quietly)
    await tutor.close()


@pytest.mark.parametrize("target", BOTH)
async def test_a_row_that_changes_on_the_way_is_noticed_and_nothing_is_kept(
    place: Places, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = copying._insert

    async def careless(db: Any, table: Any, rows: list[Any]) -> None:
        if table.name == "learners":
            rows = [(row[0], "somebody", *row[2:]) for row in rows]
        await honest(db, table, rows)

    monkeypatch.setattr(copying, "_insert", careless)
    old, new = place("sqlite"), place(target)
    await written(old, fill_every_table)
    with pytest.raises(DifferenceError, match="differs from its source in learners") as raised:
        await copy(old, new, quietly)
    assert [tally.table for tally in raised.value.tallies if not tally.same] == ["learners"]
    assert await version(new) == ""


@pytest.mark.parametrize(
    "change",
    [
        "timezone = 'x' || hex(zeroblob(60))",
        "timezone = 'a' || char(0)",
        "workdays = 70000",
        "name = x'00ff'",
    ],
)
async def test_what_does_not_fit_postgresql_is_refused_by_the_tables_name_without_its_content(
    place: Places, change: str
) -> None:
    old, new = place("sqlite"), place("postgresql")
    await written(old, fill_every_table)
    with contextlib.closing(sqlite3.connect(old.removeprefix("sqlite:///"))) as db, db:
        db.execute(f"UPDATE learners SET {change} WHERE id = 2")
    with pytest.raises(StorageError, match=r"learners.*nothing was kept") as raised:
        await copy(old, new, quietly)
    assert "0000" not in str(raised.value)
    assert "70000" not in str(raised.value)
    assert await version(new) == ""


@pytest.mark.parametrize(("source", "target"), WAYS)
async def test_a_source_of_an_older_release_arrives_at_this_ones_schema(
    place: Places, source: str, target: str
) -> None:
    old, new = place(source), place(target)
    engine = engine_for(old)
    async with engine.connect() as db, db.begin():
        await db.run_sync(schema.upgrade, "0001")
        await db.execute(text(
            "INSERT INTO communities(platform, external, timezone, active, settings)"
            " VALUES ('test', 'team', 'UTC', true, '{}')"
        ))  # fmt: skip
    await engine.dispose()
    await copy(old, new, quietly)
    assert await version(old) == "0001"
    assert await version(new) == schema.HEAD
    assert len((await written(new, everything))["communities"]) == 1


async def test_a_source_of_a_newer_release_is_refused(place: Places) -> None:
    old, new = place("sqlite"), place("sqlite")
    await written(
        old, lambda db: db.execute(text("UPDATE alembic_version SET version_num = '9999'")) and None
    )
    with pytest.raises(StorageError, match="start the newer Cloudlark"):
        await copy(old, new, quietly)


@pytest.mark.parametrize("source", ["nonsense", "mysql://u:hidden@x/y", "sqlite:////proc/nowhere/x.db",
                                    "postgresql://u:hidden@127.0.0.1:1/x"])  # fmt: skip
async def test_a_source_that_cannot_be_read_is_named_in_a_sentence_without_its_password(
    place: Places, source: str
) -> None:
    with pytest.raises(StorageError, match=r"\.$") as raised:
        await copy(source, place("sqlite"), quietly)
    assert "hidden" not in str(raised.value)


async def test_a_database_is_not_copied_onto_itself(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    await written(url, fill_every_table)
    with pytest.raises(StorageError, match="same database"):
        await copy(url, f"sqlite:///{tmp_path}/../{tmp_path.name}/a.db", quietly)


async def test_a_database_of_something_else_is_no_source(place: Places, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "other.db")) as db, db:
        db.execute("CREATE TABLE songs (id)")
    with pytest.raises(StorageError, match="no tables of Cloudlark"):
        await copy(f"sqlite:///{tmp_path / 'other.db'}", place("sqlite"), quietly)
