"""What the doctor finds, and that each finding says what to do."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import socket
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.bank.loading import load
from bot.doctor import content, database, machine
from bot.doctor import settings as settings_
from bot.doctor.finding import Finding, Verdict
from bot.http import Server, application
from bot.settings import SETTINGS, read
from bot.storage import examining, schema
from bot.storage.store import engine_for, open_store
from tests.bank.authored import Authored
from tests.support.commands import cloudlark
from tests.support.postgres import Postgres
from tests.support.rows import fill_every_table

TODAY = dt.date(2026, 11, 16)
FINE = {"CLOUDLARK_TIMEZONE": "UTC"}


def said(findings: list[Finding], verdict: Verdict) -> str:
    """The sentences of a kind, one after the other."""
    return " ".join(finding.sentence for finding in findings if finding.verdict is verdict)


def of_settings(**given: str) -> list[Finding]:
    """Findings on settings."""
    return settings_.examine(read(given or FINE, None), given, Path("nowhere"))


def test_the_defaults_are_fine() -> None:
    assert [finding.verdict for finding in of_settings()] == [Verdict.OK]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("CLOUDLARK_TIMEZON", "CLOUDLARK_TIMEZONE"),
        ("CLOUDLARK_DATABSE_URL", "CLOUDLARK_DATABASE_URL"),
        ("SLACK_BOTTOKEN", "SLACK_BOT_TOKEN"),
    ],
)
def test_a_name_that_nobody_reads_gets_the_nearest_one_and_its_value_is_not_shown(
    name: str, near: str
) -> None:
    sentence = said(of_settings(**{name: "hidden"}), Verdict.WARNING)
    assert f"{name} is set" in sentence
    assert f"did you mean {near}?" in sentence
    assert "hidden" not in sentence


def test_names_of_other_programs_are_left_alone() -> None:
    assert said(of_settings(SLACK_WEBHOOK="x", DISCORD_HOME="y", PATH="/bin"), Verdict.WARNING) == ""
    assert "CLOUDLARK_ORCHESTRA" in said(of_settings(CLOUDLARK_ORCHESTRA="x"), Verdict.WARNING)


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("CLOUDLARK_PORT", "http", "give a number from 0 to 65535"),
        ("CLOUDLARK_RETENTION", "0.99", "give a number from 0.7 to 0.97"),
        ("CLOUDLARK_TIMEZONE", "Mars/Base", "Europe/Berlin"),
        ("CLOUDLARK_WEB", "yes", "give on or off"),
        ("CLOUDLARK_LOG_LEVEL", "loud", "give debug, info, warning or error"),
        ("CLOUDLARK_ADMINS", "U123", "slack:U123"),
        ("DISCORD_GATEWAY_URL", "gateway.example", "begin with wss:// or ws://"),
        ("DISCORD_TOKEN", '"quoted"', "without them"),
        ("CLOUDLARK_WEB", "off", "Nothing to connect to"),
    ],
)
def test_a_value_that_cannot_be_used_says_what_to_give(name: str, value: str, advice: str) -> None:
    assert advice in said(of_settings(**{name: value}), Verdict.FAILURE)


def test_no_secret_stands_in_a_sentence() -> None:
    given = {setting.name: " s3cret " for setting in SETTINGS if setting.secret}
    found = of_settings(**given)
    assert len(found) == len(given)
    assert not any("s3cret" in finding.sentence for finding in found)


def test_every_number_and_every_choice_among_the_settings_is_checked() -> None:
    numbers = {s.name for s in SETTINGS if s.default.replace(".", "", 1).isdigit()}
    assert numbers == settings_.NUMBERS.keys()
    assert all(read(FINE, None)[name] in choices for name, choices in settings_.CHOICES.items())


def test_an_env_file_that_others_may_read_is_a_warning(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("CLOUDLARK_PORT=1\n")
    file.chmod(0o644)
    assert "chmod 600" in said(settings_.examine(read(FINE, None), FINE, file), Verdict.WARNING)
    file.chmod(0o600)
    assert said(settings_.examine(read(FINE, None), FINE, file), Verdict.WARNING) == ""


def test_content_that_is_sound_is_counted_and_its_cache_compared(tmp_path: Path) -> None:
    Authored(tmp_path / "content").write()
    folders, cache = [tmp_path / "content"], tmp_path / "bank.cache"
    assert "no cache" in said(content.examine(folders, cache, TODAY), Verdict.OK)
    load(folders, cache)
    found = content.examine(folders, cache, TODAY)
    assert "fits the content" in said(found, Verdict.OK)
    assert said(found, Verdict.FAILURE) == ""


def test_content_that_does_not_load_is_a_failure(tmp_path: Path) -> None:
    Authored(tmp_path).write()
    broken = next(tmp_path.rglob("questions.yaml"))
    broken.write_text(broken.read_text().replace("difficulty:", "dificulty:", 1))
    found = content.examine([tmp_path], tmp_path / "cache", TODAY)
    assert "cloudlark content lint" in said(found, Verdict.FAILURE)
    assert "no content folder" in said(content.examine([tmp_path / "x"], tmp_path, TODAY), Verdict.FAILURE)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a new database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'a.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.database()


async def test_a_database_in_use_is_examined_and_not_disturbed(url: str) -> None:
    store = await open_store(url)
    await store.write(fill_every_table)
    found = await database.examine(url)
    await store.close()
    assert said(found, Verdict.FAILURE) == ""
    assert f"is at schema {schema.HEAD}" in said(found, Verdict.OK)
    assert "It can be written" in said(found, Verdict.OK)
    assert any(finding.area == "clock" for finding in found)


async def test_a_database_that_is_not_there_yet_is_not_made(url: str, tmp_path: Path) -> None:
    found = await database.examine(url)
    assert "the first start makes" in said(found, Verdict.OK)
    assert said(found, Verdict.FAILURE) == ""
    assert not (tmp_path / "a.db").exists()


@pytest.mark.parametrize(
    ("version", "verdict", "advice"),
    [("0001", Verdict.WARNING, "cloudlark migrate"), ("9999", Verdict.FAILURE, "newer Cloudlark")],
)
async def test_another_schema_is_said(url: str, version: str, verdict: Verdict, advice: str) -> None:
    store = await open_store(url)
    change = text(f"UPDATE alembic_version SET version_num = '{version}'")
    await store.write(lambda db: db.execute(change) and None)
    await store.close()
    assert advice in said(await database.examine(url), verdict)


async def test_a_database_that_cannot_be_written_is_a_failure(postgres: Postgres) -> None:
    url = postgres.database()
    await (await open_store(url)).close()
    engine = engine_for(url)
    async with engine.connect() as db, db.begin():
        name = (await db.execute(text("SELECT current_database()"))).scalar_one()
        await db.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    await engine.dispose()
    assert "It cannot be written" in said(await database.examine(url), Verdict.FAILURE)


async def test_a_damaged_database_is_a_failure(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "a.db"
    store = await open_store(url)
    await store.write(fill_every_table)
    await store.close()
    harm(file)
    assert "restore the last backup" in said(await database.examine(url), Verdict.FAILURE)


def harm(file: Path) -> None:
    """An index that lacks what its table holds."""
    with contextlib.closing(sqlite3.connect(file)) as db, db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, '(remind_at)', '(home_id)') WHERE name LIKE 'ix_learners%'"
        )


@pytest.mark.parametrize(
    ("seconds", "verdict"), [(1, Verdict.OK), (5, Verdict.WARNING), (90, Verdict.FAILURE)]
)
async def test_clocks_that_are_apart_are_told(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch, seconds: int, verdict: Verdict
) -> None:
    monkeypatch.setattr(examining, "_behind", lambda db: dt.timedelta(seconds=-seconds))
    found = await database.examine(postgres.database())
    assert f"{seconds}.0 seconds apart" in said(found, verdict)


async def test_a_database_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"postgresql://u:hidden@127.0.0.1:{silent.getsockname()[1]}/x"
        sentence = said(await database.examine(address), Verdict.FAILURE)
    assert "did not answer within" in sentence
    assert "hidden" not in sentence


async def test_a_port_is_free_or_taken_or_our_own() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = read({"CLOUDLARK_PORT": str(taken.getsockname()[1])}, None)
        machine_found = await machine.port(settings)
    assert "set CLOUDLARK_PORT" in said(machine_found, Verdict.FAILURE)
    assert "is free" in said(await machine.port(settings), Verdict.OK)
    server = Server(application([], lambda: ""), "127.0.0.1", 0)
    await server.start()
    ours = read({"CLOUDLARK_PORT": server.address.rpartition(":")[2]}, None)
    assert "A tutor is running" in said(await machine.port(ours), Verdict.OK)
    await server.stop()


def test_a_data_folder_that_others_may_look_into_is_a_warning(tmp_path: Path) -> None:
    settings = read({"CLOUDLARK_DATA": str(tmp_path)}, None)
    for mode, verdict in ((0o700, Verdict.OK), (0o755, Verdict.WARNING), (0o777, Verdict.FAILURE)):
        tmp_path.chmod(mode)
        assert machine.data_folder(settings)[-1].verdict is verdict
    assert os.listdir(tmp_path) == []


def test_a_data_folder_that_is_a_file_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    found = machine.data_folder(read({"CLOUDLARK_DATA": str(tmp_path / "var")}, None))
    assert "cannot be written" in said(found, Verdict.FAILURE)


@pytest.mark.process
async def test_the_command_ends_with_1_on_failures_and_prints_json(tmp_path: Path) -> None:
    Authored(tmp_path / "content").write()
    given = {
        "CLOUDLARK_CONTENT": str(tmp_path / "content"),
        "CLOUDLARK_PORT": "0",
        "CLOUDLARK_DATA": str(tmp_path),
    }
    fine = await cloudlark(f"sqlite:///{tmp_path / 'a.db'}", "doctor", "--json", **given)
    assert fine.code == 0, fine.out
    assert json.loads(fine.out)["healthy"] is True
    ill = await cloudlark("postgresql://u:hidden@127.0.0.1:9/x", "doctor", **given)
    assert ill.code == 1
    assert "failure  database" in ill.out
    assert "hidden" not in ill.out + ill.err
