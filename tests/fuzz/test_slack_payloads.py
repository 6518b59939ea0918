"""Spoilt payloads of Slack, read by the pure functions: a value, whatever it is, and no exception."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import payloads
from adapters.slack.buttons import button_of
from adapters.slack.picking import picked
from adapters.slack.place import Place, from_metadata
from adapters.slack.profiles import community_of, profile
from adapters.slack.render_forms import form_values, shown_errors
from adapters.slack.workspaces import Workspace
from bot.messages import FormErrors
from tests.fuzz.budget import fuzzed
from tests.fuzz.mutating import DEEP, mutated
from tests.fuzz.slack_bodies import EVENTS, FORM, METADATA, PERSON, PICKED, bodies
from tests.fuzz.texts import hostile, mostly

WORKSPACE = Workspace("T1", "token", "UBOT", "B1")
ERRORS = FormErrors({"zone": "Not that one.", "nowhere": "Nor that."})


@fuzzed(300)
@given(body=bodies, prefix=st.sampled_from(["", "lark-"]))
def test_every_reader_reads_every_body(body: dict[str, Any], prefix: str) -> None:
    places = [
        payloads.click_place(body, "T1"), payloads.command_place(body, "T1"), payloads.shortcut_place(body, "T1"),
        payloads.talk_place(body, "T1"),
    ]  # fmt: skip
    for place in places:
        assert isinstance(place, Place)
        texts = (
            place.user,
            place.channel,
            place.thread,
            place.message,
            place.response_url,
            place.trigger,
            place.request,
        )
        assert all(isinstance(text, str) for text in texts)
    said = [payloads.request_of(body), payloads.command_text(body, prefix), button_of(payloads.clicked(body))]
    speaker = payloads.speaker(body)
    assert all(isinstance(text, str) for text in (*said, speaker.user, speaker.name, speaker.home))


@fuzzed(150)
@given(body=st.sampled_from(EVENTS).flatmap(mutated), bot=hostile)
def test_every_event_is_read(body: dict[str, Any], bot: str) -> None:
    event = payloads.event_of(body)
    assert isinstance(payloads.written_by_person(event, bot), bool)
    texts = [
        payloads.said_text(event, bot),
        payloads.channel_named(event),
        payloads.event_speaker(event).user,
    ]
    assert all(isinstance(text, str) for text in texts)


@fuzzed(150)
@given(body=st.sampled_from([FORM, PICKED]).flatmap(mutated))
def test_every_modal_is_read(body: dict[str, Any]) -> None:
    view = payloads.view_of(body)
    assert all(isinstance(value, str) for pair in form_values(view).items() for value in pair)
    assert all(isinstance(value, str) for pair in shown_errors(ERRORS, view).items() for value in pair)
    button, wanted, chosen = picked(view)
    assert isinstance(button, str)
    assert isinstance(wanted, int)
    assert all(isinstance(value, str) for value in chosen)


@fuzzed(100)
@given(text=mostly(hostile, mutated(METADATA[:0] or {"surface": "click", "at": 0}).map(str)))
def test_a_place_that_cannot_be_read_is_the_persons_own(text: str) -> None:
    assert from_metadata(text, "T1", "UANN", "r", 0.0).community == "T1"


@fuzzed(100)
@given(user=mutated(PERSON), home=hostile)
def test_every_user_has_a_name(user: dict[str, Any], home: str) -> None:
    assert profile(user, WORKSPACE).name
    assert isinstance(community_of(home, WORKSPACE), str)


def test_a_place_nested_without_end_is_the_persons_own() -> None:
    assert from_metadata("[" * 100_000, "T1", "UANN", "r", 0.0).user == "UANN"
    assert DEEP
