"""Reading a table of answers: marks, or picked options with a key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

KEY = "key"
NAMES = frozenset(("", "id", "name", "learner", "person", "attempt", "student", "user"))


@dataclass(frozen=True, slots=True)
class Matrix:
    """Answers in rows, questions in columns. `picks` and `keys` are empty for a table of marks."""

    questions: tuple[str, ...]
    marks: tuple[tuple[float, ...], ...]
    keys: tuple[frozenset[str], ...] = ()
    picks: tuple[tuple[frozenset[str], ...], ...] = ()

    def rests(self, at: int) -> list[float]:
        """Each attempt's score on all questions but one."""
        return [sum(row) - row[at] for row in self.marks]


def read(cells: Sequence[Sequence[str]]) -> Matrix:
    """The matrix in the cells of a table. Raises ValueError with one sentence for what is not one.

    A first row with words names the questions. A row that begins with "key" holds the right options; then
    all other rows begin with a name and hold what was picked, several options as AC, "A C" or A;C. Without
    it the cells are marks from 0 to 1, after an optional column of names. An empty cell is a wrong answer.
    """
    rows = [[cell.strip() for cell in row] for row in cells if any(cell.strip() for cell in row)]
    if not rows:
        raise ValueError("The table is empty.")
    widths = {len(row) for row in rows}
    if len(widths) > 1:
        raise ValueError(f"All rows need the same number of cells; there are rows of {_spoken(widths)}.")
    header = rows.pop(0) if _is_header(rows[0]) else None
    keys = [row for row in rows if row[0].lower() == KEY]
    people = [row for row in rows if row[0].lower() != KEY]
    if not people:
        raise ValueError("The table holds no answers.")
    if len(keys) > 1:
        raise ValueError("The table has more than one key row.")
    return _of_options(header, keys[0], people) if keys else _of_marks(header, people)


def _of_options(header: list[str] | None, key: list[str], people: list[list[str]]) -> Matrix:
    keys = tuple(_options(cell) for cell in key[1:])
    if not all(keys):
        raise ValueError("The key row has an empty cell.")
    picks = tuple(tuple(_options(cell) for cell in row[1:]) for row in people)
    marks = tuple(tuple(float(pick == right) for pick, right in zip(row, keys, strict=True)) for row in picks)
    return Matrix(_names(header, 1, len(key)), marks, keys, picks)


def _of_marks(header: list[str] | None, people: list[list[str]]) -> Matrix:
    named = (header is not None and header[0].lower() in NAMES) or any(
        _mark(row[0]) is None for row in people
    )
    first = int(named)
    if len(people[0]) == first:
        raise ValueError("The table holds no questions.")
    marks = []
    for number, row in enumerate(people, 2 if header else 1):
        read = [_mark(cell) for cell in row[first:]]
        if None in read:
            cell = row[first + read.index(None)]
            raise ValueError(
                f"Row {number} holds {cell!r}, which is no mark from 0 to 1. "
                "A table of options needs a row that begins with key."
            )
        marks.append(tuple(mark or 0.0 for mark in read))
    return Matrix(_names(header, first, len(people[0])), tuple(marks))


def _is_header(row: list[str]) -> bool:
    return row[0].lower() != KEY and all(_mark(cell) is None or not cell for cell in row)


def _names(header: list[str] | None, first: int, width: int) -> tuple[str, ...]:
    return tuple(header[first:]) if header else tuple(f"q{at}" for at in range(1, width - first + 1))


def _mark(cell: str) -> float | None:
    try:
        mark = float(cell or 0)
    except ValueError:
        return None
    return mark if 0 <= mark <= 1 else None


def _options(cell: str) -> frozenset[str]:
    if re.fullmatch(r"[A-Z]{2,}", cell):
        return frozenset(cell)
    return frozenset(part for part in re.split(r"[\s;|+]+", cell) if part)


def _spoken(widths: set[int]) -> str:
    return " and ".join(map(str, sorted(widths)))
