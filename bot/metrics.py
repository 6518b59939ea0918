"""What operators may count: every metric once, on a registry of its own. docs/operations.md lists them all.

Labels hold words of ours from short lists: never a person, a channel, a topic or a text, so that nothing
personal leaves the program and the number of series stays bounded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    ProcessCollector,
    generate_latest,
)

from bot.ports import Instruments

QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
SLOW = (1, 2, 5, 10, 30, 60, 120, 300, 900, 3600, 21600)
SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500)


class Metrics:
    """All metrics of one program. Each method counts one kind of event and never fails."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._depths: dict[str, Callable[[], int]] = {}
        # Looking a series up by its labels costs more than counting, and these two lie in a click's way.
        self._request = cache(self._request_series)
        self._answer = cache(self._answer_series)
        self._info = Info("cloudlark", "What runs.", registry=self.registry)
        self._ready = self._gauge("ready", "1 while /readyz says so, else 0.")
        self._watch_people()
        self._watch_answers()
        self._watch_jobs()
        self._queue = self._gauge("queue_depth", "What waits in a queue.", "queue")
        self._rate_limits = self._counter(
            "rate_limits", "Calls that waited for a platform's rate limit.", "platform", "reason"
        )
        self._rate_limit_seconds = self._counter(
            "rate_limit_seconds", "Seconds of such waiting.", "platform", "reason"
        )

    def _watch_people(self) -> None:
        self._requests = self._counter(
            "requests", "What people did, by outcome.", "platform", "kind", "outcome"
        )
        self._request_seconds = self._histogram(
            "request_seconds", "From a request's arrival at the desk to its reply.", "platform", "kind"
        )
        self._http = self._histogram("http_seconds", "HTTP requests, by route and status.", "route", "status")

    def _watch_answers(self) -> None:
        self._answers = self._counter("answers", "Durable answers.", "origin", "outcome")
        self._commit_seconds = self._histogram("commit_seconds", "How long a transaction of answers took.")
        self._durable_seconds = self._histogram("durable_seconds", "From an answer's arrival to durable.")
        self._batch = self._histogram("batch_answers", "Answers in a transaction.", buckets=SIZES)

    def _watch_jobs(self) -> None:
        self._posts = self._counter("posts", "Posts, by what came of them.", "platform", "kind", "outcome")
        self._late = self._histogram("late_seconds", "How late due work was done.", "work", buckets=SLOW)
        self._overdue = self._gauge(
            "overdue_seconds", "Age of the oldest work that is due, not done.", "work"
        )
        self._jobs = self._histogram("job_seconds", "How long a job took.", "job", buckets=QUICK + SLOW[4:])
        self._jobs_failed = self._counter("jobs_failed", "Jobs that broke.", "job")
        self._last_tick = self._gauge("last_tick_timestamp_seconds", "When the last tick ended.")

    def _request_series(self, platform: str, kind: str, outcome: str) -> tuple[Counter, Histogram]:
        durations = self._request_seconds.labels(platform, kind)
        return self._requests.labels(platform, kind, outcome), durations

    def _answer_series(self, origin: str, fresh: bool) -> Counter:
        return self._answers.labels(origin, "fresh" if fresh else "repeated")

    def _counter(self, name: str, help: str, *labels: str) -> Counter:
        return Counter(f"cloudlark_{name}", help, labels, registry=self.registry)

    def _gauge(self, name: str, help: str, *labels: str) -> Gauge:
        return Gauge(f"cloudlark_{name}", help, labels, registry=self.registry)

    def _histogram(self, name: str, help: str, *labels: str, buckets: Sequence[float] = QUICK) -> Histogram:
        return Histogram(f"cloudlark_{name}", help, labels, registry=self.registry, buckets=buckets)

    def about(self, **facts: str) -> None:
        """What runs: version, database."""
        self._info.info(facts)

    def ready(self, yes: bool) -> None:
        """Whether the program is ready."""
        self._ready.set(yes)

    def requested(self, platform: str, kind: str, outcome: str, seconds: float) -> None:
        """A person's request was answered. `kind` is command, click, form, words or joined."""
        number, durations = self._request(platform, kind, outcome)
        number.inc()
        durations.observe(seconds)

    def answered(self, origin: str, fresh: bool) -> None:
        """An answer is durable; one that is not fresh was so before."""
        self._answer(origin, fresh).inc()

    def committed(self, size: int, seconds: float) -> None:
        """A transaction of answers was committed."""
        self._batch.observe(size)
        self._commit_seconds.observe(seconds)

    def durable(self, seconds: float) -> None:
        """One answer became durable after so long a wait."""
        self._durable_seconds.observe(seconds)

    def posted(self, platform: str, kind: str, outcome: str) -> None:
        """A post was said, or what came of it: sent, retry, unknown, gone or given_up."""
        self._posts.labels(platform, kind, outcome).inc()

    def late(self, work: str, seconds: float) -> None:
        """Work that was due was done so late."""
        self._late.labels(work).observe(max(seconds, 0.0))

    def overdue(self, work: str, seconds: float) -> None:
        """The oldest work that is due and not done is so late; 0 when none is."""
        self._overdue.labels(work).set(seconds)

    def ran(self, job: str, seconds: float, failed: bool) -> None:
        """A job ended."""
        self._jobs.labels(job).observe(seconds)
        if failed:
            self._jobs_failed.labels(job).inc()

    def ticked(self, timestamp: float) -> None:
        """A tick ended at this moment."""
        self._last_tick.set(timestamp)

    def served(self, route: str, status: int, seconds: float) -> None:
        """An HTTP request was answered. `route` is a pattern of ours, never a path as it came."""
        self._http.labels(route, f"{status // 100}xx").observe(seconds)

    def waited(self, platform: str, reason: str, seconds: float) -> None:
        """A call to a platform had to wait: it was paced by us, or refused by the platform."""
        self._rate_limits.labels(platform, reason).inc()
        self._rate_limit_seconds.labels(platform, reason).inc(seconds)

    def queue(self, name: str, depth: Callable[[], int]) -> None:
        """Watch a queue."""
        self._depths[name] = depth
        self._queue.labels(name).set_function(lambda: float(depth()))

    def waiting(self, name: str, number: int | None) -> None:
        """How many wait in a queue that stands elsewhere; None when nobody knows."""
        self._queue.labels(name).set(math.nan if number is None else number)

    def left(self) -> dict[str, int]:
        """The watched queues in which something waits."""
        depths = {name: depth() for name, depth in self._depths.items()}
        return {name: number for name, number in depths.items() if number}

    def instruments(self, platform: str) -> Instruments:
        """What an adapter of this platform needs of the metrics."""
        return _PlatformInstruments(self, platform)

    def page(self) -> bytes:
        """All metrics in Prometheus' text format."""
        return generate_latest(self.registry)


class _PlatformInstruments:
    def __init__(self, metrics: Metrics, platform: str) -> None:
        self._metrics = metrics
        self._platform = platform

    def waited(self, reason: str, seconds: float) -> None:
        self._metrics.waited(self._platform, reason, seconds)

    def queue(self, name: str, depth: Callable[[], int]) -> None:
        self._metrics.queue(f"{self._platform}_{name}", depth)
