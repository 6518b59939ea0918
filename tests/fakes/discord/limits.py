"""Rate limits by bucket, and failures on demand."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

# The library takes an answer without this header for Cloudflare's and gives up.
VIA = {"Via": "1.1 google"}


def answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """JSON as Discord sends it: without a charset, which the library would not take for JSON."""
    data = json.dumps(body).encode()
    return web.Response(body=data, status=status, headers=headers, content_type="application/json")


@dataclass
class Bucket:
    """So many requests in so many seconds."""

    limit: int
    seconds: float
    started: float = 0.0
    used: int = 0

    def take(self) -> bool:
        """Take one request out of the bucket; False when it is empty."""
        now = time.monotonic()
        if now >= self.started + self.seconds:
            self.started, self.used = now, 0
        self.used += 1
        return self.used <= self.limit

    def headers(self, name: str) -> dict[str, str]:
        """The headers that Discord sends with every answer."""
        left = max(0.0, self.started + self.seconds - time.monotonic())
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(max(0, self.limit - self.used)),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": name,
        }


@dataclass
class Limits:
    """The buckets of all routes. `refused` counts answers with 429. A proxy drops the header that says that
    Cloudflare stands in between."""

    limit: int = 5
    seconds: float = 5.0
    enforced: bool = False
    refused: int = 0
    cloudflare: bool = True
    _buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict)

    def take(self, route: str, major: str) -> tuple[bool, dict[str, str]]:
        """Whether a request may pass, and the headers of its answer."""
        if not self.enforced:
            return True, {}
        bucket = self._buckets.setdefault((route, major), Bucket(self.limit, self.seconds))
        passes = bucket.take()
        self.refused += not passes
        return passes, bucket.headers(f"{abs(hash(route)):x}")

    def refusal(self, headers: dict[str, str]) -> web.Response:
        """The answer to a request that came too soon."""
        wait = float(headers["X-RateLimit-Reset-After"])
        body = {"message": "You are being rate limited.", "retry_after": wait, "global": False}
        if not self.cloudflare:
            return answer(body, 429, headers | {"Retry-After": f"{wait:.3f}", "X-RateLimit-Scope": "user"})
        extra = {"Retry-After": str(int(wait) + 1), "X-RateLimit-Scope": "user"}
        return answer(body, 429, headers | extra | VIA)


@dataclass
class Fault:
    """A failure to come: before the request had its effect, or after it; with a status, or in silence.

    A `held` request waits there until it is released, and `reached` tells that it waits.
    """

    route: str
    status: int = 500
    after_effect: bool = False
    times: int = 1
    held: bool = False
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    release: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Faults:
    """Failures on demand: those named, and a share of all requests."""

    share: float = 0.0
    status: int = 500
    rng: random.Random = field(default_factory=lambda: random.Random(7))
    planned: list[Fault] = field(default_factory=list)
    happened: int = 0

    def plan(self, route: str, status: int = 500, *, after_effect: bool = False, times: int = 1) -> None:
        """Let the next requests to a route fail; status 0 cuts the connection."""
        self.planned.append(Fault(route, status, after_effect, times))

    def hold(self, route: str, *, after_effect: bool) -> Fault:
        """Let the next request to a route wait where it is until it is released, and end in silence."""
        self.planned.append(Fault(route, 0, after_effect, held=True))
        return self.planned[-1]

    def next(self, route: str) -> Fault | None:
        """The failure that befalls this request, if any."""
        for fault in self.planned:
            if fault.route == route and fault.times:
                fault.times -= 1
                self.happened += 1
                return fault
        if self.share and self.rng.random() < self.share:
            self.happened += 1
            return Fault(route, self.status, after_effect=self.rng.random() < 0.5)
        return None


async def failed(request: web.Request, fault: Fault) -> web.StreamResponse:
    """What a request that fails on demand gets to hear."""
    if fault.held:
        fault.reached.set()
        await fault.release.wait()
    if fault.status == 0:
        if request.transport is not None:
            request.transport.abort()
        await asyncio.sleep(0)
        return web.Response(status=500)
    wait = {"Retry-After": "0.2"} if fault.status == 429 else {}
    return answer({"code": 0, "message": f"{fault.status}: failed on demand"}, fault.status, wait)
