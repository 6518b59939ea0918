"""Texts that people, programs and vandals may send."""

from __future__ import annotations

from typing import TypeVar

from hypothesis import strategies as st

from tests.fuzz.overhearing import TOKEN, WORDS

T = TypeVar("T")


@st.composite
def mostly(draw: st.DrawFn, usual: st.SearchStrategy[T], rare: st.SearchStrategy[T], times: int = 4) -> T:
    """The one strategy so many times as often as the other; a plain union would be flattened into all its parts."""
    return draw(usual) if draw(st.integers(0, times)) < times else draw(rare)


NASTY = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff\ud83d",
    "\u202eevil\u202c",
    "\u200b\u200d\ufeff",
    "مرحبا بالعالم",
    "𝕢𝕦𝕚𝕫 ①②③ ٣٤٥ Ⅷ ½ ²",
    "ﬃ İ ß ŉ",
    "🧑🏽‍🚀" * 20,
    "é" * 60,
    "Z" + "\u0335" * 80,
    "<@U1> <!channel> <https://x|y> @everyone <@&1> <#C1|x>",
    "*_~`>|[]()\\",
    "{0} {x.__class__} %s %(x)s ${x}",
    "'; DROP TABLE learners; --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "=1+1",
    "a" * 600,
    "w " * 400,
    "line\nline\r\nline\u2028line",
    "\x1b[31m\x07\x08",
    WORDS,
    f"{WORDS} {TOKEN}",
)
NUMBERS = (
    "0", "-0", "-1", "1", "20", "21", "1e9", "1.5", ".5", "1,000", "٣", "²", "½", "+5", "1_000", "0x10", "NaN",
    "inf", "-inf", str(2**31), str(2**63 - 1), str(2**63), str(-(2**63) - 1), "9" * 19, "9" * 40, "9" * 320,
    "9" * 320 + ".5", "1e999", "00000000000000000001",
)  # fmt: skip

anything = st.text(st.characters(), max_size=80)
"""Any text at all, halves of characters and control characters among it."""
nasty = st.sampled_from(NASTY)
numbers = mostly(st.sampled_from(NUMBERS), st.integers().map(str) | st.floats().map(str))
marked = anything.map(lambda text: f"{text} {WORDS}")
hostile = st.one_of(nasty, anything, numbers, marked, st.lists(nasty, min_size=2, max_size=4).map(" ".join))
"""Any of these."""
