"""CSV, as spreadsheets read and write it: a question a row, with everything that the content format knows.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, which reading takes away again.
Sheets that people made themselves are read by the names of their columns, whichever they have.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from bot.bank.exchange.drafts import MOST_DRAFTS, Choice, Draft, ExchangeError, Parsed, Subject, Taught
from bot.bank.exchange.naming import is_slug
from bot.model.knowledge import Change

OPTIONS = 6
FACTS = 3
MOST_COLUMNS = 200
_RISKY = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20|%]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20|%]")

PLAIN = (
    "id",
    "topic",
    "topic_name",
    "topic_summary",
    "topic_link",
    "topic_aliases",
    "style",
    "difficulty",
    "stem",
)
OPTION = ("option", "why", "confuses")
FACT = ("fact", "statement", "link", "verified_on", "exams", "changed_when", "was", "now")
NUMERIC = ("generator", "ranges", "fixed")
COLUMNS = (
    *PLAIN,
    *(f"{name}_{number}" for number in range(1, OPTIONS + 1) for name in OPTION),
    "key",
    "explanation",
    *(f"{name}_{number}" for number in range(1, FACTS + 1) for name in FACT),
    *NUMERIC,
)

ANSWER = "answer"
"""The key in a sheet that people made: a text, a letter or a number. Ours has numbers in `key`."""

OTHER_NAMES: Mapping[str, str] = {
    "question": "stem", "questiontext": "stem", "text": "stem", "prompt": "stem", "frage": "stem",
    "correct": ANSWER, "correctanswer": ANSWER, "right": ANSWER, "solution": ANSWER, "loesung": ANSWER,
    "category": "topic_name", "topicname": "topic_name", "subject": "topic_name", "thema": "topic_name",
    "feedback": "explanation", "rationale": "explanation", "level": "difficulty",
}  # fmt: skip
"""What people call these columns, in small letters without blanks and signs."""


def write(drafts: Iterable[Draft]) -> bytes:
    """The drafts as CSV that every spreadsheet opens."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for draft in drafts:
        found = _cells(draft)
        rows.writerow([guarded(found.get(name, "")) for name in COLUMNS])
    # The mark in front tells Excel that this is UTF-8.
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def holds(draft: Draft) -> Draft:
    """A sheet holds everything."""
    return draft


def read(data: bytes) -> Parsed:
    """The drafts in a sheet. Raises ExchangeError for what is none."""
    text = _decoded(data)
    rows = csv.reader(io.StringIO(text, newline=""), _dialect(text))
    try:
        filled = ((rows.line_num, row) for row in rows if any(cell.strip() for cell in row))
        table = list(islice(filled, MOST_DRAFTS + 2))
    except csv.Error as error:
        raise ExchangeError(f"The sheet cannot be read at line {rows.line_num}: {error}.") from error
    if not 1 < len(table) <= MOST_DRAFTS + 1:
        raise ExchangeError(f"A sheet has a row of names and 1 to {MOST_DRAFTS:,} questions.")
    if len(table[0][1]) > MOST_COLUMNS:
        raise ExchangeError(f"The sheet has {len(table[0][1]):,} columns; at most {MOST_COLUMNS} are read.")
    names = [column_of(cell) for cell in table[0][1]]
    if "stem" not in names:
        raise ExchangeError("No column is called stem or question.")
    return _parsed(names, table[1:])


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def unguarded(cell: str) -> str:
    """What was guarded."""
    return cell[1:] if _GUARDED.match(cell) else cell


def column_of(heading: str) -> str:
    """The name of the column that a heading means; what means none stays as it is."""
    plain = unguarded(heading.strip().lstrip("\ufeff")).casefold().strip()
    if plain in COLUMNS:
        return plain
    joined = re.sub(r"[\W_]+", "", plain)
    if numbered := re.fullmatch(
        r"(option|choice|answer|antwort|why|feedback|confuses)?([a-f]|[1-6])", joined
    ):
        kind = {"why": "why", "feedback": "why", "confuses": "confuses"}.get(numbered[1] or "", "option")
        number = int(numbered[2]) if numbered[2].isdigit() else "abcdef".index(numbered[2]) + 1
        return f"{kind}_{number}"
    return OTHER_NAMES.get(joined, joined if joined in (*COLUMNS, ANSWER) else plain)


def _cells(draft: Draft) -> dict[str, str]:
    topic = draft.topic
    found = {
        "id": draft.id, "topic": topic.slug, "topic_name": topic.name, "topic_summary": topic.summary,
        "topic_link": topic.link, "topic_aliases": "|".join(map(_barred, topic.aliases)), "style": draft.style,
        "difficulty": str(draft.difficulty or ""), "stem": draft.stem, "explanation": draft.explanation,
        "key": ", ".join(str(n) for n, choice in enumerate(draft.choices, 1) if choice.right),
    }  # fmt: skip
    for number, choice in enumerate(draft.choices, 1):
        found |= {
            f"option_{number}": choice.text,
            f"why_{number}": choice.why,
            f"confuses_{number}": choice.confuses,
        }
    for number, fact in enumerate(draft.facts, 1):
        changed = fact.changed or Change("", "", "")
        exams = " ".join(f"{exam}={task}" for exam, task in fact.exams)
        values = (
            fact.id, fact.statement, fact.link, fact.verified_on, exams, changed.when, changed.was, changed.now
        )  # fmt: skip
        found |= {f"{name}_{number}": value for name, value in zip(FACT, values, strict=True)}
    if draft.generator:
        found |= {
            "generator": draft.generator,
            "ranges": json.dumps(draft.ranges),
            "fixed": json.dumps(draft.fixed),
        }
    return found


