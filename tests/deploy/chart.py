"""The chart, rendered by Helm's own engine."""

from __future__ import annotations

from typing import Any

import helm_python
import yaml

from tests.deploy.places import CHART

DATABASE = {"secrets": {"CLOUDLARK_DATABASE_URL": "postgresql://cloudlark:example@db:5432/cloudlark"}}
BOTH = {"existingSecret": "cloudlark-tokens", "discord": {"enabled": True, "shards": 4}}
EVERYTHING = {
    **BOTH,
    "settings": {"CLOUDLARK_TIMEZONE": "Europe/Berlin", "CLOUDLARK_PERSON_ACTIONS": "1000000"},
    "imagePullSecrets": [{"name": "registry"}],
    "priorityClassName": "high",
    "ingress": {
        "enabled": True,
        "host": "quiz.example.com",
        "className": "nginx",
        "tlsSecret": "quiz-certificate",
        "annotations": {"example.com/a": "b"},
    },
    "serviceMonitor": {"enabled": True, "labels": {"release": "prometheus"}},
    "networkPolicy": {"database": [{"podSelector": {"matchLabels": {"app": "postgres"}}}]},
    "slack": {
        "nodeSelector": {"kubernetes.io/os": "linux"},
        "tolerations": [{"operator": "Exists"}],
        "affinity": {"nodeAffinity": {}},
        "podAnnotations": {"example.com/c": "d"},
    },
    "service": {"annotations": {"example.com/e": "f"}},
}
SHAPES: dict[str, dict[str, Any]] = {
    "the least": DATABASE,
    "both platforms": BOTH,
    "everything": EVERYTHING,
    "Discord alone": {**BOTH, "slack": {"enabled": False}},
    "a policy that excludes nothing": {**DATABASE, "networkPolicy": {"notTo": []}},
}


def texts(values: dict[str, Any], name: str = "cloudlark") -> dict[str, str]:
    """Every template's text by its file's name. Raises HelmError."""
    chart = helm_python.Chart.load(str(CHART))
    chart.validate_schema(values)
    rendered = chart.render(values, name=name, namespace="quiz")
    return {path.split("/templates/")[1]: text for path, text in rendered.items()}


def manifests(values: dict[str, Any], name: str = "cloudlark") -> list[dict[str, Any]]:
    """Every object that an installation would make."""
    found = [
        document
        for file, text in texts(values, name).items()
        if file.endswith(".yaml")
        for document in yaml.safe_load_all(text)
    ]
    return [document for document in found if document]


def one(kind: str, values: dict[str, Any], component: str = "") -> dict[str, Any]:
    """The only object of a kind, and of a component where there are several."""
    (found,) = [
        document
        for document in manifests(values)
        if document["kind"] == kind
        and component in ("", document["metadata"]["labels"].get("app.kubernetes.io/component"))
    ]
    return found


def pods(values: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The pod templates by component."""
    return {
        document["metadata"]["labels"]["app.kubernetes.io/component"]: document["spec"]["template"]
        for document in manifests(values)
        if "template" in document.get("spec", {})
    }
