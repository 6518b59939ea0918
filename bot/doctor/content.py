"""Content: whether it loads, what the lint says, and the cache that makes starts fast."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.bank.cache import fingerprint, recall
from bot.bank.compiling import compile_content
from bot.bank.lint import Severity, lint
from bot.doctor.finding import Finding, failure, ok, warning

AREA = "content"


def examine(folders: Sequence[Path], cache: Path, today: dt.date) -> list[Finding]:
    """Findings on the content folders; takes some seconds for a large bank."""
    # Not `folder.is_dir()`, which raises for a name that is too long.
    missing = [folder for folder in folders if not os.path.isdir(folder)]
    if missing:
        return [failure(AREA, f"There is no content folder {missing[0]}: set CLOUDLARK_CONTENT.")]
    return [*_bank(folders, today), *_cache(folders, cache)]


def _bank(folders: Sequence[Path], today: dt.date) -> Iterator[Finding]:
    compiled = compile_content(folders)
    bank, faults = compiled.bank, len(compiled.problems)
    if faults:
        yield failure(AREA, f"{faults:,} faults keep the content from loading: see `cloudlark content lint`.")
    elif not bank.questions:
        yield failure(AREA, "There are no questions: set CLOUDLARK_CONTENT to a folder that holds a bank.")
    else:
        yield ok(AREA, f"{len(bank.questions):,} questions on {len(bank.offered):,} topics load.")
    tally = Counter(report.severity for report in lint(compiled, today))
    if errors := tally[Severity.ERROR] - faults:
        yield warning(AREA, f"The lint counts {errors:,} errors: see `cloudlark content lint`.")
    else:
        yield ok(AREA, f"The lint counts no further errors and {tally[Severity.WARNING]:,} warnings.")


def _cache(folders: Sequence[Path], cache: Path) -> Iterator[Finding]:
    if not cache.exists():
        yield ok(AREA, f"There is no cache at {cache} yet; the first start writes it.")
    elif recall(cache, fingerprint(folders)) is None:
        yield ok(AREA, f"The cache {cache} is of other content; the next start writes it anew.")
    else:
        yield ok(AREA, f"The cache {cache} fits the content.")
