"""What people do in Slack, in both modes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.messages import (
    Button,
    Choice,
    Feedback,
    Form,
    FormErrors,
    Notice,
    OptionReason,
    OptionView,
    QuestionCard,
    Reply,
    Sheet,
    Switch,
    TextField,
    Tone,
    Verdict,
)
from bot.messages.acts import AnswerPractice, AnswerRound, RunCommand, ShowPractice, SubmitForm
from tests.adapters.slack_rig import Rig, until
from tests.fakes.slack import Fault

OPTIONS = tuple(OptionView(letter, at, f"option {at}") for at, letter in enumerate("ABCD"))
CARD = QuestionCard("Daily question", "Which one?", OPTIONS, 1, AnswerRound(7))
DOUBLE = QuestionCard("Daily question", "Which two?", OPTIONS, 2, AnswerRound(8))
FEEDBACK = Feedback(
    Verdict.RIGHT,
    "Right, B.",
    "Which one?",
    tuple(OptionReason(o.letter, o.text, o.position == 1, "because", o.position == 1) for o in OPTIONS),
    "That is why.",
    buttons=(Button("Next", ShowPractice(1, 1)),),
)
FORM = Form(
    SubmitForm("settings", "x"),
    "Your settings",
    (
        TextField("zone", "Time zone", "Europe/Berlin", required=True),
        Choice("days", "Days", (("0", "Monday"), ("1", "Tuesday")), "0", many=True),
        Choice("shown", "Visible", (("all", "Everybody"), ("me", "Only me")), "all"),
        Switch("on", "Reminders", on=True),
    ),
)


@pytest.fixture(params=["socket", "http"])
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    async with Rig(request.param) as made:
        yield made


async def test_a_click_is_acknowledged_bare_and_answered_privately(rig: Rig) -> None:
    rig.desk.says = lambda heard: Reply(FEEDBACK)
    await rig.adapter.messenger.post(rig.channel(), CARD, nonce="n1")
    (post,) = rig.ann.sees()

    ack = await rig.ann.press(post, "B")

    assert (ack.status, ack.body) == (200, {})
    (click,) = rig.desk.of("click")
    assert (click.what, click.caller.person.id, click.caller.channel.id) == ("ar:7:1", "UANN", "C1")
    await until(lambda: len(rig.ann.sees()) == 2)
    assert rig.ann.sees()[-1].ephemeral
    assert "Right, B." in rig.ann.sees()[-1].text
    assert rig.bob.sees() == [post]
    assert rig.slack.world.refusals == []


async def test_a_private_message_is_replaced_by_the_answer_to_its_own_button(rig: Rig) -> None:
    practice = QuestionCard("Practice", "Which one?", OPTIONS, 1, AnswerPractice(5, 0))
    rig.desk.says = lambda heard: Reply(practice)
    await rig.ann.command("/quiz ddb 3")
    (shown,) = rig.ann.sees()
    assert shown.ephemeral

    rig.desk.says = lambda heard: Reply(FEEDBACK, replace=True)
    await rig.ann.press(shown, "A")

    await until(lambda: shown.edits == 1)
    assert "Right, B." in shown.text
    assert rig.ann.sees() == [shown]


async def test_a_command_is_answered_in_the_acknowledgement(rig: Rig) -> None:
    ack = await rig.ann.command("/quiz ddb 5")

    assert ack.body["response_type"] == "ephemeral"
    assert ack.body["text"] == "command: quiz ddb 5"
    assert rig.slack.of("response_url") == []


async def test_a_public_reply_to_a_command_is_for_the_channel(rig: Rig) -> None:
    rig.desk.says = lambda heard: Reply(Notice("Everybody may see this."), private=False)

    await rig.ann.command("/leaderboard")

    assert [m.text for m in rig.bob.sees()] == ["Everybody may see this."]


async def test_text_behind_a_command_arrives_as_people_typed_it(rig: Rig) -> None:
    await rig.ann.command("/admin <@UBOB|bob> &amp; &lt;tag&gt; <http://example.com|example.com>")

    assert rig.desk.of("command")[0].what == "admin <@UBOB|bob> & <tag> example.com"


async def test_a_form_opens_as_a_modal_and_its_errors_stand_below_their_fields(rig: Rig) -> None:
    rig.desk.says = lambda heard: Reply(FORM)
    ack = await rig.ann.command("/settings")
    await until(lambda: rig.slack.world.views)
    (view,) = rig.slack.world.views.values()
    assert ack.body == {}

    rig.desk.says = lambda heard: Reply(FormErrors({"zone": "No such zone.", "other": "And this."}))
    refused = await rig.ann.submit(view, {"zone": "Mars", "days": ["Tuesday"]})
    rig.desk.says = lambda heard: Reply(Notice("Saved.", Tone.GOOD))
    accepted = await rig.ann.submit(view, {"zone": "Asia/Tokyo", "on": []})

    assert refused.body == {"response_action": "errors", "errors": {"zone": "No such zone. And this."}}
    assert accepted.body == {}
    first, second = rig.desk.of("submit")
    assert first.what == "sf:settings:x"
    assert first.values == {"zone": "Mars", "days": "1", "shown": "all", "on": "on"}
    assert second.values == {"zone": "Asia/Tokyo", "days": "0", "shown": "all", "on": ""}
    await until(lambda: [m.text for m in rig.ann.sees()] == ["✅ Saved."])


async def test_a_form_for_which_slack_gives_no_time_becomes_a_button(rig: Rig) -> None:
    rig.desk.says = lambda heard: Reply(FORM)
    await rig.ann.say("settings")
    direct = rig.slack.world.direct("UANN").id
    await until(lambda: rig.ann.sees(direct))

    await rig.ann.press(rig.ann.sees(direct)[0], "Open the form")

    assert rig.desk.of("click")[0].what == "of:settings:x"
    await until(lambda: rig.slack.world.views)


async def test_a_form_that_slack_opens_too_late_is_explained(rig: Rig) -> None:
    rig.desk.says = lambda heard: Reply(FORM)
    rig.slack.faults.order("views.open", Fault("expired_trigger_id"))

    await rig.ann.command("/settings")

    await until(rig.ann.sees)
    assert "press the button again" in rig.ann.sees()[0].text


async def test_several_picks_are_made_in_a_modal_that_counts_them(rig: Rig) -> None:
    await rig.adapter.messenger.post(rig.channel(), DOUBLE, nonce="n1")
    (post,) = rig.ann.sees()
    await rig.ann.press(post, "Answer: pick 2")
    await until(lambda: rig.slack.world.views)
    (view,) = rig.slack.world.views.values()
    assert view["title"]["text"] == "Pick exactly 2"

    refused = await rig.ann.submit(view, {"picks": ["A"]})
    accepted = await rig.ann.submit(view, {"picks": ["A", "C"]})

    assert refused.body["errors"] == {"picks": "Pick exactly 2 options: you picked 1."}
    assert accepted.body == {}
    (click,) = rig.desk.of("click")
    assert (click.what, click.values, click.caller.channel.id) == ("ar:8", ["0", "2"], "C1")
    await until(lambda: len(rig.ann.sees()) == 2)
    assert rig.ann.sees()[-1].ephemeral


async def test_a_modal_that_the_adapter_makes_speaks_the_language_of_the_person(rig: Rig) -> None:
    rig.desk.spoken = "de"
    await rig.adapter.messenger.post(rig.channel(), DOUBLE, nonce="n1")
    await rig.ann.press(rig.ann.sees()[0], "Answer: pick 2")
    await until(lambda: rig.slack.world.views)
    (view,) = rig.slack.world.views.values()
    assert (view["title"]["text"], view["close"]["text"]) == ("Wähle genau 2", "Abbrechen")

    refused = await rig.ann.submit(view, {"picks": ["A"]})

    assert refused.body["errors"] == {"picks": "Wähle genau 2 Optionen: Du hast 1 gewählt."}


async def test_what_stands_beside_an_answer_is_in_the_language_of_the_answer(rig: Rig) -> None:
    rig.desk.says = lambda heard: Reply(DOUBLE, language="de")

    await rig.ann.command("/quiz")

    await until(rig.ann.sees)
    assert "Wähle genau 2" in str(rig.ann.sees()[0])


async def test_checkboxes_still_open_after_a_restart(rig: Rig) -> None:
    await rig.adapter.messenger.post(rig.channel(), DOUBLE, nonce="n1")
    (post,) = rig.ann.sees()
    async with Rig(rig.mode) as fresh:
        fresh.shelf.kept = rig.shelf.kept
        fresh.slack.world.messages = rig.slack.world.messages
        await fresh.ann.press(post, "Answer: pick 2")
        await until(lambda: fresh.slack.world.views)


async def test_the_desk_answers_for_a_question_whose_checkboxes_are_forgotten(rig: Rig) -> None:
    await rig.adapter.messenger.post(rig.channel(), DOUBLE, nonce="n1")
    rig.shelf.kept.clear()

    await rig.ann.press(rig.ann.sees()[0], "Answer: pick 2")

    assert rig.desk.of("click")[0].what == "ar:8"


async def test_a_mention_is_answered_where_it_was_made(rig: Rig) -> None:
    rig.desk.says = lambda heard: Reply(Notice("Here."), private=False)

    await rig.ann.mention("quiz ddb 3", ts="50.1")

    await until(rig.ann.sees)
    assert rig.desk.of("said")[0].what == "quiz ddb 3"
    assert rig.ann.sees()[0].thread == "50.1"


async def test_a_private_answer_to_a_mention_is_whispered(rig: Rig) -> None:
    await rig.ann.mention("progress")

    await until(rig.ann.sees)
    assert rig.ann.sees()[0].ephemeral
    assert rig.bob.sees() == []


async def test_direct_messages_are_answered_there_and_stay(rig: Rig) -> None:
    await rig.ann.say("progress")
    direct = rig.slack.world.direct("UANN").id

    await until(lambda: rig.ann.sees(direct))
    (said,) = rig.desk.of("said")
    assert said.caller.channel is None
    assert not rig.ann.sees(direct)[0].ephemeral


async def test_a_command_in_the_direct_messages_with_the_tutor_is_answered_for_keeps(rig: Rig) -> None:
    await rig.ann.say("hello")
    direct = rig.slack.world.direct("UANN")
    await until(lambda: rig.ann.sees(direct.id))

    ack = await rig.ann.command("/quiz", direct)

    assert ack.body["response_type"] == "in_channel"


async def test_a_command_in_direct_messages_with_somebody_else_stays_private(rig: Rig) -> None:
    await rig.ann.say("hello")
    other = rig.slack.world.direct("UBOB")

    ack = await rig.ann.command("/quiz", other)

    assert ack.body["response_type"] == "ephemeral"


async def test_messages_of_apps_and_of_the_tutor_are_not_answered(rig: Rig) -> None:
    await rig.ann.say("hello", bot_id="B9")
    await rig.ann.say("hello", subtype="message_changed")
    await rig.ann.say("hello", user="UBOT")

    assert rig.desk.heard == []


async def test_the_home_tab_shows_the_persons_page_and_its_buttons_answer_in_direct_messages(
    rig: Rig,
) -> None:
    rig.desk.page = Sheet("Progress", "Hello Ann.", buttons=(Button("Practise", RunCommand("quiz")),))
    await rig.ann.open_home()
    await until(lambda: "UANN" in rig.slack.world.homes)

    await rig.ann.press_home("Practise")

    direct = rig.slack.world.direct("UANN").id
    await until(lambda: rig.ann.sees(direct))
    assert rig.desk.of("click")[0].what == "rc:quiz"
    await until(lambda: len(rig.slack.of("views.publish")) == 2)


async def test_shortcuts_practise_and_ask(rig: Rig) -> None:
    await rig.ann.shortcut("cloudlark_practise")
    await rig.ann.shortcut("cloudlark_ask", "How do DAX &amp; DynamoDB relate?")

    assert rig.desk.of("command")[0].what == "quiz"
    assert rig.desk.of("said")[0].what == "How do DAX & DynamoDB relate?"
    direct = rig.slack.world.direct("UANN").id
    await until(lambda: rig.ann.sees(direct) and rig.ann.sees())


async def test_a_slow_answer_to_a_command_follows_the_acknowledgement(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.hearing.PATIENCE", 0.05)
    rig.desk.seconds = 0.2

    ack = await rig.ann.command("/progress")

    assert ack.body == {}
    await until(rig.ann.sees)
    assert rig.ann.sees()[0].text == "command: progress"


async def test_a_slow_answer_to_a_question_is_acknowledged_only_when_it_is_durable(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.hearing.PATIENCE", 0.01)
    await rig.adapter.messenger.post(rig.channel(), CARD, nonce="n1")
    rig.desk.seconds = 0.2
    durable: list[str] = []
    rig.desk.says = lambda heard: durable.append(heard.what) or Reply(FEEDBACK)

    await rig.ann.press(rig.ann.sees()[0], "A")

    assert durable == ["ar:7:0"]


async def test_a_desk_that_breaks_its_promise_still_leaves_nobody_without_a_word(rig: Rig) -> None:
    def broken(heard: object) -> Reply:
        raise RuntimeError("never")

    rig.desk.says = broken
    ack = await rig.ann.command("/quiz")

    assert "went wrong" in ack.body["text"]


async def test_prefixed_commands_lose_their_prefix() -> None:
    async with Rig("socket", SLACK_COMMAND_PREFIX="lark-") as rig:
        await rig.ann.command("/lark-quiz ddb")
        assert rig.desk.of("command")[0].what == "quiz ddb"
