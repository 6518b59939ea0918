"""Test-wise guessers: people who know nothing and pick an option by its looks.

Each gives an option a number; the guesser picks the options with the highest. None of them is
told which option is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from rapidfuzz import fuzz

from bot.model.knowledge import Question

Guesser = Callable[[Question], Sequence[float]]

_HEDGES = re.compile(
    r"\b(can|could|may|might|usually|often|typically|generally|normally|some|most|mostly|likely|sometimes|"
    r"up to|at least|at most|about|around|roughly|approximately|unless|depending|depends|by default|if)\b",
    re.IGNORECASE,
)
_ABSOLUTES = re.compile(
    r"\b(always|never|only|must|cannot|every|all|none|no|any|entirely|completely|guaranteed|impossible)\b",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_CAPITALS = re.compile(r"(?<!^)\b[A-Z][A-Za-z0-9]*")
_CODE = re.compile(r"`[^`]+`")
_WORDS = re.compile(r"[a-z0-9]+")
_COMMON = frozenset(
    _WORDS.findall(
        "a an and are as at be been by can does for from has have how in into is it its of on one or "
        "that the their them then there they this to use uses using was when which while will with "
        "without you your"
    )
)


def longest(question: Question) -> Sequence[float]:
    """Characters."""
    return [len(option.text) for option in question.options]


def shortest(question: Question) -> Sequence[float]:
    """Characters saved."""
    return [-len(option.text) for option in question.options]


def echoing(question: Question) -> Sequence[float]:
    """Words of meaning shared with the stem."""
    stem = _meaning(question.stem)
    return [len(stem & _meaning(option.text)) for option in question.options]


def hedged(question: Question) -> Sequence[float]:
    """Hedges, less the absolute words that test-wise people avoid."""
    return [
        len(_HEDGES.findall(option.text)) - len(_ABSOLUTES.findall(option.text))
        for option in question.options
    ]


def specific(question: Question) -> Sequence[float]:
    """Figures, capitalised words and code."""
    patterns = (_FIGURES, _CAPITALS, _CODE)
    return [sum(len(p.findall(option.text)) for p in patterns) for option in question.options]


def alike(question: Question) -> Sequence[float]:
    """Mean likeness to the other options, to the nearest point of a hundred."""
    texts = [option.text for option in question.options]
    return [
        round(sum(fuzz.ratio(text, other) for other in texts[:i] + texts[i + 1 :]) / (len(texts) - 1))
        for i, text in enumerate(texts)
    ]


def _meaning(text: str) -> set[str]:
    return {word.removesuffix("s") for word in _WORDS.findall(text.casefold()) if word not in _COMMON}


GUESSERS: Mapping[str, Guesser] = {
    "longest": longest,
    "shortest": shortest,
    "echoes the stem": echoing,
    "most hedged": hedged,
    "most specific": specific,
    "most like the others": alike,
}
