"""The Grafana dashboard: of Grafana's shape, and drawn from metrics that exist."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from grafana_foundation_sdk.cog import encoder, plugins
from grafana_foundation_sdk.models import dashboard

from bot.metrics import Metrics
from tests.deploy.places import DEPLOY
from tests.deploy.promql import faults, grouping_faults

TEXT = (DEPLOY / "grafana-dashboard.json").read_text(encoding="utf-8")
BOARD: dict[str, Any] = json.loads(TEXT)
PANELS: list[dict[str, Any]] = [panel for panel in BOARD["panels"] if panel["type"] != "row"]
QUERIES = [target["expr"] for panel in PANELS for target in panel["targets"]]


def lost(board: dict[str, Any]) -> list[str]:
    """The places that Grafana's own model of a dashboard does not know, or takes for something else."""
    plugins.register_default_plugins()
    kept = json.loads(encoder.JSONEncoder().encode(dashboard.Dashboard.from_json(board)))
    return list(_missing(board, kept, ""))


def _missing(given: Any, kept: Any, place: str) -> Iterator[str]:
    if isinstance(given, dict) and isinstance(kept, dict):
        for name, value in given.items():
            yield from (
                _missing(value, kept.get(name), f"{place}/{name}") if name in kept else [f"{place}/{name}"]
            )
    elif isinstance(given, list) and isinstance(kept, list) and len(given) == len(kept):
        for number, (value, other) in enumerate(zip(given, kept, strict=True)):
            yield from _missing(value, other, f"{place}/{number}")
    elif given != kept:
        yield place


def test_grafana_knows_every_part_of_it() -> None:
    assert lost(BOARD) == []


def test_a_misspelt_part_would_be_found() -> None:
    wrong = json.loads(TEXT)
    wrong["panels"][1]["gridPoss"] = wrong["panels"][1].pop("gridPos")
    wrong["templating"]["list"][0]["labl"] = "x"
    assert sorted(lost(wrong)) == ["/panels/1/gridPoss", "/templating/list/0/labl"]


@pytest.mark.parametrize("query", QUERIES)
def test_it_draws_metrics_that_exist(query: str) -> None:
    plain = query.replace("$__rate_interval", "5m")
    assert faults(plain) == []
    assert grouping_faults(plain) == []
    assert 'job=~"$job"' in query


def test_it_leaves_no_metric_of_ours_out() -> None:
    drawn = " ".join(QUERIES)
    names = {family.name for family in Metrics().registry.collect() if family.name.startswith("cloudlark_")}
    assert not {name for name in names if name not in drawn}


def test_no_two_panels_share_a_place_or_a_number() -> None:
    numbers = [panel["id"] for panel in BOARD["panels"]]
    assert len(set(numbers)) == len(numbers)
    cells = [
        (panel["gridPos"]["x"] + x, panel["gridPos"]["y"] + y)
        for panel in BOARD["panels"]
        for x in range(panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["h"])
    ]
    assert len(set(cells)) == len(cells)
    assert max(x for x, _ in cells) < 24


def test_every_panel_says_what_it_shows() -> None:
    assert all(panel["description"].endswith(".") for panel in PANELS)
    assert all(panel["datasource"]["uid"] == "${datasource}" for panel in PANELS)
