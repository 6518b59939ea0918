"""How many examples a fuzz test tries: few and always the same ones, or with FUZZ_TIMES many and ever new."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings

T = TypeVar("T", bound=Callable[..., Any])

TIMES = int(os.environ.get("FUZZ_TIMES", "0"))
SLOW = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large)


def fuzzed(examples: int, *, waits: bool = False) -> Callable[[T], T]:
    """So many examples in an ordinary run, FUZZ_TIMES as many in a long one.

    A test that `waits` for what may never come is not tried again and again for a smaller example.
    """
    long = {"print_blob": True} if TIMES else {"derandomize": True, "database": None}
    phases = [phase for phase in Phase if not waits or phase not in (Phase.shrink, Phase.explain)]
    return settings(
        phases=phases,
        max_examples=examples * (TIMES or 1),
        deadline=None,
        suppress_health_check=SLOW,
        **long,  # type: ignore[arg-type]
    )
