"""Every command on the local chat of the real program, with a kill in the middle of a mock exam."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.synthetic import write_content
from bot.commands.command import Command
from bot.commands.registry import COMMANDS
from tests.fakes.web_page import FakePage, again, knock, page
from tests.support.program import RealProgram

pytestmark = pytest.mark.process
# What the examples say of the shipped bank, in words of the made-up one.
TYPED = {
    "quiz": "/quiz t2 3",
    "mock start": "/mock start ex quick",
    "exam set": "/exam set ex 2027-02-01",
    "drill": "/drill t1-vs-t2",
    "ask": "/ask something true about topic 2",
    "help": "/help quiz",
    "link": "/link",
    "night start": "/night start t2 5 30",
    "admin": "/admin @Bob",
    "mydata delete": "/mydata delete",
}
LATER = ("schedule reveal", "schedule now", "schedule remove")


@pytest.fixture
async def real(tmp_path: Path, database: str) -> AsyncIterator[RealProgram]:
    """The program with a made-up bank."""
    write_content(tmp_path / "content", 300)
    data = tmp_path / "data"
    data.mkdir()
    program = RealProgram(data, tmp_path / "content", CLOUDLARK_DATABASE_URL=database)
    await program.start()
    yield program
    await program.stop()


def typed(command: Command) -> str:
    """What somebody types to use a command."""
    if any(parameter.name == "number" and parameter.required for parameter in command.parameters):
        return f"/{command.name} 1"
    return TYPED.get(command.name, command.example or f"/{command.name}")


async def answered(person: FakePage, text: str) -> dict[str, Any]:
    """What a command is answered with: the body of a message, or a form."""
    done = await person.say("general", text)
    assert "error" not in done, (text, done)
    if "form" in done:
        return {"kind": "form", **done["form"]}
    message = await person.heard(
        lambda frame: frame["is"] == "message" and frame["message"]["id"] == done["message"]
    )
    body: dict[str, Any] = message["message"]["body"]
    return body


async def test_every_command_is_answered_with_what_it_promises(real: RealProgram) -> None:
    async with page(real, "Ada") as ada, page(real, "Bob"):
        assert {each["name"] for each in ada.welcome["commands"]} == {command.name for command in COMMANDS}
        ordered = sorted(
            COMMANDS, key=lambda command: LATER.index(command.name) if command.name in LATER else -1
        )
        for command in ordered:
            body = await answered(ada, typed(command))
            assert body.get("tone") != "error", (command.name, body)
            words = str(body)
            assert "I do not know" not in words, (command.name, body)
            assert "I do not understand" not in words, (command.name, body)


async def test_a_mock_exam_goes_on_after_a_kill_in_its_middle(real: RealProgram) -> None:
    async with httpx.AsyncClient(base_url=real.address) as http:
        came = await knock(real, "Ada", http)
        assert came.status_code == 200, came.text
        person = came.json()
        async with again(real, person, http) as ada:
            card = await answered(ada, "/mock start ex quick")
            for number in range(3):
                done = await ada.ask("click", button=f"am:1:{number}:0")
                assert "error" not in done, done
            await real.kill()
        await real.start()
        async with again(real, person, http) as ada:
            resumed = await answered(ada, "/mock resume")
            assert resumed["heading"] == card["heading"]
            status = await answered(ada, "/mock status")
            assert "4, 5, 6, 7, 8, 9, 10" in str(status["sections"][0]["lines"]), status
            assert "Unanswered" in status["sections"][0]["title"]
