"""Schedules that know holidays and quiet hours, are changed, previewed, and set up with two answers."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.messages import Form, FormErrors, Notice, QuestionCard, Reveal, Sheet, encode
from bot.messages.acts import AnswerRound, OpenForm
from bot.model.people import Channel
from bot.tutor import calendar
from bot.wording.speech import speaking
from tests.support.world import World

FORM = {
    "time": "09:00",
    "timezone": "Europe/Berlin",
    "weekdays": "0,1,2,3,4",
    "questions": "t0",
    "window": "240",
}
BERLIN = ZoneInfo("Europe/Berlin")


async def scheduled(world: World, **changed: str) -> None:
    await world.desk.submit(
        world.caller("ada", "daily", admin=True), "sf:schedule:daily", {**FORM, **changed}
    )


async def admin_says(world: World, text: str) -> Sheet:
    message = (await world.says("ada", text, "daily", admin=True)).message
    assert isinstance(message, Sheet), message
    return message


async def fills(world: World, form: str, **values: str) -> object:
    return (await world.desk.submit(world.caller("ada", "daily", admin=True), form, values)).message


async def test_public_holidays_are_left_out_and_named_in_the_preview(tutoring: World) -> None:
    tutoring.clock.forward(days=29)
    await scheduled(tutoring)
    sheet = await fills(tutoring, "sf:calendar:1", holidays="de-by", quiet="", catch_up="")
    assert isinstance(sheet, Sheet)
    table, left = sheet.sections[0].table, sheet.sections[1].lines
    assert table is not None
    assert len(table.rows) == 10
    assert not any("25 Dec" in when for when, _ in table.rows)
    assert any("25 Dec" in line and "Day" in line for line in left), left


async def test_nothing_is_posted_on_a_holiday(tutoring: World) -> None:
    tutoring.clock.forward(days=38)
    await scheduled(tutoring)
    await fills(tutoring, "sf:calendar:1", holidays="DE", quiet="", catch_up="")
    await tutoring.tick(hours=1)
    assert tutoring.messenger.in_channel("daily") == []


async def test_the_preview_hides_the_questions(tutoring: World) -> None:
    await scheduled(tutoring)
    sheet = await admin_says(tutoring, "/schedule preview 1")
    assert "option" not in str(sheet)
    assert sheet.sections[0].table is not None
    assert sheet.sections[0].table.rows[0][1] == "Topic t0"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("holidays", "Atlantis"),
        ("holidays", "DE-XX"),
        ("quiet", "late"),
        ("quiet", "25:00-07:00"),
        ("catch_up", "9"),
    ],
)
async def test_what_cannot_be_read_is_said_at_its_field(tutoring: World, name: str, value: str) -> None:
    await scheduled(tutoring)
    errors = await fills(
        tutoring, "sf:calendar:1", **{"holidays": "", "quiet": "", "catch_up": "", name: value}
    )
    assert isinstance(errors, FormErrors)
    assert set(errors.errors) == {name}


async def test_a_late_post_waits_for_the_end_of_the_quiet_hours(tutoring: World) -> None:
    await scheduled(tutoring, time="19:30")
    await fills(tutoring, "sf:calendar:1", holidays="", quiet="20:00-07:00", catch_up="23")
    await tutoring.tick(hours=12)
    assert tutoring.messenger.in_channel("daily") == []
    await tutoring.tick(hours=10, minutes=5)
    (post,) = tutoring.messenger.in_channel("daily")
    assert isinstance(post.message, QuestionCard)
    assert tutoring.clock.now().astimezone(BERLIN).hour == 7


async def test_the_key_of_a_round_that_ends_at_night_waits_for_the_morning(tutoring: World) -> None:
    await scheduled(tutoring, time="17:00")
    await fills(tutoring, "sf:calendar:1", holidays="", quiet="20:00-07:00", catch_up="")
    await tutoring.tick(hours=8)
    await tutoring.desk.click(tutoring.caller("ben", "daily"), encode(AnswerRound(1, 0)))
    await tutoring.tick(hours=5)
    assert not any(isinstance(post.now, Reveal) for post in tutoring.messenger.in_channel("daily"))
    await tutoring.tick(hours=10)
    assert any(isinstance(post.now, Reveal) for post in tutoring.messenger.in_channel("daily"))


async def test_a_schedule_that_leaves_out_what_is_late_does(tutoring: World) -> None:
    await scheduled(tutoring)
    await fills(tutoring, "sf:calendar:1", holidays="", quiet="", catch_up="0")
    await tutoring.tick(hours=2)
    assert tutoring.messenger.in_channel("daily") == []


async def test_a_schedule_is_changed_in_its_own_form(tutoring: World) -> None:
    await scheduled(tutoring)
    form = (await tutoring.says("ada", "/schedule edit 1", "daily", admin=True)).message
    assert isinstance(form, Form)
    assert {field.name: getattr(field, "value", "") for field in form.fields}["time"] == "09:00"
    done = await fills(tutoring, encode(form.submit), **{**FORM, "time": "10:15", "questions": "t1"})
    assert isinstance(done, Notice)
    assert "10:15" in done.text
    assert "Topic t1" in done.text


async def test_two_answers_begin_it(tutoring: World) -> None:
    admin = tutoring.caller("ada", "daily", admin=True)
    greeted = await tutoring.desk.joined(admin, Channel("test", "team", "daily"), "daily")
    assert isinstance(greeted.message, Notice)
    act = greeted.message.buttons[0].act
    assert isinstance(act, OpenForm)
    form = (await tutoring.desk.click(admin, encode(act))).message
    assert isinstance(form, Form)
    assert [field.name for field in form.fields] == ["time", "questions"]
    done = await fills(tutoring, encode(form.submit), time="08:30", questions="all")
    assert isinstance(done, Notice)
    assert "08:30 workdays" in done.text


def test_quiet_hours_over_midnight_end_in_the_morning() -> None:
    settings = {"quiet": "22:00-07:30"}
    night = dt.datetime(2026, 11, 16, 23, 15, tzinfo=BERLIN)
    assert calendar.loud_again(settings, BERLIN, night) == dt.datetime(2026, 11, 17, 7, 30, tzinfo=BERLIN)
    day = dt.datetime(2026, 11, 16, 12, 0, tzinfo=BERLIN)
    assert calendar.loud_again(settings, BERLIN, day) == day


@pytest.mark.parametrize("machine", ["", "C", "de_DE.UTF-8"])
def test_a_holiday_is_named_in_the_language_that_is_spoken_whatever_the_machine_speaks(
    machine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, machine)
    calendar._holidays.cache_clear()
    assert calendar.holiday("DE", dt.date(2026, 12, 25)) == "Christmas Day"
    with speaking("de"):
        assert calendar.holiday("DE", dt.date(2026, 12, 25)) == "Erster Weihnachtstag"
        assert calendar.holiday("US", dt.date(2026, 12, 25)) == "Christmas Day"


async def test_the_preview_names_the_clock_that_it_goes_by(tutoring: World) -> None:
    await scheduled(tutoring)
    sheet = await admin_says(tutoring, "/schedule preview 1")
    assert sheet.sections[0].lines == ("Times are those of Europe/Berlin.",)
    assert sheet.lead == ""


async def test_the_preview_of_a_paused_schedule_says_that_nothing_comes(tutoring: World) -> None:
    await scheduled(tutoring)
    await tutoring.says("ada", "/schedule pause 1", "daily", admin=True)
    sheet = await admin_says(tutoring, "/schedule preview 1")
    assert sheet.lead == "It is paused: nothing is posted until /schedule resume 1."


async def test_the_list_says_where_schedules_post_when_there_are_several_channels(tutoring: World) -> None:
    await scheduled(tutoring)
    table = (await admin_says(tutoring, "/schedule list")).sections[0].table
    assert table is not None
    assert "Where" not in table.columns
    form = {**FORM, "time": "14:30"}
    await tutoring.desk.submit(tutoring.caller("ada", "daily", admin=True), "sf:schedule:daily", form)
    await tutoring.desk.submit(tutoring.caller("ada", "other", admin=True), "sf:schedule:other", form)
    several = (await admin_says(tutoring, "/schedule list")).sections[0].table
    assert several is not None
    assert [row[-1] for row in several.rows] == ["here", "here", "here", "other"]
