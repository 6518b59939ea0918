"""What the tutor says becomes JSON for the page; golden files show all of it."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from adapters.web import views
from adapters.web.render import render
from adapters.web.render_forms import form
from bot.messages import Button, Message, Notice, Tone
from bot.messages.acts import RunCommand
from bot.model.people import Caller, Person
from tests.fakes import web_desk
from tests.fakes import web_messages as say

GOLDEN = Path(__file__).parent / "golden" / "web"
CLOSES = dt.datetime(2026, 11, 23, 17, 0, tzinfo=dt.UTC)
EXAMPLES: dict[str, Message] = {
    "question": say.question(1, CLOSES, answered=4),
    "question-choose-two": say.choose_two(),
    "question-practice": say.practice(1),
    "feedback": say.feedback((1,)),
    "reveal": say.reveal(),
    "explanation": say.explanation(),
    "leaderboard": say.board(),
    "sheet": say.progress(),
    "notice": Notice("Saved.", Tone.GOOD, (Button("Again", RunCommand("quiz sqs")),)),
}


def matches(name: str, shown: object) -> None:
    """Compare with a golden file; GOLDEN=write writes it instead."""
    path = GOLDEN / f"{name}.json"
    text = json.dumps(shown, indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_message_looks_as_agreed_with_the_page(name: str) -> None:
    matches(name, render(EXAMPLES[name]).body)


async def test_a_form_looks_as_agreed_with_the_page() -> None:
    reply = await web_desk.FakeDesk().command(CALLER, "/settings")
    matches("form", form(reply.message))  # type: ignore[arg-type]


def test_commands_look_as_agreed_with_the_page() -> None:
    matches("commands", views.commands(web_desk.COMMANDS))


def test_pictures_and_files_are_named_by_their_content() -> None:
    shown = render(say.progress())
    named = [*shown.body["pictures"], *shown.body["files"]]
    assert [each["file"] for each in named] == [file.id for file in shown.files]
    assert render(say.progress()).files == shown.files


def test_a_question_with_several_picks_is_submitted_as_a_whole() -> None:
    body = render(say.choose_two()).body
    assert body["choose"] == "Choose two"
    assert body["submit"] == "ar:2"
    assert [option["id"] for option in body["options"]] == [None] * 4


CALLER = Caller(Person("local", "local", "p1", "Ada"), None)
