"""Replicas on one PostgreSQL: answers, claims, and queries on a long history, beside bare inserts and SQLite."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, text

from bench import replica_work as work
from bench.history import FIRST, seed_postgres
from bench.report import REPEATS, median
from bench.synthetic import NOW, seed_history
from bot.model.study import EVERY_DAY
from bot.storage import standings
from bot.storage.attempts import attempts_in, attempts_of, distribution
from bot.storage.partitions import months_after
from bot.storage.people import ensure_community
from bot.storage.posts import add_posts
from bot.storage.store import Store, open_store
from bot.storage.tables import schedules
from tests.support.postgres import running_postgres

PROCESSES = (1, 2, 4)
ANSWERS = 6_000
ACTIVE = 1_000
DUE = 10_000
BARE = 10_000

Prepare = Callable[[Connection], None]


class Crew:
    """So many processes that begin each piece of work at the same instant."""

    def __init__(self, number: int) -> None:
        spawning = multiprocessing.get_context("spawn")
        self.number = number
        self._pool = spawning.Pool(number, work.join, (spawning.Barrier(number),))

    def run(self, job: Callable[[Any], dict[str, float]], given: Sequence[Any]) -> list[dict[str, float]]:
        """Each process does the job once with what it is given."""
        return self._pool.map(job, given, chunksize=1)

    def close(self) -> None:
        """End the processes."""
        self._pool.close()
        self._pool.join()


def answers(url: str, crew: Crew, run: str, questions: int | None = None) -> dict[str, float]:
    """Answers a second over all processes, which share the questions (so many, or most of the bank), not the learners."""
    each = ANSWERS // crew.number
    share = ACTIVE // crew.number
    jobs = [(url, each, f"{run}.{n}", n * share, share, questions) for n in range(crew.number)]
    found = crew.run(work.answer, jobs)
    return {
        "per_second": ANSWERS / max(one["seconds"] for one in found),
        "p50_ms": median([one["p50_ms"] for one in found]),
        "p99_ms": max(one["p99_ms"] for one in found),
    }


def claims(store: Callable[[Prepare], None], url: str, crew: Crew) -> dict[str, float]:
    """Rounds claimed and built, and posts claimed and noted, a second over all processes."""
    rates = {}
    for name, prepare, job in (
        ("rounds_per_second", _many_schedules, work.claim_rounds),
        ("posts_per_second", _many_posts, work.claim_posts),
    ):
        store(prepare)
        found = crew.run(job, [url] * crew.number)
        assert sum(one["done"] for one in found) == DUE, found
        rates[name] = DUE / max(one["seconds"] for one in found)
    return rates


def bare(url: str, crew: Crew, batch: int, run: str) -> dict[str, float]:
    """Rows a second that asyncpg inserts into a table of the same columns and keys, from all processes."""
    each = BARE // crew.number
    found = crew.run(work.insert_bare, [(url, each, batch, f"{run}.{n}") for n in range(crew.number)])
    return {"per_second": BARE / max(one["seconds"] for one in found),
            "p50_ms": median([one["p50_ms"] for one in found])}  # fmt: skip


def _many_schedules(db: Connection) -> None:
    community = ensure_community(db, "test", "team", "UTC")
    for table in ("posts", "rounds", "schedules"):
        db.execute(text(f"DELETE FROM {table}"))
    db.execute(insert(schedules), [
        {"community_id": community.id, "channel": f"c{n}", "kind": "question", "minute": 480, "timezone": "UTC",
         "weekdays": EVERY_DAY, "exam": "", "topics": "", "window_minutes": 60, "reveal": "close", "settings": "{}",
         "state": "active", "reason": "", "next_fire_at": NOW}
        for n in range(DUE)
    ])  # fmt: skip


def _many_posts(db: Connection) -> None:
    community = ensure_community(db, "test", "team", "UTC")
    db.execute(text("DELETE FROM posts"))
    add_posts(db, [{"key": f"k{n}", "kind": "notice", "community_id": community.id, "channel": "c",
                    "created_at": NOW, "ready_at": NOW} for n in range(DUE)])  # fmt: skip


async def _written(url: str, prepare: Prepare) -> None:
    store = await open_store(url)
    await store.write(prepare)
    await store.close()


async def queries(store: Store, month: int, slot: str) -> dict[str, float]:
    """Milliseconds of what boards, reveals and answers ask of a long history."""
    asked: dict[str, Callable[[Connection, int], Any]] = {
        "top_ten_and_own_rank_ms": lambda db, n: (
            standings.top(db, 1, "all", 10), standings.rank_of(db, 1, "all", 1 + n * 997)
        ),
        "distribution_of_a_round_ms": lambda db, n: distribution(db, month, slot),
        "fifty_attempts_by_key_ms": lambda db, n: attempts_in(
            db, [(month, f"x{n}", learner) for learner in range(1, 51)]
        ),
        "newest_of_a_learner_ms": lambda db, n: attempts_of(db, 1 + n * 997, 100),
    }  # fmt: skip
    return {name: await _typical(store, query) for name, query in asked.items()}


async def _typical(store: Store, query: Callable[[Connection, int], Any]) -> float:
    times = []
    for n in range(REPEATS * 10):
        began = time.perf_counter()
        await store.read(lambda db, n=n: query(db, n))  # type: ignore[misc]
        times.append((time.perf_counter() - began) * 1000)
    return median(times)


def on_postgres(url: str) -> dict[str, Any]:
    """Each measurement REPEATS times with each number of processes, the kinds taking turns."""
    found: dict[str, Any] = {}
    for number in PROCESSES:
        crew = Crew(number)
        runs: list[dict[str, Any]] = []
        for run in range(REPEATS):
            tag = f"{number}.{run}"
            runs.append({
                "answers": answers(url, crew, tag),
                "answers_to_one_question": answers(url, crew, f"o{tag}", 1),
                "bare_1_row_a_commit": bare(url, crew, 1, f"s{tag}"),
                "bare_100_rows_a_commit": bare(url, crew, 100, f"m{tag}"),
                "claims": claims(lambda prepare: asyncio.run(_written(url, prepare)), url, crew),
            })  # fmt: skip
        crew.close()
        found[f"processes_{number}"] = {
            kind: {key: median([run[kind][key] for run in runs]) for key in runs[0][kind]} for kind in runs[0]
        }
    return found


async def _fill(url: str, attempts: int, learners: int) -> float:
    store = await open_store(url)
    began = time.perf_counter()
    await store.write(lambda db: seed_postgres(db, attempts, learners))
    await store.write(lambda db: db.execute(text("ANALYZE")) and None)
    columns = "CREATE TABLE bare (LIKE attempts_default INCLUDING DEFAULTS INCLUDING INDEXES)"
    await store.write(lambda db: db.execute(text(columns)) and None)
    await store.close()
    return time.perf_counter() - began


async def _asked(url: str, month: int, slot: str) -> dict[str, float]:
    store = await open_store(url)
    found = await queries(store, month, slot)
    await store.close()
    return found


async def _sqlite(folder: Path, attempts: int, learners: int) -> dict[str, float]:
    store = await open_store(f"sqlite:///{folder / 'history.db'}")
    await store.write(lambda db: seed_history(db, attempts, learners))
    found = await queries(store, 202601, f"h{attempts // 2000}")
    await store.close()
    return found


def run(big: int = 10_000_000, learners: int = 100_000) -> dict[str, Any]:
    """All measurements. `big` is the length of the history on both databases."""
    with tempfile.TemporaryDirectory(prefix="cloudlark-bench-") as name, running_postgres() as server:
        url = server.database()
        seconds = asyncio.run(_fill(url, big, learners))
        return {
            "attempts_stored": big,
            "seconds_to_fill": round(seconds),
            "postgresql": on_postgres(url),
            "queries_on_postgresql": asyncio.run(
                _asked(url, months_after(FIRST, 12), f"h{big // 24 * 12 // 1000 + 5}")
            ),
            "queries_on_sqlite": asyncio.run(_sqlite(Path(name), big, learners)),
            "note": f"medians of {REPEATS}; {os.cpu_count()} cores for the database and all processes",
            "host_load": round(os.getloadavg()[1], 2),
        }
