"""Coming in at the door of the local chat."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from adapters.web import WebAdapter
from adapters.web.journal import Journal
from bot.ports import AdapterError
from bot.settings import read
from tests.adapters.web_rig import running
from tests.fakes.web_desk import FakeDesk
from tests.fakes.web_page import again, knock, page
from tests.fakes.web_program import MemoryShelf, WallClock, WebProgram

PASSWORD = "open" + "sesame"


async def test_a_name_is_chosen_at_the_door_and_the_first_person_is_the_admin(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada, page(program, "Bob") as bob:
        assert ada.welcome["me"] == {"id": ada.person["id"], "name": "Ada", "admin": True}
        assert bob.welcome["me"]["admin"] is False
        assert ada.person["id"] != bob.person["id"]


async def test_a_browser_is_the_same_person_again_after_a_restart(tmp_path: Path) -> None:
    async with running(tmp_path) as program, httpx.AsyncClient(base_url=program.address) as http:
        person = (await knock(program, "Ada", http)).json()
        await program.stop()
        await program.start()
        assert (await http.get("/chat/door")).json()["people"] == [person]
        async with again(program, person, http) as ada:
            assert ada.welcome["me"]["name"] == "Ada"


async def test_one_browser_may_be_several_people(tmp_path: Path) -> None:
    async with running(tmp_path) as program, httpx.AsyncClient(base_url=program.address) as http:
        ada = (await knock(program, "Ada", http)).json()
        bob = (await knock(program, "Bob", http)).json()
        assert [person["name"] for person in (await http.get("/chat/door")).json()["people"]] == [
            "Ada",
            "Bob",
        ]
        async with again(program, ada, http) as first, again(program, bob, http) as second:
            assert first.welcome["me"]["name"] == "Ada"
            assert second.welcome["me"]["name"] == "Bob"
        await http.post(f"/chat/leave?as={ada['id']}", headers={"Origin": program.address})
        assert [person["name"] for person in (await http.get("/chat/door")).json()["people"]] == ["Bob"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Type a name with at least one letter."),
        ("Cloudlark", "Cloudlark is the tutor's name: choose another one."),
        ("x" * 50, "That name has 50 characters: use at most 40."),
        ("x" * 300, "The door could not read what this page sent: reload the page."),
        ("ada", "Somebody here goes by that name already"),
    ],
)
async def test_a_name_that_cannot_be_is_refused_in_a_sentence(
    tmp_path: Path, name: str, sentence: str
) -> None:
    async with running(tmp_path) as program, httpx.AsyncClient(base_url=program.address) as http:
        await knock(program, "Ada", http)
        answer = await knock(program, name, http)
        assert answer.is_client_error
        assert answer.json()["error"].startswith(sentence)


async def test_the_cookie_is_hidden_from_scripts_and_from_other_sites(tmp_path: Path) -> None:
    async with running(tmp_path) as program, httpx.AsyncClient(base_url=program.address) as http:
        cookie = (await knock(program, "Ada", http)).headers["set-cookie"].casefold()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert "path=/chat" in cookie


async def test_a_foreign_page_cannot_come_in(tmp_path: Path) -> None:
    async with running(tmp_path) as program, httpx.AsyncClient(base_url=program.address) as http:
        for origin in ({"Origin": "https://evil.example"}, {}):
            assert (await http.post("/chat/enter", json={"name": "Eve"}, headers=origin)).status_code == 403


async def test_a_foreign_name_for_this_machine_is_not_answered(tmp_path: Path) -> None:
    async with running(tmp_path) as program, httpx.AsyncClient(base_url=program.address) as http:
        answer = await http.get("/chat/door", headers={"Host": "evil.example"})
        assert answer.status_code == 421
        assert "set CLOUDLARK_WEB_PASSWORD" in answer.json()["error"]


async def test_a_body_that_is_too_long_is_refused_before_it_is_read(tmp_path: Path) -> None:
    async with running(tmp_path) as program, httpx.AsyncClient(base_url=program.address) as http:
        headers = {"Origin": program.address}
        answer = await http.post("/chat/enter", content=b"x" * 100_000, headers=headers)
        assert answer.status_code == 413


async def test_the_password_is_asked_for_once(tmp_path: Path) -> None:
    async with locked(tmp_path) as (program, http):
        assert (await http.get("/chat/door")).json() == {"password": True, "people": []}
        assert (await knock(program, "Ada", http)).status_code == 403
        assert (
            (await unlock(program.address, "wrong", http)).json()["error"].startswith("That is not the pass")
        )
        assert (await unlock(program.address, PASSWORD, http)).is_success
        person = (await knock(program, "Ada", http)).json()
        assert (await http.get("/chat/door")).json()["people"] == [person]
        async with again(program, person, http) as ada:
            assert ada.welcome["me"]["name"] == "Ada"


async def test_a_changed_password_is_asked_for_again_but_people_stay_who_they_are(tmp_path: Path) -> None:
    async with locked(tmp_path) as (program, http):
        await unlock(program.address, PASSWORD, http)
        person = (await knock(program, "Ada", http)).json()
        await program.stop()
        program.settings = read(
            dict(program.settings.values) | {"CLOUDLARK_WEB_PASSWORD": "another"}, env_file=None
        )
        await program.start()
        assert (await http.get("/chat/door")).json() == {"password": True, "people": []}
        await unlock(program.address, "another", http)
        assert (await http.get("/chat/door")).json()["people"] == [person]


async def test_guessing_the_password_has_to_wait_after_five_tries(tmp_path: Path) -> None:
    async with locked(tmp_path) as (program, http):
        answers = [(await unlock(program.address, "wrong", http)).status_code for _ in range(6)]
        assert answers == [403] * 5 + [429]
        assert (await unlock(program.address, PASSWORD, http)).json()["error"].startswith("Too many wrong")


async def test_beyond_loopback_a_password_is_needed(tmp_path: Path) -> None:
    given = {"CLOUDLARK_DATA": str(tmp_path), "CLOUDLARK_HOST": "0.0.0.0"}
    adapter = WebAdapter(FakeDesk(), read(given, env_file=None), MemoryShelf(), WallClock())
    with pytest.raises(AdapterError, match="set CLOUDLARK_WEB_PASSWORD"):
        await adapter.start()
    protected = read(given | {"CLOUDLARK_WEB_PASSWORD": PASSWORD}, env_file=None)
    adapter = WebAdapter(FakeDesk(), protected, MemoryShelf(), WallClock())
    await adapter.start()
    assert adapter.trouble() == ""
    await adapter.stop()


async def test_the_page_comes_with_a_strict_policy_and_is_not_sent_twice(tmp_path: Path) -> None:
    async with running(tmp_path) as program, httpx.AsyncClient(base_url=program.address) as http:
        answer = await http.get("/")
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        repeated = await http.get("/", headers={"If-None-Match": answer.headers["etag"]})
        assert repeated.status_code == 304
        assert (await http.get("/static/js/app.js")).headers["content-type"].startswith("text/javascript")
        for path in ("/static/nothing.js", "/static/../adapter.py", "/static/%2e%2e/adapter.py"):
            assert (await http.get(path)).status_code == 404


@asynccontextmanager
async def locked(folder: Path) -> AsyncIterator[tuple[WebProgram, httpx.AsyncClient]]:
    """A chat with a password, and a browser before it."""
    async with running(folder, CLOUDLARK_WEB_PASSWORD=PASSWORD) as program, browser(program) as http:
        yield program, http


def browser(program: WebProgram) -> httpx.AsyncClient:
    """A browser before the door."""
    return httpx.AsyncClient(base_url=program.address)


async def unlock(address: str, password: str, http: httpx.AsyncClient) -> httpx.Response:
    """Give the password at the door."""
    return await http.post("/chat/unlock", json={"password": password}, headers={"Origin": address})


async def test_a_journal_that_cannot_be_written_is_said_at_the_door(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(journal: Journal, *given: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Journal, "enter", full)
    async with running(tmp_path) as program, httpx.AsyncClient(base_url=program.address) as http:
        answer = await knock(program, "Ada", http)
        assert answer.status_code == 503
        assert "its disk may be full" in answer.text
