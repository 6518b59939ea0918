"""Logs: one form for all, and no secret in any of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.logs import secrets_of
from bot.settings import read

ROOT = Path(__file__).parent.parent
SETTINGS = {
    "DISCORD_TOKEN": "very-secret-token",
    "CLOUDLARK_WEB_PASSWORD": 'quote"and\\slash',
    "CLOUDLARK_METRICS_TOKEN": "short",
    "CLOUDLARK_DATABASE_URL": "postgresql://lark:p%40ssword@db/lark",
}
SPEAKS = """
import logging, sys, structlog
from bot.logs import configure
from bot.settings import read
configure(read(None, None))
log, library = structlog.get_logger("ours"), logging.getLogger("theirs")

class Odd:
    def __repr__(self):
        return "odd very-secret-token"

with structlog.contextvars.bound_contextvars(request="r1"):
    log.info("said", token="very-secret-token", odd=Odd(), db="p@ssword p%40ssword", word='quote"and\\\\slash')
    library.warning("they said %s", "very-secret-token")
log.debug("whispered")
library.info("whispered")
try:
    raise ValueError("very-secret-token")
except ValueError:
    log.exception("broke")
    library.exception("they broke")
"""


def lines(form: str, level: str = "info") -> str:
    """All that a program with these settings logs."""
    values = {**SETTINGS, "CLOUDLARK_LOG_FORMAT": form, "CLOUDLARK_LOG_LEVEL": level, "PATH": "/bin"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SPEAKS],
        cwd=ROOT, env=values, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == ""
    return done.stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_stands_in_a_line_of_ours_or_of_a_librarys_or_in_a_traceback(form: str) -> None:
    said = lines(form)
    assert "[secret]" in said
    for secret in ("very-secret", "p@ssword", "p%40ssword", "and\\slash", "and\\\\slash"):
        assert secret not in said, secret


def test_every_line_for_machines_is_an_object_with_its_request_and_its_traceback() -> None:
    found = [json.loads(line) for line in lines("json").splitlines()]
    assert [line["event"] for line in found] == ["said", "they said [secret]", "broke", "they broke"]
    assert [line.get("request") for line in found] == ["r1", "r1", None, None]
    assert [line["level"] for line in found] == ["info", "warning", "error", "error"]
    assert [line.get("logger") for line in found] == [None, "theirs", None, "theirs"]
    assert all("ValueError" in line["exception"] for line in found[2:])
    assert all(line["timestamp"].endswith("Z") for line in found)


def test_what_is_below_the_level_is_not_said() -> None:
    assert "whispered" not in lines("text")
    assert lines("text", "debug").count("whispered") == 1
    assert "said" not in lines("text", "error").replace("they said", "")


def test_short_secrets_are_left_alone_lest_they_blot_out_words() -> None:
    assert "short" not in secrets_of(read(SETTINGS, None))
    assert secrets_of(read({"CLOUDLARK_DATABASE_URL": "sqlite:///x.db"}, None)) == []
