"""Payloads are read by pure functions that never stumble over what is missing."""

from __future__ import annotations

import pytest

from adapters.slack import payloads
from adapters.slack.place import Surface


def test_a_click_in_a_channel() -> None:
    body = {
        "user": {"id": "U1", "username": "ann", "team_id": "T1"},
        "container": {
            "type": "message",
            "message_ts": "1.1",
            "channel_id": "C1",
            "is_ephemeral": True,
            "thread_ts": "0.9",
        },
        "channel": {"id": "C1"},
        "response_url": "u",
        "trigger_id": "t",
        "actions": [{"action_id": "0|ar:7:1"}],
    }
    place = payloads.click_place(body, "T1")

    assert (place.surface, place.channel, place.message, place.thread) == (Surface.CLICK, "C1", "1.1", "0.9")
    assert (place.ephemeral, place.response_url, place.trigger, place.request) == (True, "u", "t", "t")
    assert payloads.clicked(body) == "0|ar:7:1"
    assert payloads.speaker(body) == payloads.Speaker("U1", "ann", "T1")


def test_a_click_on_the_home_tab_is_nowhere() -> None:
    place = payloads.click_place({"container": {"type": "view"}, "user": {"id": "U1"}}, "T1")

    assert (place.surface, place.channel, place.direct, place.user) == (Surface.HOME, "", True, "U1")


@pytest.mark.parametrize(
    ("command", "text", "prefix", "meant"),
    [
        ("/quiz", "ddb 5", "", "quiz ddb 5"),
        ("/lark-quiz", " ddb ", "lark-", "quiz ddb"),
        ("/schedule", "pause 3", "", "schedule pause 3"),
        ("/admin", "<@U2|sam>", "", "admin <@U2|sam>"),
        ("/admin", "<@U2|Sam Smith>", "", "admin <@U2|Sam_Smith>"),
        ("/admin", "<@U2>", "", "admin <@U2>"),
        ("/quiz", "&lt;S3&gt; &amp; <http://sqs.io|sqs.io> <#C1|aws>", "", "quiz <S3> & sqs.io #aws"),
        ("/quiz", "", "", "quiz"),
    ],
)
def test_commands_become_text(command: str, text: str, prefix: str, meant: str) -> None:
    assert payloads.command_text({"command": command, "text": text}, prefix) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("<@UBOT> quiz ddb", "quiz ddb"),
        ("hey <@UBOT|cloudlark>  quiz", "hey quiz"),
        ("<@UBOT>", ""),
        (None, ""),
        ("ask <@U2> about <https://x.test>", "ask <@U2> about https://x.test"),
    ],
)
def test_a_mention_is_taken_out_of_the_words(text: str | None, meant: str) -> None:
    assert payloads.said_text({"text": text}, "UBOT") == meant


@pytest.mark.parametrize(
    ("event", "person"),
    [
        ({"user": "U1"}, True),
        ({"user": "U1", "subtype": "file_share"}, True),
        ({"user": "UBOT"}, False),
        ({"user": "USLACKBOT"}, False),
        ({"user": "U1", "bot_id": "B1"}, False),
        ({"user": "U1", "subtype": "message_changed"}, False),
        ({}, False),
    ],
)
def test_only_people_are_talked_with(event: dict[str, str], person: bool) -> None:
    assert payloads.written_by_person(event, "UBOT") is person


def test_events_name_channels_in_two_ways() -> None:
    assert payloads.channel_named({"channel": "C1"}) == "C1"
    assert payloads.channel_named({"channel": {"id": "C1"}}) == "C1"
    assert payloads.channel_named({}) == ""


def test_a_payload_without_anything_is_read_without_stumbling() -> None:
    assert payloads.click_place({}, "T1").user == ""
    assert payloads.command_place({}, "T1").channel == ""
    assert payloads.shortcut_place({}, "T1").response_url == ""
    assert payloads.clicked({}) == ""
    assert payloads.speaker({"user": "U1"}).user == "U1"
    assert payloads.request_of({"event_id": "Ev1", "trigger_id": "t"}) == "Ev1"
