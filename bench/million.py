"""A simulation of one million learners, fed with service times measured on a real PostgreSQL in the same run.

What is real: how long a transaction of so many answers takes here, how large its rows are, how fast due rounds
are claimed, and a trial in which the simulation has to predict the latencies of the real program at several rates. What
is simulated: the people (`bench.day`) and the queues of several replicas. Each replica is taken to have what
this machine has, with its part of the database; how one large database shares its cores is not simulated.
"""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import text

from bench.core import ROUNDS, _many_schedules
from bench.day import DAY, synthetic_day
from bench.report import REPEATS, median
from bench.synthetic import NOW, big_bank
from bot.model.study import Learner, Origin, month_of
from bot.storage.group import BATCH, LONGEST, BusyError
from bot.storage.partitions import ensure_partitions
from bot.storage.people import ensure_community
from bot.storage.store import open_store
from bot.tutor import showing
from bot.tutor.opening import open_due
from bot.tutor.submission import Submission
from bot.tutor.tutor import Tutor
from tests.support.postgres import running_postgres
from tests.support.world import world

LEARNERS, COMMUNITIES = 1_000_000, 10_000
ACTIVE = 20_000
SIZES = (1, 5, 20, 50, 100, 200, 500)
TRIAL_SECONDS = 8.0
TRIAL_LOADS = (0.2, 0.5, 0.8)
REPLICAS = (1, 2, 4, 8)
POST_SECONDS, POSTS_AT_ONCE = 0.2, 12
"""A platform's time for a post, and how many the Slack adapter has on their way at once."""


@dataclass
class Batches:
    """Implements `bot.storage.group.Observer`: what transactions took, and what people waited."""

    sizes: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def committed(self, size: int, seconds: float) -> None:
        """A transaction of so many answers took so long."""
        self.sizes.append(size)
        self.seconds.append(seconds)

    def durable(self, seconds: float) -> None:
        """One answer became durable so long after it was handed in."""
        self.waits.append(seconds)


@dataclass(frozen=True)
class Service:
    """Seconds that a transaction takes: drawn from what was measured, scaled to its size."""

    fixed: float
    each: float
    noise: np.ndarray

    @classmethod
    def fit(cls, batches: Batches) -> Service:
        """A straight line through the medians by size, and how single transactions scatter around it."""
        sizes, seconds = np.array(batches.sizes), np.array(batches.seconds)
        known = np.unique(sizes)
        typical = np.array([np.median(seconds[sizes == size]) for size in known])
        each, fixed = np.polyfit(known, typical, 1, w=1 / typical)
        fixed, each = max(float(fixed), 1e-3), float(each)
        return cls(fixed, each, seconds / (fixed + each * sizes))

    @property
    def capacity(self) -> float:
        """Answers a second when batches are full."""
        return BATCH / (self.fixed + self.each * BATCH) / float(self.noise.mean())


class Source:
    """Submissions without end, each by another learner and in a slot of its own."""

    def __init__(self, tutor: Tutor, community: Any) -> None:
        questions = list(tutor.bank.questions)[::7]
        self._items = [tutor.bank.item(question, 5) for question in questions]
        self._profiles = [showing.profile_of(tutor.bank, item) for item in self._items]
        self._community = community
        self._number = 0

    def next(self) -> Submission:
        """The next one."""
        self._number += 1
        n = self._number
        item, profile = self._items[n % len(self._items)], self._profiles[n % len(self._items)]
        learner = Learner(1 + n * 7919 % ACTIVE, "x", "UTC")
        return Submission(f"p{n}.0", learner, self._community, item, profile, frozenset({n % 4}), Origin.PRACTICE,
                          NOW, NOW.date(), "", 3.0, month=month_of(NOW))  # fmt: skip


def queue(arrivals: np.ndarray, service: Service, rng: np.random.Generator) -> tuple[np.ndarray, int]:
    """Seconds that each answer waits at one replica which commits in groups; and how many it would refuse."""
    # In the order in which it was measured, because slow times come together.
    times, noise = arrivals.tolist(), np.roll(service.noise, rng.integers(len(service.noise))).tolist()
    waits: list[float] = []
    at, free, batches = 0, 0.0, 0
    while at < len(times):
        begin, end, full = max(free, times[at]), at + 1, min(len(times), at + BATCH)
        while end < full and times[end] <= begin:
            end += 1
        free = begin + (service.fixed + service.each * (end - at)) * noise[batches % len(noise)]
        waits += [free - moment for moment in times[at:end]]
        at, batches = end, batches + 1
    found = np.array(waits)
    return found, int((found > LONGEST).sum())


def simulate(
    answers: np.ndarray, service: Service, replicas: int, rng: np.random.Generator
) -> dict[str, float]:
    """A day at so many replicas behind a balancer that takes turns."""
    results = [queue(answers[n::replicas], service, rng) for n in range(replicas)]
    waits = np.concatenate([result[0] for result in results]) * 1000
    return {
        "p50_ms": round(float(np.quantile(waits, 0.5)), 1),
        "p99_ms": round(float(np.quantile(waits, 0.99)), 1),
        "p999_ms": round(float(np.quantile(waits, 0.999)), 1),
        "worst_ms": round(float(waits.max()), 1),
        "refused": sum(result[1] for result in results),
    }


