"""A loaded bank kept in one file, so that a start does not read thousands of questions again.

The file is a convenience only: missing, broken, of other content or of another release, it is ignored,
and where it cannot be written nothing else suffers.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec

from bot import __version__
from bot.bank.bank import Bank
from bot.bank.reading import files_of
from bot.model.knowledge import Exam, Fact, Question, Topic

FORMAT = 1
"""To be raised whenever the nouns of the model change."""
RELEASE = f"{FORMAT} {__version__}"
"""The fingerprint of what depends on this release alone."""
SEAL = 16
"""Bytes of checksum before the stored bank."""


class _Stored(msgspec.Struct, array_like=True):
    fingerprint: str
    exams: list[Exam]
    topics: list[Topic]
    facts: list[Fact]
    questions: list[Question]


def fingerprint(roots: Iterable[Path]) -> str:
    """A hash of the content files' names, sizes and times of change, and of this release's format."""
    digest = hashlib.blake2b(RELEASE.encode(), digest_size=16)
    for root in roots:
        digest.update(f"\n{root.resolve()}".encode())
        for _, path in files_of(root):
            found = path.stat()
            digest.update(f"\n{path} {found.st_size} {found.st_mtime_ns}".encode())
    return digest.hexdigest()


def recall(path: Path, wanted: str) -> Bank | None:
    """The bank stored under this fingerprint, or None."""
    try:
        return decoded(path.read_bytes(), wanted)
    except OSError:
        return None


def remember(path: Path, fingerprint: str, bank: Bank) -> None:
    """Stores the bank whole or not at all; does nothing where the file cannot be written."""
    with contextlib.suppress(OSError):
        _write(path, encoded(bank, fingerprint))


def encoded(bank: Bank, fingerprint: str = RELEASE) -> bytes:
    """A bank as bytes that `decoded` reads."""
    stored = _Stored(
        fingerprint,
        list(bank.exams.values()),
        list(bank.topics.values()),
        list(bank.facts.values()),
        list(bank.questions.values()),
    )
    data = msgspec.msgpack.encode(stored)
    return _seal(data) + data


def decoded(data: bytes, wanted: str = RELEASE) -> Bank | None:
    """The bank in these bytes; None when they are broken or bear another fingerprint than the wanted one."""
    if data[:SEAL] != _seal(data[SEAL:]):
        return None
    try:
        stored = msgspec.msgpack.decode(data[SEAL:], type=_Stored)
    except msgspec.MsgspecError:
        return None
    if stored.fingerprint != wanted:
        return None
    return Bank.of(stored.exams, stored.topics, stored.facts, stored.questions)


def _seal(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=SEAL).digest()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
