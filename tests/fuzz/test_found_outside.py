"""What fuzzing found at the doors and in files, each once and by name, so that it stays mended."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from adapters.discord.parsing import careful
from adapters.slack.door import Door
from adapters.slack.picking import picked
from adapters.slack.shape import is_sound
from adapters.web.guard import same_origin
from adapters.web.payloads import BadFrameError, read_entering
from bot.bank.compiling import compile_content
from bot.bank.exchange.formats import WRITTEN
from bot.bank.exchange.incoming import receive
from bot.bank.generators import GENERATORS
from bot.bank.places import faults_of
from bot.bank.unpacking import UnpackingError
from bot.bank.yaml_safe import YamlError, lines_of, parse
from bot.http import PortError, listener_on
from bot.logs import secrets_of
from bot.metrics_page import is_local
from bot.settings import SettingsError, read
from bot.storage.store import StorageError, open_store, unusable
from tests.bank.authored import Authored
from tests.bank.exchange.samples import PLAIN
from tests.fuzz.overhearing import overheard
from tests.fuzz.test_imports import TODAY, check
from tests.support.bank import small_bank


@pytest.mark.parametrize(
    "text",
    [
        "!!bool perhaps",
        "!!float ''",
        "!!int ''",
        "!!timestamp soon",
        "!!map ab",
        "&a [*a]",
        f"0x{'f' * 5000}",
        f"{2**63}",
    ],
)
def test_yaml_on_which_the_library_breaks_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(YamlError) as refused:
        parse(f"a: 1\nb: {text}\n")
    assert refused.value.line == 2


def test_the_lines_of_thousands_of_faults_are_found_in_one_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "facts:\n" + "  - x\n" * 50
    composed: list[object] = []
    compose = __import__("yaml").compose
    monkeypatch.setattr("yaml.compose", lambda *given: composed.append(given) or compose(*given))
    assert lines_of(text, [("facts", at) for at in range(50)]) == list(range(2, 52))
    assert len(composed) == 1


def test_a_name_without_an_end_is_told_in_part(tmp_path: Path) -> None:
    root = Authored(tmp_path)
    root.topics[0]["slug"] = "x" * 50_000
    faults = faults_of(compile_content([root.write()]).problems)
    assert faults
    assert all(len(fault.message) < 2000 for fault in faults)


def test_a_number_spelt_with_an_exponent_is_no_number_of_a_question() -> None:
    generator = GENERATORS["dynamodb-read-capacity"]
    assert generator.faults({}, {"rate": "1e999999999", "size_kb": 10**5000})


def test_a_link_that_is_no_address_is_a_remark_and_no_failure() -> None:
    check("x.csv", WRITTEN["csv"].write([PLAIN]).replace(b"https://wiki.example/ship", b"https://[wiki"))


def test_a_package_whose_compression_is_broken_is_refused_in_a_sentence() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", b"SQLite format 3\x00" * 400)
    data = bytearray(packed.getvalue())
    data[50] ^= 0xFF
    with pytest.raises(UnpackingError, match="cannot be read"):
        receive("mine", "deck.apkg", bytes(data), small_bank(), TODAY)


def test_a_door_nested_without_end_is_refused() -> None:
    with pytest.raises(BadFrameError):
        read_entering(b"[" * 4000)


@pytest.mark.parametrize("odd", ["http://[", "http://[::1", "//[x]"])
def test_origins_and_hosts_that_are_no_addresses_are_foreign(odd: str) -> None:
    assert not same_origin({"origin": odd, "host": odd})
    scope = {
        "type": "http",
        "headers": [(b"host", odd.removeprefix("http://").encode())],
        "client": ("127.0.0.1", 1),
    }
    assert not is_local(Request(scope))


@pytest.mark.parametrize(
    "body",
    [
        {"authorizations": {"team_id": "T1"}},
        {"team": 7},
        {"actions": []},
        {"actions": [{"block_id": "b"}]},
        {"event": []},
        {"event": {}},
        {"view": "V1"},
        {"event": "\ud800"},
    ],
)
def test_payloads_over_which_bolt_would_trip_are_unsound(body: dict[str, Any]) -> None:
    assert not is_sound(body)


@pytest.mark.parametrize("digits", [400, 5000])
def test_a_time_that_no_clock_shows_is_not_signed_by_slack(digits: int) -> None:
    headers = [(b"x-slack-request-timestamp", b"9" * digits), (b"x-slack-signature", b"v0=0")]
    door = Door("secret", None)  # type: ignore[arg-type]
    assert not door._signed(Request({"type": "http", "headers": headers}), b"")


@pytest.mark.parametrize("callback", ["pick:ar:8", "pick:ar:8#x", "pick:#", ""])
def test_a_modal_that_does_not_say_how_many_picks_it_wants_is_read(callback: str) -> None:
    assert picked({"callback_id": callback})[1:] == (0, [])


def test_an_event_that_the_library_cannot_read_is_dropped_and_told_without_its_content() -> None:
    def broken(data: dict[str, Any]) -> None:
        raise KeyError(data["content"])

    parsers = careful({"MESSAGE_CREATE": broken, "READY": broken})
    with overheard() as heard:
        parsers["MESSAGE_CREATE"]({"content": "quittengelee"})
    assert "event_unreadable" in heard.text
    with pytest.raises(KeyError):
        parsers["READY"]({"content": ""})


def test_a_file_of_settings_in_another_encoding_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("CLOUDLARK_WEB_PASSWORD=geheim\xe4".encode("latin-1"))
    with pytest.raises(SettingsError, match="is not UTF-8"):
        read({"PATH": "/bin"}, tmp_path / ".env")


@pytest.mark.parametrize("value", ["a\x00b", "a\udce4b"])
def test_settings_that_are_no_text_are_refused_without_showing_them(value: str) -> None:
    with pytest.raises(SettingsError, match=r"^CLOUDLARK_DATA holds bytes that are no text"):
        read({"CLOUDLARK_DATA": value}, None)


def test_a_password_is_kept_from_the_log_also_in_an_address_that_is_none() -> None:
    assert "very-secret" in secrets_of(
        read({"CLOUDLARK_DATABASE_URL": "postgresql://lark:very-secret@["}, None)
    )


@pytest.mark.parametrize("host", ["ä" * 100, "ä..b"])
def test_hosts_that_cannot_be_names_are_refused_in_a_sentence(host: str) -> None:
    with pytest.raises(PortError, match="no host has such a name"):
        listener_on(host, 0)


async def test_addresses_of_databases_that_the_library_refuses_are_refused_in_a_sentence() -> None:
    with pytest.raises(StorageError, match="cannot be read"):
        await open_store("sqlite://host/x.db")


def test_a_database_that_lets_us_wait_and_says_nothing_is_still_a_sentence() -> None:
    assert "(TimeoutError)" in unusable("postgresql://lark@127.0.0.1/lark", TimeoutError())
