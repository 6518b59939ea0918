"""The core: durable answers, boards, claims, start-up, memory."""

from __future__ import annotations

import asyncio
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from bench.report import REPEATS, median, quantile
from bench.synthetic import NOW, big_bank, seed_history, write_content
from bot.model.people import Channel
from bot.model.study import EVERY_DAY, Learner, Origin, month_of
from bot.storage import standings
from bot.storage.people import ensure_community
from bot.storage.schedules import add_schedule
from bot.storage.store import open_store
from bot.tutor import showing
from bot.tutor.opening import open_due
from bot.tutor.submission import Submission
from tests.support.world import World, world

COMMUNITY = Channel("test", "team", "daily")
ROUNDS = 10_000
ACTIVE = 1_000


async def answers(
    made: World,
    number: int,
    waiting: int,
    tag: str,
    learners: int,
    first: int = 0,
    questions: int | None = None,
) -> dict[str, float]:
    """Answers a second, and milliseconds from submission to durable, with this many always waiting.

    So many learners answer, numbered from the one after `first` on, so many questions, or most of the bank.
    """
    tutor = made.tutor
    community = await tutor.store.write(lambda db: ensure_community(db, "test", "team", "UTC"))
    items = [tutor.bank.item(question, 5) for question in list(tutor.bank.questions)[::7][:questions]]
    profiles = {item.question.id: showing.profile_of(tutor.bank, item) for item in items}
    latencies: list[float] = []
    left = iter(range(number))

    async def person() -> None:
        for n in left:
            item = items[n % len(items)]
            learner = Learner(1 + first + n * 7919 % learners, "x", "UTC")
            submission = Submission(
                f"b{tag}.{n}", learner, community, item, profiles[item.question.id], frozenset({n % 4}),
                Origin.PRACTICE, NOW, NOW.date(), "", 3.0, month=month_of(NOW),
            )  # fmt: skip
            began = time.perf_counter()
            await tutor.answers.submit(submission)
            latencies.append((time.perf_counter() - began) * 1000)

    began = time.perf_counter()
    await asyncio.gather(*(person() for _ in range(waiting)))
    elapsed = time.perf_counter() - began
    latencies.sort()
    return {
        "per_second": number / elapsed,
        "p50_ms": quantile(latencies, 0.5),
        "p99_ms": quantile(latencies, 0.99),
    }


async def measure_answers(folder: Path, stored: int, learners: int) -> dict[str, Any]:
    """Answers at 1, 50 and 500 waiting on a history of `stored` attempts; and the board's cost there."""
    store = await open_store(f"sqlite:///{folder / f'history-{stored}.db'}")
    await store.write(lambda db: seed_history(db, stored, learners))
    async with world(folder, NOW, big_bank(), store) as made:
        result: dict[str, Any] = {}
        for waiting, number in ((1, 300), (50, 5_000), (500, 10_000)):
            await answers(made, number // 5, waiting, f"warm{waiting}", ACTIVE)
            runs = [
                await answers(made, number, waiting, f"{waiting}.{run}", ACTIVE) for run in range(REPEATS)
            ]
            result[f"waiting_{waiting}"] = {key: median([run[key] for run in runs]) for key in runs[0]}
        result["top_ten_and_own_rank_ms"] = median([await _board(made, n) for n in range(REPEATS * 5)])
    await store.close()
    return result


async def _board(made: World, n: int) -> float:
    began = time.perf_counter()
    await made.tutor.store.read(
        lambda db: (standings.top(db, 1, "all", 10), standings.rank_of(db, 1, "all", 1 + n * 997))
    )
    return (time.perf_counter() - began) * 1000


async def measure_claims(folder: Path) -> dict[str, float]:
    """Seconds to claim and build 10,000 rounds that are due in the same minute."""
    times = []
    for run in range(REPEATS):
        place = folder / f"claims{run}"
        place.mkdir()
        async with world(place, NOW, big_bank()) as made:
            await made.tutor.store.write(_many_schedules)
            began = time.perf_counter()
            made_posts = await open_due(made.tutor)
            times.append(time.perf_counter() - began)
            assert made_posts == ROUNDS
    return {"seconds": median(times), "rounds_per_second": median([ROUNDS / t for t in times])}


def _many_schedules(db: Any) -> None:
    community = ensure_community(db, "test", "team", "UTC")
    for n in range(ROUNDS):
        add_schedule(db, {
            "community_id": community.id, "channel": f"c{n}", "kind": "question", "minute": 480, "timezone": "UTC",
            "weekdays": EVERY_DAY, "exam": "ex" if n % 2 else "", "topics": (), "window_minutes": 60,
            "reveal": "close", "settings": {}, "state": "active", "reason": "", "next_fire_at": NOW,
        })  # fmt: skip


def measure_start(folder: Path) -> dict[str, float]:
    """Seconds from starting the process to ready, with 5,000 questions: the first time and after; memory in MiB."""
    content = folder / "content"
    write_content(content)
    first = _start(folder, content)
    runs = [_start(folder, content) for _ in range(REPEATS)]
    return {
        "first_seconds": median([first[0]]),
        "seconds": median([run[0] for run in runs]),
        "bare_python_seconds": median([_bare() for _ in range(REPEATS)]),
        "resident_mib": median([run[1] for run in runs]),
    }


def _start(folder: Path, content: Path) -> tuple[float, float]:
    env = {
        **os.environ,
        "CLOUDLARK_CONTENT": str(content),
        "CLOUDLARK_DATA": str(folder / "data"),
        "CLOUDLARK_DATABASE_URL": f"sqlite:///{folder / 'data' / 'start.db'}",
        "CLOUDLARK_PORT": "8799",
    }
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not _ready("http://127.0.0.1:8799/readyz"):
            time.sleep(0.005)
            if process.poll() is not None or time.perf_counter() - began > 60:
                raise RuntimeError("the program did not start")
        elapsed = time.perf_counter() - began
        status = Path(f"/proc/{process.pid}/status").read_text()
        resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
        return elapsed, resident / 1024
    finally:
        process.terminate()
        process.wait(20)


def _bare() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - began


def _ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def run(big: int = 10_000_000, learners: int = 100_000) -> dict[str, Any]:
    """All measurements of the core. `big` is the length of the long history."""
    with tempfile.TemporaryDirectory(prefix="cloudlark-bench-") as name:
        folder = Path(name)
        small = asyncio.run(measure_answers(folder, 10_000, 1_000))
        large = asyncio.run(measure_answers(folder, big, learners))
        claims = asyncio.run(measure_claims(folder))
        start = measure_start(folder)
    ratio = small["waiting_50"]["per_second"] / large["waiting_50"]["per_second"]
    return {
        "answers_at_10_thousand_attempts": small,
        f"answers_at_{big}_attempts": large,
        "cost_ratio_of_the_histories": float(f"{ratio:.3g}"),
        "claim_and_build_10000_rounds": claims,
        "start_with_5000_questions": start,
        "bench_peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "spread_note": f"medians of {REPEATS}; 2 cores assumed, {os.cpu_count()} found",
        "host_mean_load": round(statistics.fmean(os.getloadavg()), 2),
    }