def _barred(alias: str) -> str:
    return re.sub(r"[\\|]", r"\\\g<0>", alias)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        # What Excel calls Unicode text.
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel saves as plain CSV in the West.
        return data.decode("cp1252", "replace")


def _dialect(text: str) -> type[csv.Dialect]:
    if "\x00" in text:
        raise ExchangeError("This is no CSV: it holds the character NUL.")
    head = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    return type("Sheet", (csv.excel,), {"delimiter": delimiter})


def _parsed(names: Sequence[str], table: Iterable[tuple[int, list[str]]]) -> Parsed:
    drafts: list[Draft] = []
    lost: list[str] = []
    unknown = [name for name in names if name and name not in (*COLUMNS, ANSWER)]
    if unknown:
        lost.append(f"Columns that mean nothing here: {', '.join(unknown)[:200]}.")
    for line, row in table:
        found = {name: unguarded(cell) for name, cell in zip(names, row, strict=False) if cell.strip()}
        where = f"Line {line}: "
        try:
            drafts.append(draft_of(found, where))
        except ValueError as error:
            lost.append(f"{where}{error}.")
    return Parsed(tuple(drafts), tuple(lost))


def draft_of(found: Mapping[str, str], where: str) -> Draft:
    """The draft in a row: cells by their columns, none of them empty. Raises ValueError."""
    texts = [found.get(f"option_{number}", "") for number in range(1, OPTIONS + 1)]
    right = _numbered(found["key"]) if "key" in found else _named(found.get(ANSWER, ""), texts)
    choices = tuple(
        Choice(text, number in right, found.get(f"why_{number}", ""), found.get(f"confuses_{number}", ""))
        for number, text in enumerate(texts, 1)
        if text
    )
    slug, name = found.get("topic", ""), found.get("topic_name", "")
    if not name and not is_slug(slug):
        # People call a column of names so.
        slug, name = "", slug
    aliases = tuple(
        re.sub(r"\\(.)", r"\1", alias, flags=re.DOTALL)
        for alias in re.findall(r"(?:[^|\\]|\\.)+", found.get("topic_aliases", ""), re.DOTALL)
    )
    return Draft(
        found.get("stem", ""),
        choices,
        found.get("id", ""),
        Subject(slug, name, found.get("topic_summary", ""),
                found.get("topic_link", ""), aliases),
        found.get("explanation", ""),
        found.get("style", ""),
        int(found["difficulty"]) if re.fullmatch("[1-3]", found.get("difficulty", "")) else 0,
        tuple(_facts(found)),
        found.get("generator", ""),
        {name: _bounds(value) for name, value in _object(found, "ranges").items()},
        _object(found, "fixed"),
        where,
    )  # fmt: skip


def _facts(found: Mapping[str, str]) -> Iterator[Taught]:
    for number in range(1, FACTS + 1):
        values = [found.get(f"{name}_{number}", "") for name in FACT]
        if values[1]:
            changed = Change(*values[5:]) if all(values[5:]) else None
            exams = tuple(
                (exam, task) for exam, _, task in (each.partition("=") for each in values[4].split())
            )
            yield Taught(values[0], values[1], values[2], values[3], changed, exams)


def _numbered(key: str) -> set[int]:
    """The numbers in `1, 3` or `A and C`; none when one of them cannot be an option."""
    marks = [mark for mark in re.findall(r"[a-z]+|[0-9]+", key.casefold()) if mark not in ("and", "und")]
    numbers = {int(mark) if mark.isdigit() else "abcdef".find(mark) + 1 for mark in marks if len(mark) == 1}
    return numbers if len(numbers) == len(set(marks)) and 0 not in numbers else set()


def _named(answer: str, texts: Sequence[str]) -> set[int]:
    """The option of this text, or else the ones of these numbers or letters."""
    wanted = answer.strip()
    return {texts.index(wanted) + 1} if wanted in texts else _numbered(answer)


def _bounds(value: Any) -> tuple[int, int]:
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(each, int) for each in value)):
        raise ValueError("its ranges cannot be read")
    return value[0], value[1]


def _object(found: Mapping[str, str], name: str) -> dict[str, Any]:
    try:
        value = json.loads(found.get(name, "{}"))
    except ValueError as error:
        raise ValueError(f"its {name} cannot be read") from error
    if not isinstance(value, dict):
        raise ValueError(f"its {name} cannot be read")
    return value
