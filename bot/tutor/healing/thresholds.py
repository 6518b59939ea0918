"""How many people have to report a question before it is no longer asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from bot.settings import Settings, SettingsError
from bot.storage.reports import Report

NAME = "CLOUDLARK_QUARANTINE"
REASONS = frozenset({"key", "outdated", "unclear", "typo", "other"})
ANY = ""
"""The reason that stands for all of them together."""


def thresholds(settings: Settings) -> Mapping[str, int]:
    """Different people by reason, with ANY for all reasons together; 0 for never. Raises SettingsError."""
    found: dict[str, int] = {}
    for part in settings.names(NAME):
        reason, _, number = part.rpartition(":")
        known = reason == ANY or reason in REASONS
        if not (known and number.isascii() and number.isdigit() and len(number) < 7):
            raise SettingsError(
                f"{NAME} is {settings[NAME]!r}: give numbers of people such as 3,key:2, or 0 for never."
            )
        found[reason] = int(number)
    return found


def reached(reports: Iterable[Report], limits: Mapping[str, int]) -> int:
    """How many people made these reports if they are enough for quarantine, else 0."""
    people: dict[str, set[int]] = defaultdict(set)
    for report in reports:
        people[ANY].add(report.learner_id)
        people[report.reason].add(report.learner_id)
    enough = any(limit and len(people[reason]) >= limit for reason, limit in limits.items())
    return len(people[ANY]) if enough else 0
