"""The guide for authors: its examples are what it says they are, and it explains every rule."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.bank.compiling import compile_content
from bot.bank.documents import MAX_EXPLANATION, MAX_OPTION, MAX_QUESTION, MAX_STATEMENT, MAX_STEM, MAX_WHY
from bot.bank.lint import Report, lint
from bot.cli.content import app
from tests.bank.authored import Authored, fact

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")


def examples(key: str) -> list[dict[str, Any]]:
    """The entries of the guide's YAML blocks: facts have a statement, questions a stem."""
    found: list[dict[str, Any]] = []
    for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL):
        data = yaml.safe_load(block)
        entries = next(iter(data.values())) if isinstance(data, dict) else data or []
        found += [entry for entry in entries if key in entry]
    return found


@pytest.fixture
def reports(tmp_path: Path) -> tuple[Report, ...]:
    """What lint says of a bank of the guide's examples, with the facts that they lean on."""
    authored = Authored(tmp_path)
    taught = {entry["id"]: entry | {"verified_on": "2026-01-01"} for entry in examples("statement")}
    for entry in taught.values():
        entry["exams"] = {"dva": "1.1"}
    for name in ("sqs.fifo", "sqs.standard", "sqs.visibility-timeout", "sqs.delay-queue", "sqs.long-polling"):
        taught[name] = fact(name)
    taught["dynamodb.rcu-strong-formula"] = fact("dynamodb.rcu-strong-formula")
    for topic in authored.facts:
        authored.facts[topic] = [entry for name, entry in taught.items() if name.startswith(f"{topic}.")]
        authored.questions[topic] = [e for e in examples("stem") if e["id"].startswith(f"{topic}.")]
    return lint(compile_content([authored.write()]), dt.date(2026, 1, 2))


def rules_on(reports: tuple[Report, ...], name: str) -> set[str]:
    return {report.rule for report in reports if report.message.startswith(f"{name}:")}


def test_the_good_examples_are_not_reported(reports: tuple[Report, ...]) -> None:
    assert rules_on(reports, "sqs.retention-holiday") == set()
    assert rules_on(reports, "dynamodb.rcu-strong-generated") == set()


def test_the_bad_example_is_reported_as_the_guide_says(reports: tuple[Report, ...]) -> None:
    assert rules_on(reports, "sqs.order") == {"catch-all", "says-who", "uneven"}


def test_every_rule_of_the_lint_is_explained() -> None:
    sources = "\n".join(path.read_text() for path in (ROOT / "bot" / "bank" / "lint").glob("*.py"))
    rules = set(re.findall(r"\b(?:error|warning|told)\(\s*\"([a-z-]+)\"", sources))
    assert len(rules) > 10
    assert {rule for rule in rules if f"`{rule}`" not in GUIDE} == set()


def test_every_command_is_shown() -> None:
    names = {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }
    assert {name for name in names if f"cloudlark content {name}" not in GUIDE} == set()


@pytest.mark.parametrize(
    "limit", [MAX_STEM, MAX_OPTION, MAX_WHY, MAX_EXPLANATION, MAX_STATEMENT, MAX_QUESTION]
)
def test_every_limit_is_told(limit: int) -> None:
    assert f"{limit:,} characters" in GUIDE
