"""The one way to a bank: load it, or learn everything that is wrong with its content."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.bank.bank import Bank
from bot.bank.cache import fingerprint, recall, remember
from bot.bank.compiling import compile_content
from bot.bank.errors import ContentError
from bot.bank.places import faults_of


def load(paths: Iterable[Path], cache: Path | None = None) -> Bank:
    """The bank in one or several content folders; later ones add to the earlier.

    `cache` names a file that makes the next load of unchanged content fast. Raises ContentError with
    every fault, each with its file and line.
    """
    roots = tuple(paths)
    mark = fingerprint(roots) if cache else ""
    if cache and (bank := recall(cache, mark)) is not None:
        return bank
    compiled = compile_content(roots)
    if compiled.problems:
        raise ContentError(faults_of(compiled.problems))
    if cache:
        remember(cache, mark, compiled.bank)
    return compiled.bank
