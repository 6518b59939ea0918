"""The units that people type behind a number, each with its worth in the unit of a parameter.

Sizes are binary, as AWS counts them: 1 GB here is 1,024 MB.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

Units = Mapping[str, Fraction]

_BYTES = {
    "b": 0,
    "byte": 0,
    "bytes": 0,
    "kb": 1,
    "kib": 1,
    "mb": 2,
    "mib": 2,
    "gb": 3,
    "gib": 3,
    "tb": 4,
    "tib": 4,
}
_SECONDS = {
    "ms": Fraction(1, 1000),
    "s": Fraction(1),
    "min": Fraction(60),
    "h": Fraction(3600),
    "d": Fraction(86_400),
}
_TIME_NAMES = {
    "ms": ("ms", "msec", "millisecond", "milliseconds"),
    "s": ("s", "sec", "secs", "second", "seconds"),
    "min": ("min", "mins", "minute", "minutes"),
    "h": ("h", "hr", "hrs", "hour", "hours"),
    "d": ("d", "day", "days"),
}


def _sizes(base: str) -> Units:
    return {name: Fraction(1024) ** (power - _BYTES[base]) for name, power in _BYTES.items()}


def _times(base: str) -> Units:
    return {name: worth / _SECONDS[base] for unit, worth in _SECONDS.items() for name in _TIME_NAMES[unit]}


def things(*names: str) -> Units:
    """Units that only name what is counted: items, requests."""
    return dict.fromkeys(names, Fraction(1))


KILOBYTES, MEGABYTES, GIGABYTES = _sizes("kb"), _sizes("mb"), _sizes("gb")
MILLISECONDS, SECONDS, MINUTES, HOURS = _times("ms"), _times("s"), _times("min"), _times("h")
REQUESTS = things("request", "requests", "req", "reqs", "rps", "call", "calls", "invocation", "invocations")
ITEMS = things("item", "items", "read", "reads", "write", "writes", "request", "requests", "rps")
RECORDS = things("record", "records", "rec", "recs")
PERCENT = things("%", "percent")
