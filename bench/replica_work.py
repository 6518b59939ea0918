"""What one process of several does at a given moment, as often as it is asked: answer, claim, or insert bare rows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import asyncpg

from bench.core import answers
from bench.report import quantile
from bench.synthetic import NOW, big_bank
from bot.storage import posts
from bot.storage.posts import PostState
from bot.storage.store import open_store
from bot.tutor.opening import open_due
from tests.support.world import World, world

Work = Callable[[Any], Awaitable[Any]]
WAITING = 50
ROW = (
    "INSERT INTO bare(month, slot, learner_id, community_id, question_id, question_version, seed, origin, picks, correct,"
    " first, scored, confidence, points, answered_at, local_date)"
    " VALUES (202611, $1, $2, 1, 't0.q0', 'v1', 5, 'round', '0', true, true, true, '', 10, 0, '2026-11-16')"
)
_together: Barrier | None = None


def join(barrier: Barrier) -> None:
    """Called once in each process."""
    global _together  # noqa: PLW0603  (a pool's initialiser has no other place)
    _together = barrier


def _wait() -> None:
    if _together is not None:
        _together.wait()


def answer(job: tuple[str, int, str, int, int, int | None]) -> dict[str, float]:
    """Durable answers through the core: (url, number, tag, first learner, learners, questions or None for all).

    Returns the seconds of all, and milliseconds of each.
    """
    url, number, tag, first, learners, questions = job

    async def measured(made: World) -> dict[str, float]:
        await answers(made, number // 10, WAITING, f"w{tag}", learners, first, questions)
        _wait()
        began = time.perf_counter()
        found = await answers(made, number, WAITING, tag, learners, first, questions)
        return found | {"seconds": time.perf_counter() - began}

    return asyncio.run(_in_world(url, measured))


def claim_rounds(url: str) -> dict[str, float]:
    """Claim and build the rounds that are due, beside others who do the same."""

    async def measured(made: World) -> dict[str, float]:
        _wait()
        began = time.perf_counter()
        done = await open_due(made.tutor)
        return {"done": done, "seconds": time.perf_counter() - began}

    return asyncio.run(_in_world(url, measured))


def claim_posts(url: str) -> dict[str, float]:
    """Claim the posts that are ready and note them as said, beside others who do the same."""

    async def measured(made: World) -> dict[str, float]:
        store, lease, done = made.tutor.store, NOW - NOW.replace(hour=7), 0
        _wait()
        began = time.perf_counter()
        while found := await store.write(lambda db: posts.claim_posts(db, NOW, lease, 64)):
            ends = [(post.id, PostState.SENT, "1") for post in found]
            await store.write(lambda db, ends=ends: posts.finish_posts(db, ends))  # type: ignore[misc]
            done += len(found)
        return {"done": done, "seconds": time.perf_counter() - began}

    return asyncio.run(_in_world(url, measured))


async def _in_world(url: str, work: Work) -> Any:
    store = await open_store(url)
    try:
        async with world(Path(), NOW, big_bank(), store) as made:
            return await work(made)
    finally:
        await store.close()


def insert_bare(job: tuple[str, int, int, str]) -> dict[str, float]:
    """Rows as asyncpg inserts them, with nothing else: (url, rows, rows a commit, tag), at most ten connections."""
    url, number, batch, tag = job

    async def all_rows() -> dict[str, float]:
        pool = await asyncpg.create_pool(url, min_size=10, max_size=10)
        left = iter(range(0, number, batch))
        latencies: list[float] = []

        async def person() -> None:
            for low in left:
                rows = [(f"{tag}.{n}", n) for n in range(low, low + batch)]
                began = time.perf_counter()
                async with pool.acquire() as db, db.transaction():
                    await db.executemany(ROW, rows)
                latencies.append((time.perf_counter() - began) * 1000)

        _wait()
        began = time.perf_counter()
        await asyncio.gather(*(person() for _ in range(10)))
        seconds = time.perf_counter() - began
        await pool.close()
        latencies.sort()
        return {"seconds": seconds, "p50_ms": quantile(latencies, 0.5), "p99_ms": quantile(latencies, 0.99)}

    return asyncio.run(all_rows())
