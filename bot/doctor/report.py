"""An examination as lines for people, or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from bot.doctor.finding import Finding, Verdict


def healthy(findings: Sequence[Finding]) -> bool:
    """Whether there is no failure."""
    return all(finding.verdict is not Verdict.FAILURE for finding in findings)


def lines(findings: Sequence[Finding]) -> str:
    """A line for each finding, and how many there are of each kind."""
    width = max(len(finding.area) for finding in findings)
    shown = [f"{finding.verdict:7}  {finding.area:{width}}  {finding.sentence}" for finding in findings]
    tally = Counter(finding.verdict for finding in findings)
    return "\n".join([*shown, ", ".join(f"{tally[verdict]} {verdict}" for verdict in Verdict) + "."])


def as_json(findings: Sequence[Finding]) -> str:
    """The same for machines."""
    return json.dumps(
        {"healthy": healthy(findings), "findings": [asdict(finding) for finding in findings]},
        indent=2,
        ensure_ascii=False,
    )
