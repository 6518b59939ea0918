"""Stems that ask the same thing twice. Numeric stems differ by their figures and are left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from bot.bank.bank import Bank
from bot.bank.lint.finding import Finding, error, warning
from bot.model.knowledge import Kind

SAME = 96
"""Similarity of two stems, 0 to 100, from which they count as one."""
NEAR = 88
"""Similarity from which they are worth a look."""
_CHUNK = 500


def duplicates(bank: Bank) -> Iterator[Finding]:
    """Pairs of stems that are the same or nearly so, told at the later one (likeness of the sorted words)."""
    questions = [q for q in bank.questions.values() if q.kind is not Kind.NUMERIC]
    for first, second, score in sorted(_pairs([_words(question.stem) for question in questions])):
        told = error if score >= SAME else warning
        message = f"{questions[second].id}: the stem is {score:.0f} % that of {questions[first].id}"
        yield told("duplicate", message, ("question", questions[second].id), ("stem",))


def _pairs(stems: list[str]) -> Iterator[tuple[int, int, float]]:
    """Pairs of places in the list, the lower first. Stems of too unlike length are never compared."""
    order = sorted(range(len(stems)), key=lambda place: len(stems[place]))
    by_length = [stems[place] for place in order]
    lengths = [len(stem) for stem in by_length]
    for start in range(0, len(order), _CHUNK):
        rows = by_length[start : start + _CHUNK]
        end = bisect_right(lengths, len(rows[-1]) * (200 / NEAR - 1))
        scores = process.cdist(rows, by_length[start:end], scorer=fuzz.ratio, score_cutoff=NEAR, workers=-1)
        for row, column in zip(*(scores >= NEAR).nonzero(), strict=True):
            if row < column:
                low, high = sorted((order[start + int(row)], order[start + int(column)]))
                yield low, high, float(scores[row, column])


def _words(stem: str) -> str:
    return " ".join(sorted(re.findall(r"[a-z0-9]+", stem.casefold())))
