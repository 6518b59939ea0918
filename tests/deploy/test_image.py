"""The image: what it is made of, as whom it runs, and how it tells that it is well."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.deploy.places import DEPLOY, KNOWN_SETTINGS, ROOT, settings_in, tool

DOCKERFILE = DEPLOY / "Dockerfile"
TEXT = DOCKERFILE.read_text(encoding="utf-8")
LINES = [line.strip() for line in TEXT.replace("\\\n", " ").splitlines() if not line.startswith("#")]


def last(word: str) -> str:
    return [line.removeprefix(word).strip() for line in LINES if line.startswith(f"{word} ")][-1]


@pytest.mark.skipif(sys.platform == "win32", reason="hadolint is not packaged for Windows")
def test_hadolint_has_nothing_to_say() -> None:
    assert tool("hadolint", DOCKERFILE) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="hadolint is not packaged for Windows")
def test_hadolint_would_speak_up() -> None:
    bad = DOCKERFILE.with_name("Dockerfile.dockerignore")
    assert "Dockerfile" in tool("hadolint", bad)


def test_it_runs_as_a_number_without_rights() -> None:
    user, group = last("USER").split(":")
    assert int(user) >= 10_000
    assert int(group) >= 10_000
    assert f"-o {user} -g {group} -m 0700 {last('VOLUME')}" in TEXT


def test_it_is_built_of_hashed_wheels_and_nothing_that_was_fetched_by_address() -> None:
    assert "--require-hashes --only-binary :all: -r requirements.lock" in TEXT
    assert not [line for line in LINES if line.startswith("ADD ")]
    assert not re.search(r"https?://(?!127\.0\.0\.1)", "\n".join(LINES))
    assert all("/" not in line.split()[1] for line in LINES if line.startswith("FROM "))


def test_only_what_it_is_made_of_reaches_the_builder() -> None:
    ignore = DOCKERFILE.with_name("Dockerfile.dockerignore").read_text(encoding="utf-8").split("\n")
    rules = [rule for rule in ignore if rule and not rule.startswith("#")]
    assert rules[0] == "*"
    copied = {word for line in LINES if re.match(r"COPY (?!--from)", line) for word in line.split()[1:-1]}
    assert {rule[1:] for rule in rules if rule.startswith("!")} == copied
    assert all((ROOT / name).exists() for name in copied)


def test_its_settings_exist() -> None:
    assert settings_in(TEXT) <= KNOWN_SETTINGS
    assert "CLOUDLARK_WEB=off" in TEXT


@contextmanager
def answering(status: int) -> Iterator[int]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *arguments: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_the_health_check_asks_the_program(status: int, healthy: bool) -> None:
    command = json.loads(last("HEALTHCHECK").partition("CMD ")[2])
    with answering(status) as port:
        environment = os.environ | {"CLOUDLARK_PORT": str(port)}
        ran = subprocess.run(
            [sys.executable, *command[1:]], env=environment, capture_output=True, check=False
        )
    assert (ran.returncode == 0) is healthy
