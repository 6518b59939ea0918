"""The alert rules: in Prometheus' form, on metrics that exist, each with its paragraph in the runbook."""

from __future__ import annotations

import re
from typing import Any

import jsonschema
import pytest

from tests.deploy.places import DEPLOY, ROOT, read_yaml
from tests.deploy.promql import faults, grouping_faults, labels_by_name

RULES: list[dict[str, Any]] = read_yaml(DEPLOY / "alerts.yaml")["groups"][0]["rules"]
NAMES = [rule["alert"] for rule in RULES]
RUNBOOK = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
DURATION = {"type": "string", "pattern": "^([0-9]+(ms|[smhdwy]))+$"}
TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
# After the reference of Prometheus' alerting rules; additional keys make Prometheus refuse the file.
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["groups"],
    "properties": {
        "groups": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "rules"],
                "properties": {
                    "name": {"type": "string"},
                    "interval": DURATION,
                    "rules": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["alert", "expr", "labels", "annotations"],
                            "properties": {
                                "alert": {"type": "string", "pattern": "^Cloudlark[A-Z][A-Za-z]+$"},
                                "expr": {"type": "string"},
                                "for": DURATION,
                                "keep_firing_for": DURATION,
                                "labels": {
                                    **TEXTS,
                                    "properties": {"severity": {"enum": ["page", "ticket"]}},
                                    "required": ["severity"],
                                },
                                "annotations": {**TEXTS, "required": ["summary", "runbook"]},
                            },
                        },
                    },
                },
            },
        }
    },
}


def test_the_file_has_prometheus_form() -> None:
    jsonschema.validate(read_yaml(DEPLOY / "alerts.yaml"), SCHEMA)
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_it_asks_for_metrics_and_labels_that_exist(rule: dict[str, Any]) -> None:
    assert faults(rule["expr"]) == []
    assert grouping_faults(rule["expr"]) == []


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_its_summary_names_labels_that_the_alert_bears(rule: dict[str, Any]) -> None:
    named = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
    assert named <= set().union(*labels_by_name().values())
    kept = re.findall(r"by \(([^)]*)\)", rule["expr"])
    if kept:
        assert named <= {name.strip() for group in kept for name in group.split(",")} - {"le"}


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_the_runbook_has_a_paragraph_on_it(rule: dict[str, Any]) -> None:
    page, _, anchor = rule["annotations"]["runbook"].partition("#")
    assert page == "docs/operations.md"
    assert anchor == rule["alert"].lower()
    _, heading, rest = RUNBOOK.partition(f"\n#### {rule['alert']}\n")
    assert heading
    assert len(rest.partition("\n#")[0].split()) >= 30


def test_the_runbook_knows_no_alert_that_is_gone() -> None:
    assert re.findall(r"^#### (Cloudlark\w+)$", RUNBOOK, re.M) == NAMES


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        ("cloudlark_answers > 1", "no metric cloudlark_answers"),
        ('rate(cloudlark_posts_total{result="sent"}[5m])', "cloudlark_posts_total has no label result"),
    ],
)
def test_a_wrong_name_would_be_found(expression: str, fault: str) -> None:
    assert faults(expression) == [fault]
    assert grouping_faults("sum by (person) (cloudlark_ready)") == ["person"]
