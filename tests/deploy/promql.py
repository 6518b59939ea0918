"""Queries of Prometheus, parsed by the grammar's own parser and held against the metrics that there are."""

from __future__ import annotations

from collections.abc import Iterator

import promql_parser
from prometheus_client.metrics import MetricWrapperBase

from bot.metrics import Metrics

ADDED = {"job", "instance", "le", "exported_job"}
"""What Prometheus adds: the target's labels, a histogram's bound, and our own `job` under another name."""
NOT_OURS = {"up"}


def faults(expression: str) -> list[str]:
    """What is wrong with a query: metrics that nobody counts, and labels that they do not have."""
    known = labels_by_name()
    wrong = []
    for selector in _selectors(promql_parser.parse(expression)):
        if selector.name not in known and selector.name not in NOT_OURS:
            wrong.append(f"no metric {selector.name}")
            continue
        labels = {matcher.name for matcher in selector.matchers.matchers}
        wrong += [f"{selector.name} has no label {name}" for name in labels - known.get(selector.name, ADDED)]
    return wrong


def grouping_faults(expression: str) -> list[str]:
    """Labels by which a query groups and which none of its metrics has."""
    nodes = list(_nodes(promql_parser.parse(expression)))
    names = [node.name for node in nodes if isinstance(node, promql_parser.VectorSelector)]
    have = set().union(ADDED, *(labels_by_name().get(name, set()) for name in names))
    grouped = [
        name
        for node in nodes
        if isinstance(node, promql_parser.AggregateExpr) and node.modifier is not None
        for name in node.modifier.labels
    ]
    return [name for name in grouped if name not in have]


def labels_by_name() -> dict[str, set[str]]:
    """Every series that /metrics shows, with its labels."""
    metrics = Metrics()
    metrics.about(version="", database="")
    found = {
        sample.name: set(sample.labels) for family in metrics.registry.collect() for sample in family.samples
    }
    for collector in vars(metrics).values():
        if isinstance(collector, MetricWrapperBase):
            (family,) = collector.describe()
            for name in _series(family.name, family.type):
                found[name] = found.get(name, set()) | set(collector._labelnames)
    return {name: labels | ADDED for name, labels in found.items()}


def _series(name: str, kind: str) -> list[str]:
    endings = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"], "info": ["_info"]}
    return [name + ending for ending in endings.get(kind, [""])]


def _selectors(tree: promql_parser.Expr) -> Iterator[promql_parser.VectorSelector]:
    return (node for node in _nodes(tree) if isinstance(node, promql_parser.VectorSelector))


def _nodes(tree: promql_parser.Expr) -> Iterator[promql_parser.Expr]:
    found: list[promql_parser.Expr] = []

    def visit(node: promql_parser.Expr) -> bool:
        found.append(node)
        return True

    promql_parser.walk(tree, visit)
    return iter(found)
