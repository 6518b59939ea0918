"""A start that cannot succeed says in one sentence what to do, and shows no traceback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bench.synthetic import write_content

pytestmark = pytest.mark.process
ROOT = Path(__file__).parents[2]


def start(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the program until it gives up."""
    if not (folder / "content").exists():
        write_content(folder / "content", 50)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CLOUDLARK_", "SLACK_", "DISCORD_"))}
    given = {
        "CLOUDLARK_DATA": str(folder),
        "CLOUDLARK_DATABASE_URL": f"sqlite:///{folder / 'x.db'}",
        "CLOUDLARK_CONTENT": str(folder / "content"),
        "CLOUDLARK_PORT": "0",
        **settings,
    }
    return subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT, env={**kept, **given}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """The sentence of a program that gave up."""
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_busy_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Cannot listen on 127.0.0.1:{port}" in complaint(start(tmp_path, CLOUDLARK_PORT=str(port)))


def test_a_database_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.db").mkdir()
    assert "cannot be used" in complaint(start(tmp_path))


def test_a_database_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("not a database, but quite a long text all the same" * 100)
    assert "cannot be used" in complaint(start(tmp_path))


def test_content_that_is_malformed_is_named_by_file_and_line(tmp_path: Path) -> None:
    write_content(tmp_path / "content", 50)
    broken = tmp_path / "content" / "t3" / "questions.yaml"
    broken.write_text(broken.read_text().replace("difficulty: 2", "difficulty: nine"))
    assert "questions.yaml:" in complaint(start(tmp_path))


def test_a_folder_without_content_is_named(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert "content" in complaint(start(tmp_path)).lower()


def test_a_wrong_number_is_named_with_its_bounds(tmp_path: Path) -> None:
    assert "CLOUDLARK_RETENTION" in complaint(start(tmp_path, CLOUDLARK_RETENTION="2"))


def test_nothing_to_connect_to_is_said(tmp_path: Path) -> None:
    assert "Nothing to connect to" in complaint(start(tmp_path, CLOUDLARK_WEB="off"))


def test_a_zone_that_does_not_exist_is_named(tmp_path: Path) -> None:
    assert "CLOUDLARK_TIMEZONE" in complaint(start(tmp_path, CLOUDLARK_TIMEZONE="Mars/Base"))
