"""Every message in Slack's form: golden files, Slack's limits, and the words that have to be there."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from adapters.slack.buttons import action_id, button_of
from adapters.slack.picking import pick_view, picked
from adapters.slack.render import home_view, render
from adapters.slack.render_forms import form_values, form_view
from bot.messages import (
    BoardRow,
    Button,
    ButtonStyle,
    Choice,
    Explanation,
    Feedback,
    Form,
    FormErrors,
    Leaderboard,
    Meter,
    Notice,
    OptionReason,
    OptionView,
    QuestionCard,
    Reveal,
    Section,
    Sheet,
    Source,
    Switch,
    Table,
    TextField,
    Tone,
    Verdict,
)
from bot.messages.acts import AnswerRound, RunCommand, SubmitForm
from tests.adapters.slack_samples import CARD, FOLDER, FORM, MESSAGES, goldens, written
from tests.fakes.slack.block_rules import elements, message_faults, too_long, view_faults
from tests.fakes.slack.text_rules import markup_faults, spoken


@pytest.mark.parametrize("name", sorted(goldens()))
def test_messages_look_as_their_golden_files(name: str) -> None:
    assert written(goldens()[name]) == (FOLDER / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_slack_and_its_own_library_accept_every_message(name: str) -> None:
    said = render(MESSAGES[name])

    assert message_faults(list(said.blocks)) == []
    assert markup_faults(said.text) == []
    for block in said.blocks:
        Block.parse(json.loads(json.dumps(block))).validate_json()


def test_slack_and_its_own_library_accept_forms_and_the_home_tab() -> None:
    for view in (form_view(FORM, "{}"), home_view(MESSAGES["sheet"])):  # type: ignore[arg-type]
        assert view_faults(view) == []
        View(**view).validate_json()


TEXT = st.text(alphabet=st.sampled_from(list("abc <>&*_~`@!#|\n:é漢😀")), max_size=900)
NAME = st.text(alphabet=st.sampled_from(list("ab <>&*_@|😀")), min_size=1, max_size=60)
BUTTONS = st.lists(
    st.builds(Button, NAME.map(lambda n: n[:40]), st.just(RunCommand("quiz")), st.sampled_from(ButtonStyle)),
    max_size=6,
).map(tuple)
REASON = st.builds(
    OptionReason,
    st.sampled_from("ABCDEF"),
    TEXT,
    st.booleans(),
    TEXT,
    st.booleans(),
    st.floats(0, 1),
    st.integers(0, 9),
)
REASONS = st.lists(REASON, max_size=6).map(tuple)
LINES = st.lists(TEXT, max_size=14).map(tuple)
SOURCES = st.lists(
    st.builds(
        Source,
        NAME,
        st.sampled_from(["https://a.test/?x=1&y=|", "ftp://no"]),
        st.just(dt.date(2026, 1, 1)),
        TEXT,
    ),
    max_size=14,
).map(tuple)
OPTIONS = st.lists(TEXT, min_size=2, max_size=6).map(
    lambda texts: tuple(OptionView("ABCDEF"[n], n, text) for n, text in enumerate(texts))
)
CARDS = st.builds(
    QuestionCard,
    TEXT,
    TEXT,
    OPTIONS,
    st.integers(1, 2),
    st.just(AnswerRound(7)),
    open=st.booleans(),
    answered=st.none() | st.integers(0, 9),
    selected=st.just(frozenset({0})),
    notes=LINES,
    buttons=BUTTONS,
)
ROWS = st.lists(
    st.builds(BoardRow, st.integers(1, 99), NAME, st.integers(0, 9), st.just(1), st.just(2)), max_size=60
)
SECTIONS = st.builds(
    Section,
    NAME,
    LINES,
    st.lists(st.builds(Meter, NAME, st.floats(0, 1), NAME), max_size=5).map(tuple),
    st.none()
    | st.lists(st.tuples(NAME, NAME, NAME), max_size=80).map(
        lambda rows: Table(("A", "B", "C"), tuple(rows))
    ),
)
ANYTHING = (
    CARDS
    | st.builds(Feedback, st.sampled_from(Verdict), TEXT, TEXT, REASONS, TEXT, SOURCES, LINES, BUTTONS)
    | st.builds(Reveal, TEXT, TEXT, REASONS, st.integers(0, 9), st.integers(0, 9), LINES, BUTTONS)
    | st.builds(Explanation, TEXT, REASONS, TEXT, SOURCES, BUTTONS)
    | st.builds(Leaderboard, TEXT, TEXT, ROWS.map(tuple), notes=LINES, buttons=BUTTONS)
    | st.builds(Sheet, TEXT, TEXT, st.lists(SECTIONS, max_size=30).map(tuple), buttons=BUTTONS)
    | st.builds(Notice, TEXT, st.sampled_from(Tone), BUTTONS)
)


@settings(max_examples=150, deadline=None)
@given(ANYTHING)
def test_whatever_is_said_slack_takes_it(message: object) -> None:
    said = render(message)  # type: ignore[arg-type]
    blocks = list(said.blocks)

    assert message_faults(blocks) == []
    assert not too_long(blocks)
    assert 0 < len(said.text) <= 4_000
    assert markup_faults(said.text.replace("\n> ", "\n")) == []


@settings(max_examples=60, deadline=None)
@given(
    TEXT,
    st.lists(st.tuples(NAME, TEXT), min_size=1, max_size=25, unique_by=lambda pair: pair[0]),
    st.booleans(),
    TEXT,
)
def test_whatever_a_form_asks_slack_shows_it(
    text: str, options: list[tuple[str, str]], many: bool, value: str
) -> None:
    choice = Choice(
        "c", text or "label", tuple((v, label or "x") for v, label in options), options[0][0], many=many
    )
    form = Form(
        SubmitForm("f"),
        text or "t",
        (
            TextField("t", "label", value, text, text, long=many, limit=50),
            choice,
            Switch("s", "label", many, text),
        ),
        intro=text,
    )

    assert view_faults(form_view(form, "x" * 3_000)) == []


def test_option_texts_stand_in_the_body_and_controls_bear_only_letters() -> None:
    said = render(CARD)

    labels = [e["text"]["text"] for e in elements(list(said.blocks))]
    body = "\n".join(text for block in said.blocks if block["type"] == "section" for text in spoken(block))
    assert labels == ["A", "B", "C", "D", "Report"]
    assert "*A.* Use `ConsistentRead=true`" in body
    assert "Read &lt;twice&gt;" in body
    assert elements(list(said.blocks)).__next__()["accessibility_label"].startswith("A: Use")


def test_the_text_for_screen_readers_tells_the_question_and_its_options() -> None:
    text = render(CARD).text

    assert text.startswith("Daily question: DynamoDB\n")
    assert text.count("\n") == 5


def test_a_pick_that_may_be_changed_is_marked() -> None:
    labels = [e["text"]["text"] for e in elements(list(render(MESSAGES["question_in_mock"]).blocks))]

    assert labels[:4] == ["A", "B ✓", "C", "D"]


def test_a_tally_gives_no_hint_and_the_reveal_tells_how_answers_fell() -> None:
    shown = "\n".join(text for block in render(CARD).blocks for text in spoken(block))
    revealed = "\n".join(text for block in render(MESSAGES["reveal"]).blocks for text in spoken(block))

    assert "3 answers so far" in shown
    assert "✅" not in shown
    assert "`█████░░░░░` 50 % (2)" in revealed
    assert "2 of 4 got it right (50 %)" in revealed


def test_names_on_a_board_cannot_ping() -> None:
    board = "\n".join(text for block in render(MESSAGES["leaderboard"]).blocks for text in spoken(block))

    assert "🥇 1. *Ann &lt;!here&gt;* · 50 points · 5 of 5 right · streak 5 · ▲ 2" in board
    assert "*Bob &amp; Co* (you) · 50 points · 5 of 6 right · new" in board
    assert "3. *Cem*" in board
    assert "17. *Dee* · 1 point · 0 of 1 right" in board


def test_the_same_button_twice_has_two_ids_and_one_meaning() -> None:
    buttons = (Button("One", RunCommand("quiz")), Button("Two", RunCommand("quiz")))

    ids = [e["action_id"] for e in elements(list(render(Notice("x", buttons=buttons)).blocks))]

    assert len(set(ids)) == 2
    assert {button_of(name) for name in ids} == {"rc:quiz"}
    assert button_of(action_id(3, "rc:a|b:c")) == "rc:a|b:c"
    assert button_of("rc:quiz") == "rc:quiz"


def test_checkboxes_come_back_as_the_answer_they_give() -> None:
    kept = {"stem": "S", "options": [["A", 2, "two"], ["B", 0, "zero"]], "picks": 2, "selected": [0]}
    view = pick_view("pick:ar:7", kept, "{}")
    block = view["blocks"][-1]
    view["state"] = {
        "values": {"picks": {"value": {"selected_options": block["element"]["initial_options"]}}}
    }

    assert view_faults({k: v for k, v in view.items() if k != "state"}) == []
    assert picked(view) == ("ar:7", 2, ["0"])


def test_an_unfilled_form_gives_empty_texts() -> None:
    view = {
        "state": {
            "values": {
                "a": {"value": {"type": "plain_text_input", "value": None}},
                "b": {"value": {"type": "static_select", "selected_option": None}},
                "c": {"value": {"type": "checkboxes", "selected_options": []}},
            }
        }
    }

    assert form_values(view) == {"a": "", "b": "", "c": ""}


def test_an_option_of_no_value_is_one_that_slack_takes_and_comes_back_empty() -> None:
    hours = Choice("remind", "Remind me", (("", "Never"), ("9", "At 9")), "", required=False)
    view = form_view(Form(SubmitForm("settings"), "Settings", (hours,)), "{}")
    assert view_faults(view) == []
    chosen = view["blocks"][0]["element"]["initial_option"]
    assert chosen["text"]["text"] == "Never"
    state = {"remind": {"value": {"type": "static_select", "selected_option": chosen}}}
    assert form_values({"state": {"values": state}}) == {"remind": ""}


def test_form_errors_outside_a_form_are_still_said() -> None:
    assert render(FormErrors({"a": "Too late.", "b": "And wrong."})).text == "🚫 Too late.\nAnd wrong."


def test_a_closed_card_has_no_answer_controls() -> None:
    closed = render(replace(CARD, open=False, buttons=()))

    assert list(elements(list(closed.blocks))) == []
