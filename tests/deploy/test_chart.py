"""The Helm chart: linted and rendered by Helm, its objects held against the schemas of Kubernetes."""

from __future__ import annotations

from typing import Any

import helm_python
import kubernetes_validate
import pytest

from bot import __version__
from tests.deploy.chart import BOTH, DATABASE, EVERYTHING, SHAPES, manifests, one, texts
from tests.deploy.places import CHART, KNOWN_SETTINGS, SECRET_SETTINGS, read_yaml

KUBERNETES = ("1.30", "1.34", kubernetes_validate.latest_version())
CUSTOM = {"ServiceMonitor"}
"""Kinds of operators, of which Kubernetes itself has no schema."""


def test_helms_lint_has_nothing_to_say() -> None:
    report = helm_python.lint(str(CHART), DATABASE, strict=True, kube_version="v1.30.0")
    assert report["errors"] == []
    assert [message["error"] for message in report["messages"]] == ["icon is recommended"]


@pytest.mark.parametrize("version", KUBERNETES)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_object_is_valid(shape: str, version: str) -> None:
    found = manifests(SHAPES[shape])
    assert len(found) >= 7
    for document in found:
        if document["kind"] not in CUSTOM:
            kubernetes_validate.validate(document, version, strict=True)


def test_an_invalid_object_would_be_found() -> None:
    wrong = one("Deployment", DATABASE)
    wrong["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError, match="readynessProbe"):
        kubernetes_validate.validate(wrong, "1.34", strict=True)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "Set existingSecret"),
        ({"secrets": {"CLOUDLARK_DATABASE_URL": "sqlite:///x.db"}}, "CLOUDLARK_DATABASE_URL"),
        ({**DATABASE, "settings": {"SLACK_BOT_TOKEN": "secret"}}, "SLACK_BOT_TOKEN"),
        ({**DATABASE, "settings": {"CLOUDLARK_PORT": "80"}}, "CLOUDLARK_PORT"),
        ({**DATABASE, "settings": {"CLOUDLARK_PERSON_ACTIONS": 1000000}}, "settings"),
        ({**DATABASE, "slack": {"enabled": False}}, "enabled"),
        ({**DATABASE, "replicas": 3}, "replicas"),
        ({**DATABASE, "discord": {"shards": 0}}, "shards"),
        ({**DATABASE, "ingress": {"enabled": True}}, r"Set ingress\.host"),
    ],
)
def test_values_that_cannot_work_are_refused_by_name(values: dict[str, Any], why: str) -> None:
    with pytest.raises(helm_python.HelmError, match=why):
        texts(values)


def test_the_chart_is_of_the_programs_version() -> None:
    about = read_yaml(CHART / "Chart.yaml")
    assert about["version"] == about["appVersion"] == __version__


def test_every_secret_setting_has_its_place_and_no_other() -> None:
    # The local chat is not part of the chart, so neither is its password.
    secrets = (SECRET_SETTINGS | {"CLOUDLARK_DATABASE_URL"}) - {"CLOUDLARK_WEB_PASSWORD"}
    properties = read_yaml(CHART / "values.schema.json")["properties"]
    refused = set(properties["settings"]["propertyNames"]["not"]["enum"])
    assert set(properties["secrets"]["properties"]) == secrets
    assert secrets < refused <= KNOWN_SETTINGS


def test_numbers_reach_the_program_as_they_were_written() -> None:
    settings = one("ConfigMap", EVERYTHING)["data"]
    assert settings["CLOUDLARK_PERSON_ACTIONS"] == "1000000"
    assert settings["CLOUDLARK_LOG_FORMAT"] == "json"
    assert settings.keys() <= KNOWN_SETTINGS


def test_the_notes_say_where_to_look() -> None:
    notes = texts(EVERYTHING)["NOTES.txt"]
    assert "https://quiz.example.com/slack/events" in notes
    assert "exec deploy/cloudlark-slack -- cloudlark doctor" in notes
    assert "exec cloudlark-discord-0" in texts(SHAPES["Discord alone"])["NOTES.txt"]


def test_another_release_has_names_of_its_own() -> None:
    names = {document["metadata"]["name"] for document in manifests(BOTH, name="second")}
    assert all(name.startswith("second-cloudlark") for name in names)
