"""Slack: clicks a second through Bolt to durable and acknowledged, beside a Bolt app that only acknowledges.

The programs run as processes of their own, each alone with the stand-in for Slack, which shares the machine.
Every click answers another round for another person, so each is a fresh durable answer with its own reply.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import os
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from bench.report import REPEATS, median, quantile
from bench.slack_stand import Payload, Stand
from bench.synthetic import write_content
from bot.storage.people import ensure_community
from bot.storage.rounds import add_rounds
from bot.storage.store import Store, open_store
from bot.storage.tables import attempts

PEOPLE = 100
CLICKS = 3_000
WAITING = 50
ROUNDS = 300
Numbers = dict[str, float]


async def seed(store: Store) -> None:
    """Open rounds with a question of ordinary length."""
    now = dt.datetime.now(dt.UTC)
    row = {
        "schedule_id": None, "channel": "C1", "question_id": "t0.q0", "question_version": "v1",
        "topic": "t0", "seed": 5, "reveal": "close", "settings": "{}", "window_minutes": 1_380,
        "state": "open", "created_at": now, "opened_at": now, "closes_at": now + dt.timedelta(hours=23),
        "answered": 0, "correct": 0, "tallied": 0,
    }  # fmt: skip

    def work(db: Connection) -> None:
        community = ensure_community(db, "slack", "T1", "UTC")
        add_rounds(db, [row | {"community_id": community.id} for _ in range(ROUNDS)])

    await store.write(work)


def answers(stand: Stand) -> Iterator[Payload]:
    """One click for every round and person, the people taking turns."""
    for round_, person in itertools.product(range(1, ROUNDS + 1), range(PEOPLE)):
        yield stand.click(f"U{person}", f"0|ar:{round_}:0")


async def measure(stand: Stand, payloads: Iterator[Payload]) -> Numbers:
    """Medians of five bursts after one that warms up and introduces the people."""
    await stand.burst(payloads, PEOPLE * 10, WAITING)
    runs = [await _burst(stand, payloads) for _ in range(REPEATS)]
    return {key: median([run[key] for run in runs]) for key in runs[0]}


async def _burst(stand: Stand, payloads: Iterator[Payload]) -> Numbers:
    await _quiet(stand)
    began = time.perf_counter()
    latencies = sorted(await stand.burst(payloads, CLICKS, WAITING))
    elapsed = time.perf_counter() - began
    return {
        "per_second": CLICKS / elapsed,
        "p50_ms": quantile(latencies, 0.5),
        "p99_ms": quantile(latencies, 0.99),
    }


async def _quiet(stand: Stand) -> None:
    """Wait until the replies of the last burst have all arrived."""
    before = -1
    while stand.replies != before:
        before = stand.replies
        await asyncio.sleep(0.5)


@asynccontextmanager
async def program(
    stand: Stand, folder: Path, port: int, arguments: list[str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A program that has connected to the stand."""
    environment = {
        **os.environ,
        **stand.settings,
        "CLOUDLARK_WEB": "off",
        "CLOUDLARK_PERSON_ACTIONS": "0",
        "CLOUDLARK_DATA": str(folder),
        "CLOUDLARK_CONTENT": str(folder / "content"),
        "CLOUDLARK_DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
        "CLOUDLARK_PORT": str(port),
    }
    with (folder / "log.txt").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, env=environment, stdout=log, stderr=log
        )
    try:
        await (stand.ready(port) if stand.target else stand.connected(2))
        yield process
    finally:
        process.kill()
        await process.wait()
        await stand.connected(0)


async def compare(mode: str) -> dict[str, Any]:
    """Cloudlark and the bare app in one mode."""
    with tempfile.TemporaryDirectory(prefix="cloudlark-bench-") as name:
        folder, port, stand = Path(name), _free_port(), Stand()
        stand.target = f"http://127.0.0.1:{port}/slack/events" if mode == "http" else ""
        await stand.start()
        write_content(folder / "content", questions=500)
        store = await open_store(f"sqlite:///{folder / 'bench.db'}")
        await seed(store)
        async with program(stand, folder, port, ["-m", "bench.slack_bare", mode, str(port)]):
            bare = await measure(stand, answers(stand))
        async with program(stand, folder, port, ["-m", "bot", "run"]):
            full = await measure(stand, answers(stand))
        kept = await store.read(lambda db: db.execute(select(func.count()).select_from(attempts)).scalar())
        await store.close()
        await stand.stop()
    assert kept == PEOPLE * 10 + REPEATS * CLICKS, f"{kept} answers are durable"
    return {
        "cloudlark": full,
        "bare_bolt": bare,
        "ratio": median([full["per_second"] / bare["per_second"]]),
        "p99_times": median([full["p99_ms"] / bare["p99_ms"]]),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run() -> dict[str, Any]:
    """Both modes. `ratio` is Cloudlark's clicks a second over the bare app's, `p99_times` likewise."""
    return {
        "clicks": CLICKS,
        "waiting": WAITING,
        "socket": asyncio.run(compare("socket")),
        "http": asyncio.run(compare("http")),
    }
