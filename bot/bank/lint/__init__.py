"""Lint: everything that a person reviewing content should not have to look for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from bot.bank.bank import Bank
from bot.bank.compiling import Compiled
from bot.bank.lint.coverage import coverage
from bot.bank.lint.duplicates import duplicates
from bot.bank.lint.finding import Finding, Report, Severity
from bot.bank.lint.giveaways import Guesses, giveaways, guesses
from bot.bank.lint.numeric import numeric
from bot.bank.lint.references import confusions, freshness, links
from bot.bank.lint.shape import shape
from bot.bank.lint.wording import wording
from bot.bank.places import Place, faults_of, lines_of

__all__ = ["Finding", "Guesses", "Report", "Severity", "giveaways", "guesses", "lint"]


def lint(
    compiled: Compiled, today: dt.date, topic: str | None = None, *, guessers: bool = True
) -> tuple[Report, ...]:
    """All reports on content, or on one topic's own files, in file order; whole-bank ones last. Without
    `guessers`, which take their time, nobody tries to see through the options.

    Faults that keep content from loading are among them, as errors of the rule `content`.
    """
    mine = compiled.bank.select(() if topic is None else (topic,))
    whole = _findings(compiled.bank, today)
    reports = [
        *_faults(compiled, topic),
        *_located(whole, compiled, topic),
        *(_located(giveaways(mine, whole=topic is None), compiled, None) if guessers else ()),
    ]
    return tuple(
        sorted(reports, key=lambda report: (report.path is None, str(report.path), report.line or 0))
    )


def _findings(bank: Bank, today: dt.date) -> Iterator[Finding]:
    yield from wording(bank)
    yield from shape(bank)
    yield from numeric(bank)
    yield from duplicates(bank)
    yield from coverage(bank)
    yield from links(bank)
    yield from freshness(bank, today)
    yield from confusions(bank)


def _faults(compiled: Compiled, topic: str | None) -> Iterator[Report]:
    mine = (p for p in compiled.problems if topic is None or p.place.path.parent.name == topic)
    for fault in faults_of(mine):
        yield Report(fault.path, fault.line, "content", Severity.ERROR, fault.message)


def _located(findings: Iterable[Finding], compiled: Compiled, topic: str | None) -> Iterator[Report]:
    placed = [(finding, _place(finding, compiled)) for finding in findings]
    mine = [(f, place) for f, place in placed if topic is None or _is_of(topic, place)]
    lines = lines_of(place for _, place in mine if place)
    for finding, place in mine:
        path, line = (place.path, lines[place]) if place else (None, None)
        yield Report(path, line, finding.rule, finding.severity, finding.message)


def _place(finding: Finding, compiled: Compiled) -> Place | None:
    return compiled.places[finding.subject].under(*finding.keys) if finding.subject else None


def _is_of(topic: str, place: Place | None) -> bool:
    return place is not None and place.path.parent.name == topic
