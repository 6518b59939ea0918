"""Attempts by month: the upgrade, where an answer goes, and what each query reads."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, insert, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage import firsts, privacy, rebuilding, regrading, schema
from bot.storage.attempts import add_attempts, attempts_in, attempts_of, distribution
from bot.storage.firsts import FirstAnswer
from bot.storage.partitions import drop_partition, ensure_partitions, months_after, months_with_partitions
from bot.storage.store import Store, open_store
from bot.storage.tables import learners
from tests.support.plans import plans_of
from tests.support.postgres import Postgres

NOVEMBER = dt.datetime(2026, 11, 30, 23, 59, tzinfo=dt.UTC)
MONTHS = (202609, 202610, 202611)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await open_store(url)
    yield opened
    await opened.close()


def row(month: int, slot: str, learner: int, **more: Any) -> dict[str, Any]:
    """An attempt's columns."""
    return {
        "month": month, "slot": slot, "learner_id": learner, "community_id": 1, "question_id": "t0.q0",
        "question_version": "v1", "seed": 1, "origin": "round", "picks": "0", "correct": True, "first": True,
        "scored": True, "confidence": "", "seconds": None, "points": 1, "answered_at": NOVEMBER,
        "local_date": "2026-11-30", **more,
    }  # fmt: skip


async def upgrade_from_the_first(url: str, statements: list[str]) -> None:
    """A database as the first release left it, with rows."""

    def work(db: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(schema.FOLDER))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = db
        command.upgrade(config, "0001")
        for statement in statements:
            db.execute(text(statement))

    if url.startswith("sqlite"):
        engine = create_engine(url)
        with engine.begin() as db:
            work(db)
        engine.dispose()
        return
    asynchronous = create_async_engine(url.replace("postgresql:", "postgresql+asyncpg:"))
    async with asynchronous.begin() as db:
        await db.run_sync(work)
    await asynchronous.dispose()


def at(year: int, month: int) -> int:
    """The middle of a month in milliseconds."""
    return int(dt.datetime(year, month, 15, tzinfo=dt.UTC).timestamp() * 1000)


def old_attempt(number: int, slot: str, answered: int) -> str:
    return (
        "INSERT INTO attempts(id, slot, learner_id, community_id, question_id, question_version, seed, origin, picks,"
        f" correct, first, scored, confidence, points, answered_at, local_date) VALUES ({number}, '{slot}', 5, 1, 'q',"
        f" 'v1', 1, 'round', '0,2', true, true, true, '', 1, {answered}, '2026-11-01')"
    )


async def test_an_upgrade_gives_every_attempt_the_month_of_its_slot(url: str) -> None:
    place = (
        "INSERT INTO communities(id, platform, external, timezone, active, settings)"
        " VALUES (1, 'p', 't', 'UTC', true, '{}')"
    )
    round_ = (
        "INSERT INTO rounds(id, community_id, channel, question_id, question_version, topic, seed, reveal, settings,"
        " window_minutes, state, created_at, answered, correct, tallied)"
        f" VALUES (12, 1, 'c', 'q', 'v1', 't', 1, 'close', '{{}}', 60, 'closed', {at(2025, 12)}, 1, 1, 1)"
    )
    practice = f"INSERT INTO practices VALUES (7, 5, 1, 'practice', 'x', '[]', {at(2026, 1)}, NULL)"
    mock = f"INSERT INTO mocks VALUES (7, 5, 1, 'ex', 'full', '[]', 'finished', {at(2026, 2)}, 0, NULL, NULL)"
    given = {"r12": 202512, "p7.3": 202601, "m7.30": 202602, "p99.1": 202611, "x1": 202611}
    attempts = [old_attempt(100 + n, slot, at(2026, 11)) for n, slot in enumerate(given)]
    await upgrade_from_the_first(url, [place, round_, practice, mock, *attempts])
    if not url.startswith("sqlite"):
        await upgrade_sequence(url)

    store = await open_store(url)
    found = await store.read(lambda db: rebuilding.attempts_after(db, 0, 10))
    assert [number for number, _ in found] == [100, 101, 102, 103, 104]
    assert {attempt.slot: attempt.month for _, attempt in found} == given
    assert all(attempt.picks == {0, 2} and attempt.correct for _, attempt in found)
    again = await store.write(lambda db: add_attempts(db, [row(202512, "r12", 5), row(202512, "r12", 6)]))
    assert set(again) == {(202512, "r12", 6)}
    newest = await store.read(lambda db: attempts_of(db, 6, 1))
    assert newest[0].month == 202512
    assert (await store.read(lambda db: rebuilding.attempts_after(db, 104, 10)))[0][0] > 104
    if store.dialect == "postgresql":
        assert await store.read(months_with_partitions) == sorted(set(given.values()))
        assert await in_default(store) == 0
    await store.close()


async def upgrade_sequence(url: str) -> None:
    """The first release's own inserts would have moved its sequence on."""
    engine = create_async_engine(url.replace("postgresql:", "postgresql+asyncpg:"))
    async with engine.begin() as db:
        await db.execute(text("SELECT setval('attempts_id_seq', 104)"))
    await engine.dispose()


async def in_default(store: Store) -> int:
    """How many attempts lie in the default partition."""
    counted = await store.read(lambda db: db.execute(text("SELECT count(*) FROM attempts_default")).scalar())
    return int(counted or 0)


