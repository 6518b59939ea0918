"""A team's pack: checked whole, its faults told by file and line, and kept as a small bank."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.bank.bank import Bank
from bot.bank.cache import decoded, encoded
from bot.bank.compiling import Compiled, compile_content
from bot.bank.errors import Fault
from bot.bank.lint import Report, lint
from bot.bank.namespaces import LONGEST, SEPARATOR, under
from bot.bank.places import Place, Problem, faults_of
from bot.bank.reading import files_of
from bot.bank.unpacking import UnpackingError, packed, unpacked

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_NAME = 16
MAX_QUESTIONS = 2_000
MOST_REMARKS = 500
NUMBER = 8
"""Digits that a place's number may have."""
MAX_ID = LONGEST - MAX_NAME - NUMBER - len("-" + SEPARATOR)
"""Characters of an id in a pack."""
UNASKED_OF_TEAMS = frozenset({"link", "asked-rarely", "blueprint", "scenarios", "confuses", "content"})
"""Rules of lint for the main bank alone; `content` are the faults, which are told apart."""
UNREAD = (
    "nothing reads this file: content is topics.yaml with facts*.yaml and questions*.yaml in a folder a topic"
)
UNSHOWABLE = frozenset({"length", "drawn"})
"""Rules without which a card could not be shown."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A pack that was looked at. With faults its bank holds what is sound, and it may not go live.

    Paths of faults and of the remarks' beginnings are relative to the pack.
    """

    bank: Bank
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...]
    source: bytes

    @property
    def is_sound(self) -> bool:
        """Whether it may be kept."""
        return not self.faults


def namespace(name: str, community_id: int) -> str:
    """What stands before a pack's ids. No two packs of different places share it."""
    return f"{name}-{community_id}"


def check(name: str, data: bytes, main: Bank, today: dt.date) -> Checked:
    """Looks at an uploaded file of this name. Raises UnpackingError when it cannot be opened."""
    return check_files(unpacked(name, data), main, today)


def check_files(files: Mapping[str, bytes], main: Bank, today: dt.date) -> Checked:
    """Looks at the files of a pack, by their paths."""
    with tempfile.TemporaryDirectory(prefix="cloudlark-pack-") as folder:
        root = Path(folder)
        _write(root, files)
        compiled = compile_content([root], main.topics)
        # What is too large is not looked at closely, because that takes its time.
        closely = len(compiled.bank.questions) <= MAX_QUESTIONS
        reports = [
            _relative(report, root)
            for report in (lint(compiled, today, guessers=False) if closely else ())
            if report.path is not None
        ]
        faults = {replace(fault, path=fault.path.relative_to(root)) for fault in _faults(compiled, root)}
    faults |= {Fault(r.path, r.line or 1, r.message) for r in reports if r.rule in UNSHOWABLE and r.path}
    remarks = tuple(
        f"{report.path}:{report.line}: {report.message}"
        for report in reports
        if report.rule not in UNASKED_OF_TEAMS | UNSHOWABLE
    )[:MOST_REMARKS]
    return Checked(compiled.bank, tuple(sorted(faults)), remarks, packed(files))


def stored(bank: Bank) -> bytes:
    """A pack's bank as it is kept."""
    return encoded(bank)


def recalled(kept: bytes, source: bytes, namespace: str, main: Bank) -> Bank:
    """A kept pack under its namespace. What another release has kept is read from its source again."""
    bank = decoded(kept)
    if bank is None:
        bank = check_files(unpacked("pack.zip", source), main, dt.date.max).bank
    return under(bank, namespace)


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    try:
        for path, data in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
    except OSError as error:
        raise UnpackingError("The zip holds a file and a folder of one name.") from error


def _relative(report: Report, root: Path) -> Report:
    return replace(report, path=report.path.relative_to(root) if report.path else None)


def _faults(compiled: Compiled, root: Path) -> Iterable[Fault]:
    return faults_of((*compiled.problems, *_problems(compiled, root)))


def _problems(compiled: Compiled, root: Path) -> Iterable[Problem]:
    """What a content folder may have and a pack may not."""
    bank, places = compiled.bank, compiled.places
    read = {path for _, path in files_of(root)}
    for path in sorted(path for path in root.rglob("*") if path.is_file() and path not in read):
        yield Problem(Place(path), UNREAD, 1)
    for slug in bank.exams:
        yield Problem(places["exam", slug], f"{slug}: a pack brings no exam; leave it out")
    named = (("fact", "id", bank.facts), ("question", "id", bank.questions), ("topic", "slug", bank.topics))
    for noun, key, names in named:
        for name in names:
            if len(name) > MAX_ID:
                message = f"{name}: {len(name)} characters; in a pack they are at most {MAX_ID}"
                yield Problem(places[noun, name].under(key), message)
    if len(bank.questions) > MAX_QUESTIONS:
        yield Problem(Place(root), f"{len(bank.questions)} questions; a pack has at most {MAX_QUESTIONS}", 1)
    if not bank.questions and not compiled.problems:
        yield Problem(Place(root), "there is no question in it", 1)
