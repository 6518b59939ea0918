"""compose.yaml: one bot and its database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.deploy.places import DEPLOY, KNOWN_SETTINGS, read_yaml, settings_in, tool

FILE = DEPLOY / "compose.yaml"
SERVICES: dict[str, Any] = read_yaml(FILE)["services"]
EXAMPLE = DEPLOY / "env.example"


def test_it_is_valid_by_the_compose_specification() -> None:
    assert tool("check-jsonschema", "--builtin-schema", "vendor.compose-spec", FILE) == ""


def test_a_misspelt_word_would_be_found(tmp_path: Path) -> None:
    wrong = tmp_path / "compose.yaml"
    wrong.write_text(FILE.read_text(encoding="utf-8").replace("read_only:", "readonly:"))
    assert "readonly" in tool("check-jsonschema", "--builtin-schema", "vendor.compose-spec", wrong)


@pytest.mark.parametrize("name", ["bot", "db"])
def test_every_service_is_shut_in_and_comes_back(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert int(service["user"].split(":")[0]) > 0
    assert service["restart"] == "unless-stopped"
    assert {"mem_limit", "pids_limit", "stop_grace_period", "logging"} <= service.keys()
    assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & service.keys()


def test_the_database_is_reached_by_the_bot_alone() -> None:
    assert "ports" not in SERVICES["db"]
    assert SERVICES["db"]["networks"] == ["inside"]
    assert read_yaml(FILE)["networks"]["inside"] == {"internal": True}
    assert SERVICES["bot"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert SERVICES["db"]["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]


def test_the_port_is_offered_to_this_machine_alone() -> None:
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["bot"]["ports"])


def test_there_is_more_time_to_stop_than_the_program_takes() -> None:
    assert int(SERVICES["bot"]["stop_grace_period"].removesuffix("s")) > 25


def test_no_secret_stands_in_the_files() -> None:
    secrets = [line for line in EXAMPLE.read_text().splitlines() if "TOKEN" in line or "SECRET" in line]
    assert all(line.startswith("#") or line.endswith("=") for line in secrets)
    assert "${POSTGRES_PASSWORD:?" in SERVICES["bot"]["environment"]["CLOUDLARK_DATABASE_URL"]
    assert "${POSTGRES_PASSWORD:?" in SERVICES["db"]["environment"]["POSTGRES_PASSWORD"]


def test_the_settings_of_the_example_exist() -> None:
    assert settings_in(EXAMPLE.read_text(encoding="utf-8")) <= KNOWN_SETTINGS