def fan_out(posts: np.ndarray, replicas: int) -> float:
    """Seconds until the last of the posts of the fullest minute is said."""
    fullest = int(np.bincount((posts // 60).astype(int)).max())
    return fullest * POST_SECONDS / (POSTS_AT_ONCE * replicas)


async def _answer_in_batches(tutor: Tutor, source: Source) -> None:
    for size in SIZES * (4 * REPEATS):
        await asyncio.gather(*(tutor.answers.submit(source.next()) for _ in range(size)))


async def _trial(
    tutor: Tutor, source: Source, batches: Batches, service: Service, load: float
) -> dict[str, float]:
    """Real answers that arrive at random, and what the simulation says of the same arrivals."""
    rng = np.random.default_rng(int(load * 100))
    rate = service.capacity * load
    arrivals = np.cumsum(rng.exponential(1 / rate, int(rate * TRIAL_SECONDS)))
    before = len(batches.waits)
    began, tasks = time.perf_counter(), []
    for moment in arrivals:
        ahead = moment - (time.perf_counter() - began)
        if ahead > 0:
            await asyncio.sleep(ahead)
        tasks.append(asyncio.create_task(tutor.answers.submit(source.next())))
    done = await asyncio.gather(*tasks, return_exceptions=True)
    waits = np.array(batches.waits[before:]) * 1000
    told = queue(arrivals, service, rng)[0] * 1000
    return {
        "answers_per_second": round(rate),
        "refused": sum(isinstance(one, BusyError) for one in done),
        "real_p50_ms": round(float(np.quantile(waits, 0.5)), 1),
        "simulated_p50_ms": round(float(np.quantile(told, 0.5)), 1),
        "real_p99_ms": round(float(np.quantile(waits, 0.99)), 1),
        "simulated_p99_ms": round(float(np.quantile(told, 0.99)), 1),
    }


_SIZES = """
SELECT c.relname AS name, sum(pg_total_relation_size(coalesce(i.inhrelid, c.oid))) AS bytes
FROM pg_class c LEFT JOIN pg_inherits i ON i.inhparent = c.oid
WHERE c.relname IN ('attempts', 'encounters', 'memories', 'abilities', 'days', 'standings', 'streaks') GROUP BY 1"""


async def _on_postgres(url: str) -> tuple[Service, dict[str, Any]]:
    store = await open_store(url)
    await store.write(lambda db: ensure_partitions(db, NOW))
    people = (
        "INSERT INTO learners(id, name, timezone, workdays, visible, settings, created_at)"
        " SELECT n, 'learner', 'UTC', 31, true, '{}', 0 FROM generate_series(1, :many) n"
    )
    await store.write(lambda db: db.execute(text(people), {"many": ACTIVE}) and None)
    community = await store.write(lambda db: ensure_community(db, "test", "team", "UTC"))
    async with world(Path(), NOW, big_bank(), store) as made:
        batches = Batches()
        source = Source(made.tutor, community)
        await _answer_in_batches(made.tutor, source)
        made.tutor.answers._observer = batches
        await _answer_in_batches(made.tutor, source)
        service = Service.fit(batches)
        trials = [await _trial(made.tutor, source, batches, service, load) for load in TRIAL_LOADS]
        count = await store.read(lambda db: db.execute(text("SELECT count(*) FROM attempts")).scalar_one())
        rows = await store.read(lambda db: db.execute(text(_SIZES)).all())
        await store.write(_many_schedules)
        began = time.perf_counter()
        await open_due(made.tutor)
        claimed = ROUNDS / (time.perf_counter() - began)
    await store.close()
    return service, {
        "transaction_ms": {
            "fixed": median([service.fixed * 1000]),
            "each_answer": median([service.each * 1000]),
        },
        "capacity_per_second": round(service.capacity),
        "trials": trials,
        "rounds_claimed_per_second": round(claimed),
        "bytes_an_answer": {row.name: round(row.bytes / count) for row in rows},
    }


def run() -> dict[str, Any]:
    """The measurements, the trial of the simulation, and the day."""
    with running_postgres() as server:
        service, measured = asyncio.run(_on_postgres(server.database()))
    day = synthetic_day(LEARNERS, COMMUNITIES, np.random.default_rng(1))
    seconds = np.bincount(day.answers.astype(int), minlength=int(DAY))
    rng = np.random.default_rng(2)
    tenfold = np.sort(np.tile(day.answers, 10) + rng.uniform(0, 60, 10 * len(day.answers)))
    return {
        "measured": measured,
        "day": {
            "learners": LEARNERS, "communities": COMMUNITIES, "largest_community": day.largest,
            "answers": len(day.answers), "answers_a_second": round(len(day.answers) / DAY, 1),
            "fullest_second": int(seconds.max()),
            "posts_in_the_fullest_minute": int(np.bincount((day.posts // 60).astype(int)).max()),
        },
        "replicas": {str(number): simulate(day.answers, service, number, rng)
                     | {"seconds_to_say_the_fullest_minute": round(fan_out(day.posts, number), 1)}
                     for number in REPLICAS},
        "ten_times_as_many": {str(number): simulate(tenfold, service, number, rng) for number in REPLICAS},
        "host_load": round(os.getloadavg()[1], 2),
    }  # fmt: skip
