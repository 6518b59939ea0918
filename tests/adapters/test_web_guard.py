"""Which requests the local chat believes."""

from __future__ import annotations

import pytest

from adapters.web.assets import assets
from adapters.web.guard import POLICY, host_allowed, is_loopback, same_origin


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.8.8", "localhost", "LOCALHOST", "::1", "[::1]", "x.localhost"]
)
def test_loopback_is_this_machine_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "example.org", "localhost.example.org", ""])
def test_anything_else_can_be_reached_by_others(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1:8765", True),
        ("localhost", True),
        ("[::1]:80", True),
        ("evil.example:8765", False),
        ("", False),
        ("[", False),
    ],
)
def test_without_a_password_only_loopback_names_are_answered(host: str, allowed: bool) -> None:
    assert host_allowed({"host": host}, "") is allowed


def test_with_a_password_any_name_is_answered() -> None:
    assert host_allowed({"host": "chat.example.org"}, "secret")


@pytest.mark.parametrize(
    ("origin", "same"),
    [
        ("http://127.0.0.1:8765", True),
        ("http://127.0.0.1:9999", False),
        ("https://evil.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_changes_are_taken_from_the_chats_own_page_only(origin: str, same: bool) -> None:
    assert same_origin({"host": "127.0.0.1:8765", "origin": origin}) is same


def test_the_page_may_load_nothing_from_elsewhere() -> None:
    assert "http" not in POLICY
    assert "unsafe" not in POLICY
    page = assets()["index.html"].data.decode()
    assert "http://" not in page
    assert "https://" not in page
    assert "<script>" not in page
    assert " style=" not in page


def test_no_script_inserts_content_as_markup() -> None:
    scripts = {name: asset.data.decode() for name, asset in assets().items() if name.endswith(".js")}
    banned = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function")
    assert not [(name, word) for name, text in scripts.items() for word in banned if word in text]