async def test_a_learner_has_one_attempt_in_a_slot_with_and_without_a_partition(store: Store) -> None:
    rows = [row(202611, "r1", 1), row(202712, "r2", 1)]
    assert len(await store.write(lambda db: add_attempts(db, rows))) == 2
    assert await store.write(lambda db: add_attempts(db, rows)) == {}
    made = await store.write(lambda db: ensure_partitions(db, NOVEMBER))
    assert await store.write(lambda db: add_attempts(db, rows)) == {}
    assert await store.write(lambda db: ensure_partitions(db, NOVEMBER)) == []
    keys = [(202611, "r1", 1), (202712, "r2", 1), (202611, "r2", 1)]
    assert set(await store.read(lambda db: attempts_in(db, keys))) == set(keys[:2])
    if store.dialect == "postgresql":
        assert made == [202611, 202612, 202701, 202702, 202712]
        assert await in_default(store) == 0


async def test_partitions_are_made_while_answers_arrive(store: Store) -> None:
    async def answers(slot: str) -> None:
        for learner in range(1, 40):
            await store.write(
                lambda db, learner=learner: add_attempts(db, [row(202612, slot, learner)])  # type: ignore[misc]
            )

    makers = [store.write(lambda db: ensure_partitions(db, NOVEMBER)) for _ in range(3)]
    await asyncio.gather(answers("r1"), answers("r2"), *makers)
    assert sum((await store.read(lambda db: distribution(db, 202612, "r1"))).values()) == 39
    assert sum((await store.read(lambda db: distribution(db, 202612, "r2"))).values()) == 39
    if store.dialect == "postgresql":
        assert await in_default(store) == 0


async def test_a_month_goes_with_its_partition(store: Store) -> None:
    if store.dialect == "sqlite":
        assert await store.read(months_with_partitions) == []
        return
    await store.write(lambda db: ensure_partitions(db, NOVEMBER))
    await store.write(lambda db: add_attempts(db, [row(202611, "r1", 1), row(202612, "r2", 1)]))
    await store.write(lambda db: drop_partition(db, 202611))
    assert [a.slot for a in await store.read(lambda db: attempts_of(db, 1, 10))] == ["r2"]


@pytest.mark.parametrize(
    ("month", "number", "after"),
    [
        (202611, 0, 202611),
        (202611, 1, 202612),
        (202611, 2, 202701),
        (202601, -1, 202512),
        (202601, -24, 202401),
    ],
)
def test_months_are_counted_over_the_turn_of_the_year(month: int, number: int, after: int) -> None:
    assert months_after(month, number) == after


@pytest.fixture
async def filled(store: Store) -> Store:
    """Three months of attempts, enough for a planner to prefer an index."""

    def fill(db: Connection) -> None:
        ensure_partitions(db, NOVEMBER.replace(month=9, day=1), 2)
        for month in MONTHS:
            rows = [row(month, f"r{month}{n % 40}", n, question_id=f"t0.q{n % 400}") for n in range(1, 4001)]
            add_attempts(db, rows)
        db.execute(insert(learners).values(id=78, name="x", timezone="UTC", created_at=NOVEMBER))
        db.execute(text("ANALYZE"))

    await store.write(fill)
    return store


async def test_whoever_knows_the_slot_reads_one_partition_by_its_index(filled: Store) -> None:
    keys = [(202610, f"r202610{n % 40}", n) for n in range(1, 20)]
    looked = await filled.read(lambda db: plans_of(db, lambda db: attempts_in(db, keys)))
    shown = await filled.read(lambda db: plans_of(db, lambda db: distribution(db, 202610, "r2026107")))
    plans = [plan for plan in (*looked, *shown) if plan]
    assert len(plans) == 2
    for plan in plans:
        if filled.dialect == "sqlite":
            assert "SEARCH attempts USING INDEX sqlite_autoindex_attempts_1 (month=? AND slot=?" in plan
            assert "SCAN attempts" not in plan
        else:
            assert "attempts_202610" in plan
            assert "Index" in plan
            assert not [name for name in ("attempts_202609", "attempts_202611", "attempts_default", "Seq Scan")
                        if name in plan], plan  # fmt: skip


async def test_an_attempt_is_inserted_with_one_partition_in_hand(filled: Store) -> None:
    if filled.dialect == "sqlite":
        return

    def locks(db: Connection) -> list[str]:
        add_attempts(db, [row(202611, "r9", 1)])
        query = (
            "SELECT relation::regclass::text AS name FROM pg_locks"
            " WHERE pid = pg_backend_pid() AND mode = 'RowExclusiveLock'"
        )
        return [found.name for found in db.execute(text(query)) if found.name]

    held = {
        name.strip('"') for name in await filled.write(locks) if "attempts_2" in name or name == "attempts"
    }
    assert {name for name in held if "key" not in name and "idx" not in name} == {
        "attempts",
        "attempts_202611",
    }


async def test_no_query_about_a_learner_or_in_order_reads_a_table_whole(filled: Store) -> None:
    works = {
        "newest of a learner": lambda db: attempts_of(db, 77, 20),
        "all of a learner": lambda db: privacy.everything_about(db, 77),
        "in the order of commits": lambda db: rebuilding.attempts_after(db, 9000, 50),
        "a learner forgotten": lambda db: privacy.forget(db, 78),
        "answers to a question": lambda db: regrading.answers_to(db, "t0.q7", None),
        "first answers to questions": lambda db: firsts.first_answers(db, 1, ["t0.q7", "t0.q8"], 500),
        "scores of those who gave them": lambda db: firsts.scores(
            db, 1, [FirstAnswer(number, "t0.q7", "v1", frozenset(), True, 202610) for number in (77, 79)]
        ),
    }
    for name, work in works.items():
        plans = await filled.write(lambda db, work=work: plans_of(db, work))  # type: ignore[misc]
        about = [plan for plan in plans if "attempts" in plan]
        assert about, name
        for plan in about:
            assert "SCAN attempts" not in plan, (name, plan)
            assert "Seq Scan on attempts_2" not in plan, (name, plan)
