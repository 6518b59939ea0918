"""Failures to order: the next calls of a method, or a share of all calls."""

from __future__ import annotations

import random
from dataclasses import dataclass, field


@dataclass(slots=True)
class Fault:
    """How a call fails.

    `error` is Slack's name; with `status` other than 200 the answer is that status, and `retry_after` is its
    header. `text` is an answer of another kind. `done` carries the call out first and then loses the answer;
    `seconds` makes it slow.
    """

    error: str = ""
    status: int = 200
    retry_after: int = 0
    done: bool = False
    drop: bool = False
    seconds: float = 0.0
    text: str = ""
    content_type: str = "application/json"


RATELIMITED = Fault("ratelimited", status=429, retry_after=1)


@dataclass(slots=True)
class Faults:
    """Which calls fail."""

    rng: random.Random = field(default_factory=lambda: random.Random(7))
    share: float = 0.0
    kinds: tuple[Fault, ...] = (
        Fault("internal_error"),
        Fault(status=503),
        Fault("ratelimited", status=429, retry_after=0),
        Fault(done=True, drop=True),
        Fault(drop=True),
    )
    methods: dict[str, list[Fault]] = field(default_factory=dict)
    spared: frozenset[str] = frozenset({"apps.connections.open", "auth.test"})

    def order(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method fail like this, one each."""
        self.methods.setdefault(method, []).extend(faults)

    def next(self, method: str) -> Fault | None:
        """How this call fails, if it does."""
        ordered = self.methods.get(method)
        if ordered:
            return ordered.pop(0)
        if method not in self.spared and self.share and self.rng.random() < self.share:
            return self.rng.choice(self.kinds)
        return None
