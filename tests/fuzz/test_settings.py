"""Settings of any value: read, examined and redacted, or refused in a sentence; and no secret in any of it."""

from __future__ import annotations

import datetime as dt
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.client import shards_of
from adapters.slack import config as slack
from bot.app import content_folders
from bot.doctor import content, database, machine
from bot.doctor import settings as doctor
from bot.doctor.finding import Finding
from bot.doctor.report import as_json, lines
from bot.http import PortError, listener_on
from bot.logs import redact, secrets_of
from bot.ports import AdapterError
from bot.settings import SETTINGS, Settings, SettingsError, read
from bot.storage.store import StorageError, open_store
from tests.fuzz.budget import fuzzed
from tests.fuzz.overhearing import TOKEN
from tests.fuzz.texts import hostile, mostly, numbers

NEAR = (
    "on", "off", "On", "yes", "0.9", "1e3", "8765", "-1", "65536", "UTC", "utc", "Europe/Berlin", "127.0.0.1", "0.0.0.0", "::1",
    "localhost", "." * 80, "a" * 300, "http://[", "https://x", "content", "content::", "/proc/nowhere", "/" + "x" * 300, "~", "/dev/null",
    "sqlite://", "sqlite:///", "sqlite:////proc/nowhere/x.db", "sqlite:///:memory:", "postgresql://", "mysql://x",
    "postgresql://a:b@[", "postgresql://a:b@127.0.0.1:1/x", "postgresql://a:b@h:port/x", "postgresql:///x?host=/proc/nowhere&port=1",
    "postgresql://a:%zz@127.0.0.1:1/x", "://", "x", "slack:U1,discord:2", "U1", "0,1", "4", "1,x", "xoxb-" + "1-test", "xapp-" + "1-test",
    f" {TOKEN} ", TOKEN,
)  # fmt: skip
DAY = dt.date(2026, 11, 21)
NAMES = [setting.name for setting in SETTINGS]
SECRETS = [setting.name for setting in SETTINGS if setting.secret]
value = mostly(st.sampled_from(NEAR), numbers | hostile)
chosen = st.dictionaries(st.sampled_from(NAMES), value, min_size=1, max_size=5)


def settings(given_: dict[str, str]) -> Settings | None:
    """The settings, None when they are refused in a sentence."""
    try:
        return read({"PATH": "/bin", **given_}, None)
    except SettingsError as error:
        _sentence(str(error))
        return None


def _sentence(text: str) -> None:
    assert text.rstrip().endswith("."), text
    assert "Traceback" not in text
    text.encode()


def _findings(found: list[Finding]) -> None:
    assert found
    for finding in found:
        _sentence(finding.sentence)
    lines(found).encode()
    as_json(found).encode()


def nobody_is_asked(host: str, *_: object, **__: object) -> Any:
    """A resolver that knows no name, and trips over bad ones as the real one does."""
    host.encode("idna")
    raise socket.gaierror(8, "nobody knows that name")


@fuzzed(120)
@given(given_=chosen, strange=st.dictionaries(hostile, hostile, max_size=2))
def test_any_settings_are_examined(given_: dict[str, str], strange: dict[str, str]) -> None:
    found = settings(given_)
    if found is None:
        return
    findings = doctor.examine(found, {**given_, **strange}, Path("nowhere"))
    if not strange:
        _findings(findings)
    if not any(TOKEN in value for name, value in given_.items() if name not in SECRETS):
        assert TOKEN not in lines(findings)
    redact("some text", secrets_of(found))


@fuzzed(120)
@given(given_=chosen)
def test_any_settings_are_taken_by_the_adapters_or_refused_in_a_sentence(given_: dict[str, str]) -> None:
    found = settings(given_)
    if found is None:
        return
    readers: list[Any] = [slack.read, shards_of]
    for reader in readers:
        try:
            reader(found)
        except AdapterError as error:
            _sentence(str(error))


@fuzzed(60)
@given(text=value)
def test_any_folder_is_examined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.chdir(tmp_path)
    found = settings({"CLOUDLARK_DATA": text, "CLOUDLARK_CONTENT": f"{text}/nothing"})
    if found is None:
        return
    _findings(machine.data_folder(found))
    _findings(content.examine(content_folders(found), tmp_path / "cache", DAY))


@pytest.mark.parametrize(
    "host",
    [
        "." * 80,
        "a" * 300,
        "ä" * 100,
        "ä..b",
        "",
        "127.0.0.1",
        "::1",
        "::",
        "0x7f.1",
        "[::1]",
        "%",
        "127.0.0.1/8",
    ],
)
def test_hosts_are_listened_on_or_refused_in_a_sentence(host: str) -> None:
    try:
        listener_on(host, 0).close()
    except PortError as error:
        _sentence(str(error))


@fuzzed(80)
@given(url=mostly(value, st.builds("{}://{}".format, st.sampled_from(["sqlite", "postgresql"]), hostile), 1))
async def test_any_database_is_opened_and_examined_or_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket, "getaddrinfo", nobody_is_asked)
    found = settings({"CLOUDLARK_DATABASE_URL": url})
    if found is None:
        return
    secrets_of(found)
    _findings(await database.examine(url))
    try:
        await (await open_store(url)).close()
    except StorageError as error:
        _sentence(str(error))


@fuzzed(120)
@given(data=mostly(
    st.lists(st.builds("{}={}".format, st.sampled_from([*NAMES, "", "export X", "#"]), value), max_size=4).map(
        lambda rows: "\n".join(rows).encode("utf-8", "surrogatepass")), st.binary(max_size=60)))  # fmt: skip
def test_any_file_of_settings_is_read_or_refused_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / ".env"
    file.write_bytes(data)
    try:
        found = read({"PATH": "/bin"}, file)
    except SettingsError as error:
        _sentence(str(error))
        return
    assert set(found.values) == set(NAMES)
