"""What Discord sends, read."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.discord.payloads import command_of, focused_of, form_of, press_of, reported_of
from bot.messages.acts import OpenForm


def option(name: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"type": 4 if isinstance(value, int) else 3, "name": name, "value": value, **more}


def test_a_flat_command() -> None:
    data = {"name": "quiz", "options": [option("topic", "s3"), option("count", 3)]}
    assert command_of(data) == ("quiz", {"topic": "s3", "count": 3})


def test_a_command_without_options() -> None:
    assert command_of({"name": "help"}) == ("help", {})


def test_a_subcommand() -> None:
    add = {"type": 1, "name": "add", "options": [option("time", "09:30")]}
    assert command_of({"name": "schedule", "options": [add]}) == ("schedule add", {"time": "09:30"})


def test_what_is_being_typed() -> None:
    add = {"type": 1, "name": "add", "options": [option("time", "09"), option("topic", "dy", focused=True)]}
    assert focused_of({"name": "schedule", "options": [add]}) == ("schedule add", "topic", "dy")


@pytest.mark.parametrize(
    ("data", "press"),
    [
        ({"custom_id": "ar:7:2"}, ("ar:7:2", ())),
        ({"custom_id": "ap:3:0", "values": ["2", "0"]}, ("ap:3:0", ("2", "0"))),
        ({"custom_id": "2#sm:4:0"}, ("sm:4:0", ())),
        ({"custom_id": "menu:25", "values": ["sm:4:30"]}, ("sm:4:30", ())),
        ({"custom_id": "rc:quiz 2#3"}, ("rc:quiz 2#3", ())),
    ],
)
def test_a_press(data: dict[str, Any], press: tuple[str, tuple[str, ...]]) -> None:
    assert press_of(data) == press


def test_a_form_in_labels() -> None:
    fields = [
        {"type": 4, "custom_id": "zone", "value": "UTC"},
        {"type": 3, "custom_id": "days", "values": ["1", "3"]},
        {"type": 23, "custom_id": "on", "value": True},
        {"type": 23, "custom_id": "off", "value": False},
    ]
    labelled = [{"type": 18, "id": n, "component": field} for n, field in enumerate(fields)]
    data = {"custom_id": "sf:settings", "components": [{"type": 10, "id": 9}, *labelled]}
    assert form_of(data) == ("sf:settings", {"zone": "UTC", "days": "1,3", "on": "on", "off": ""})


def message(*ids: str) -> dict[str, Any]:
    buttons = [{"type": 2, "custom_id": id} for id in ids]
    frame = {"type": 17, "components": [{"type": 10, "content": "x"}, {"type": 1, "components": buttons}]}
    return {"target_id": "5", "resolved": {"messages": {"5": {"components": [frame]}}}}


@pytest.mark.parametrize(
    ("ids", "act"),
    [
        (["ar:7:2", "ar:7:0"], OpenForm("report", "round:7")),
        (["wr:9"], OpenForm("report", "round:9")),
        (["of:report:s3.size"], OpenForm("report", "s3.size")),
        (["unknown", "rc:help"], None),
        ([], None),
    ],
)
def test_the_question_in_a_reported_message(ids: list[str], act: OpenForm | None) -> None:
    assert reported_of(message(*ids)) == act


def test_a_button_beside_a_text_counts_too() -> None:
    section = {"type": 9, "components": [], "accessory": {"type": 2, "custom_id": "wr:9"}}
    data = {"target_id": "5", "resolved": {"messages": {"5": {"components": [section]}}}}
    assert reported_of(data) == OpenForm("report", "round:9")
