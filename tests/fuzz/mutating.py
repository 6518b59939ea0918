"""JSON values with a part taken away, put in a wrong place, or turned into something else."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.texts import hostile, mostly

Path = tuple[str | int, ...]

DEEP: Any = "x"
for _ in range(60):
    DEEP = [DEEP]
SCALARS = st.sampled_from(
    [None, True, False, 0, -1, 2**31, 2**63, 10**40, 1.5, 1e308, "", [], {}, [[]], [None], {"": None}]
)
junk = mostly(
    st.one_of(SCALARS, hostile), st.sampled_from([DEEP, {"id": {"id": {}}}, [{"id": 1}], {"type": []}]), 6
)


def paths(value: Any, here: Path = ()) -> list[Path]:
    """The places of all parts of a value, but not of the whole."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for key, part in parts for path in ((*here, key), *paths(part, (*here, key)))]


@st.composite
def mutated(draw: st.DrawFn, valid: Any, most: int = 3) -> Any:
    """The value, with up to so many of its parts changed."""
    value = copy.deepcopy(valid)
    for _ in range(draw(st.integers(0, most))):
        found = paths(value)
        if not found:
            break
        path = draw(st.sampled_from(found))
        holder = value
        for key in path[:-1]:
            holder = holder[key]
        _change(draw, holder, path[-1])
    return value


def _change(draw: st.DrawFn, holder: Any, key: Any) -> None:
    match draw(st.sampled_from(["replace", "remove", "wrap", "unwrap", "add", "text"])):
        case "replace":
            holder[key] = copy.deepcopy(draw(junk))
        case "remove":
            del holder[key]
        case "wrap":
            holder[key] = [holder[key]]
        case "unwrap" if isinstance(holder[key], dict | list) and holder[key]:
            inner = holder[key]
            holder[key] = next(iter(inner.values() if isinstance(inner, dict) else inner))
        case "add" if isinstance(holder[key], dict):
            holder[key][draw(hostile)] = copy.deepcopy(draw(junk))
        case "add" if isinstance(holder[key], list):
            holder[key].append(copy.deepcopy(draw(junk)))
        case _:
            holder[key] = draw(hostile)
