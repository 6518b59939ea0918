"""Forms and reports on Discord, as dialogues against the fake platform."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.messages import (
    Button,
    Choice,
    Form,
    FormErrors,
    Notice,
    Reply,
    Switch,
    TextField,
)
from bot.messages.acts import OpenForm, SubmitForm
from tests.adapters.discord_desk import FORM, Stage, stage
from tests.adapters.test_discord_interactions import post
from tests.fakes.discord.interactions import MODAL
from tests.fakes.discord.people import text_of


@pytest.fixture
async def at():
    async with stage() as ready:
        yield ready


async def test_a_form_opens_as_a_modal_and_comes_back_by_field_name(at: Stage) -> None:
    fields = (
        TextField("zone", "Time zone", "UTC"),
        Choice("days", "Days", (("1", "Monday"), ("2", "Tuesday"), ("3", "Wednesday")), "1,2", many=True),
        Switch("board", "Show me on boards", on=True),
    )
    at.desk.replies["settings"] = Reply(Form(SubmitForm("settings", "7"), "Settings", fields))
    ada = at.fake.person()
    asked = await ada.command(at.channel, "settings")
    assert asked.kind == MODAL
    await ada.fill(asked, zone="Europe/Berlin", board=False)
    assert at.desk.last("submit")[1:] == (
        "sf:settings:7",
        {"zone": "Europe/Berlin", "days": "1,2", "board": ""},
    )


async def test_an_option_without_a_value_can_be_chosen(at: Stage) -> None:
    exam = Choice("exam", "Exam", (("", "None"), ("dva", "DVA-C02")), "")
    at.desk.replies["settings"] = Reply(Form(SubmitForm("settings"), "Settings", (exam,)))
    ada = at.fake.person()
    await ada.fill(await ada.command(at.channel, "settings"))
    assert at.desk.last("submit")[2] == {"exam": ""}


async def test_a_refused_form_names_its_faults_and_opens_again_with_what_was_typed(at: Stage) -> None:
    at.desk.replies["settings"] = Reply(FORM)
    at.desk.replies["submit"] = Reply(FormErrors({"zone": "There is no such time zone."}))
    at.desk.replies["of:settings"] = Reply(FORM)
    ada = at.fake.person()
    asked = await ada.command(at.channel, "settings")
    refused = await ada.fill(asked, zone="Mars/Olympus")
    assert "There is no such time zone." in text_of(refused.message)
    again = await ada.click(refused.message, "Correct it")
    assert again.modal["components"][0]["component"]["value"] == "Mars/Olympus"


async def test_a_form_that_comes_too_late_to_open_is_offered_on_a_button(at: Stage) -> None:
    at.desk.replies["settings"] = Reply(FORM)
    at.desk.replies["of:settings"] = Reply(FORM)
    at.desk.delay = 2.1
    ada = at.fake.person()
    late = await ada.command(at.channel, "settings")
    at.desk.delay = 0
    assert (await ada.click(late.message, "Open the form")).kind == MODAL


async def test_a_public_question_is_reported_by_a_message_command(at: Stage) -> None:
    question = await post(at)
    await at.fake.person().use_on(question, "Report question")
    assert at.desk.last("click")[1] == "of:report:round:7"


async def test_reporting_a_message_without_a_question_says_so(at: Stage) -> None:
    words = await post(at, Notice("Hello."))
    shown = await at.fake.person().use_on(words, "Report question")
    assert "There is no quiz question" in text_of(shown.message)


async def test_a_report_button_in_the_message_is_preferred(at: Stage) -> None:
    explained = await post(at, Notice("Why A?", buttons=(Button("Report", OpenForm("report", "s3.size")),)))
    await at.fake.person().use_on(explained, "Report question")
    assert at.desk.last("click")[1] == "of:report:s3.size"


async def test_a_draft_is_forgotten_after_a_quarter_of_an_hour(at: Stage) -> None:
    at.desk.replies["settings"] = Reply(FORM)
    at.desk.replies["submit"] = Reply(FormErrors({"zone": "No."}))
    ada = at.fake.person()
    await ada.fill(await ada.command(at.channel, "settings"), zone="Mars/Olympus")
    at.clock.ahead = dt.timedelta(minutes=16)
    again = await ada.command(at.channel, "settings")
    assert again.modal["components"][0]["component"]["value"] == "UTC"
