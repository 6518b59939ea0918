"""The desk: whatever comes in, a person gets an answer."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands.command import ParameterKind
from bot.commands.registry import COMMANDS
from bot.messages import Feedback, Form, FormErrors, Leaderboard, Notice, QuestionCard, Sheet, Tone, encode
from bot.messages.acts import AnswerPractice, ShowPractice
from tests.support.world import World

LIKE_OURS = st.from_regex(r"(ar|ap|sp|wr|of|sf|rc|am|sm|cm)(:[-\w ]{0,25}){0,5}", fullmatch=True)


async def test_every_command_answers_when_typed_bare(tutoring: World) -> None:
    for command in COMMANDS:
        reply = await tutoring.says("ada", f"/{command.name}", admin=True)
        assert not (isinstance(reply.message, Notice) and reply.message.tone is Tone.ERROR), command.name


async def test_help_lists_every_command_that_one_may_use(tutoring: World) -> None:
    def lines(sheet: object) -> str:
        assert isinstance(sheet, Sheet)
        return "\n".join(line for section in sheet.sections for line in section.lines)

    everyone = lines((await tutoring.says("ben", "/help")).message)
    admins = lines((await tutoring.says("ada", "/help", admin=True)).message)
    assert "/schedule" not in everyone
    assert all(command.usage in admins for command in COMMANDS)


async def test_commands_for_admins_are_refused_politely_until_an_admin_names_one(tutoring: World) -> None:
    refused = await tutoring.says("ben", "/schedule list")
    assert isinstance(refused.message, Notice)
    assert "admins" in refused.message.text
    await tutoring.says("ada", "/admin <@U-ben>", admin=True)
    allowed = await tutoring.says("ben", "/schedule list")
    assert isinstance(allowed.message, Sheet)


async def test_a_failure_is_an_apology_that_quotes_the_request(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*args: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.tutor.choosing.choose", broken)
    reply = await tutoring.says("ben", "/quiz")
    assert isinstance(reply.message, Notice)
    assert reply.message.tone is Tone.ERROR
    assert "req" in reply.message.text


async def test_practice_runs_from_the_first_question_to_the_summary(tutoring: World) -> None:
    reply = await tutoring.says("ben", "/quiz t1 3", channel=None)
    for number in range(3):
        card = reply.message
        assert isinstance(card, QuestionCard)
        assert card.progress == (number + 1, 3)
        right = [str(o.position) for o in sorted(card.options, key=lambda o: o.position)][: card.picks]
        ben = tutoring.caller("ben", None)
        verdict = await tutoring.desk.click(ben, encode(AnswerPractice(1, number)), right)
        assert isinstance(verdict.message, Feedback)
        assert verdict.replace
        assert "Right" in verdict.message.headline
        reply = await tutoring.desk.click(ben, encode(verdict.message.buttons[0].act))
    assert isinstance(reply.message, Sheet)
    assert reply.message.lead == "All 3 right. Splendid."


async def test_practice_is_capped_at_ten_points_a_day(tutoring: World) -> None:
    for session in (1, 2, 3):
        card = (await tutoring.says("ben", f"/quiz t{session} 6")).message
        assert isinstance(card, QuestionCard)
        for number in range(6):
            ben = tutoring.caller("ben")
            shown = await tutoring.desk.click(ben, encode(ShowPractice(session, number)))
            assert isinstance(shown.message, QuestionCard)
            right = [str(n) for n in range(shown.message.picks)]
            await tutoring.desk.click(ben, encode(AnswerPractice(session, number)), right)
    board = (await tutoring.says("ben", "/leaderboard")).message
    assert isinstance(board, Leaderboard)
    assert board.rows[0].points == 10
    assert board.rows[0].answered == 18


async def test_somebody_elses_practice_cannot_be_answered(tutoring: World) -> None:
    await tutoring.says("ben", "/quiz")
    reply = await tutoring.desk.click(tutoring.caller("cleo"), encode(AnswerPractice(1, 0, 0)))
    assert isinstance(reply.message, Notice)
    assert "somebody else" in reply.message.text


@pytest.mark.parametrize(
    ("typed", "topic"), [("t1", "Topic t1"), ("aliast2", "Topic t2"), ("TOPIC T3", "Topic t3")]
)
async def test_topics_are_found_by_slug_name_and_alias(tutoring: World, typed: str, topic: str) -> None:
    reply = await tutoring.says("ben", f"/quiz {typed}")
    assert isinstance(reply.message, QuestionCard)
    assert topic in reply.message.heading


async def test_an_unknown_topic_is_answered_in_a_sentence(tutoring: World) -> None:
    reply = await tutoring.says("ben", "/quiz quantum gardening")
    assert isinstance(reply.message, Notice)
    assert "do not know the topic" in reply.message.text


async def test_settings_refuse_a_zone_that_does_not_exist_and_keep_one_that_does(tutoring: World) -> None:
    form = (await tutoring.says("ben", "/settings")).message
    assert isinstance(form, Form)
    ben = tutoring.caller("ben")
    bad = await tutoring.desk.submit(ben, encode(form.submit), {"timezone": "Mars/Base", "workdays": ""})
    assert isinstance(bad.message, FormErrors)
    assert set(bad.message.errors) == {"timezone", "workdays"}
    good = {"timezone": "Asia/Tokyo", "workdays": "0,1", "visible": ""}
    assert isinstance((await tutoring.desk.submit(ben, encode(form.submit), good)).message, Notice)
    again = (await tutoring.says("ben", "/settings")).message
    assert isinstance(again, Form)
    assert again.fields[0].value == "Asia/Tokyo"  # type: ignore[union-attr]


async def test_a_hidden_learner_is_on_nobody_elses_board(tutoring: World) -> None:
    for name in ("ben", "cleo"):
        await tutoring.says(name, "/quiz t0 1")
    for session, name in ((1, "ben"), (2, "cleo")):
        shown = (await tutoring.desk.click(tutoring.caller(name), encode(ShowPractice(session, 0)))).message
        assert isinstance(shown, QuestionCard)
        right = [str(n) for n in range(shown.picks)]
        await tutoring.desk.click(tutoring.caller(name), encode(AnswerPractice(session, 0)), right)
    values = {"timezone": "UTC", "workdays": "0", "visible": ""}
    await tutoring.desk.submit(tutoring.caller("ben"), "sf:settings", values)
    seen = (await tutoring.says("cleo", "/leaderboard")).message
    own = (await tutoring.says("ben", "/leaderboard")).message
    assert isinstance(seen, Leaderboard)
    assert isinstance(own, Leaderboard)
    assert [row.name for row in seen.rows] == ["cleo"]
    assert own.own is not None
    assert own.own.me


async def test_free_words_find_a_topic_a_command_or_help(tutoring: World) -> None:
    ben = tutoring.caller("ben", None)
    assert isinstance((await tutoring.desk.said(ben, "topic t1")).message, QuestionCard)
    assert isinstance((await tutoring.desk.said(ben, "leaderboard month")).message, Leaderboard)
    assert isinstance((await tutoring.desk.said(ben, "Hello!")).message, Sheet)


async def test_a_report_is_taken_once_a_person_and_question(tutoring: World) -> None:
    ben = tutoring.caller("ben")
    for text in ("first", "second"):
        reply = await tutoring.desk.submit(ben, "sf:report:t0.q0", {"reason": "key", "text": text})
        assert isinstance(reply.message, Notice)
    from bot.storage.tables import reports

    rows = await tutoring.tutor.store.read(lambda db: db.execute(reports.select()).all())
    assert [row.text for row in rows] == ["second"]


def test_completion_offers_what_begins_with_the_text_first(tutoring: World) -> None:
    offered = tutoring.desk.complete(ParameterKind.TOPIC, "t2")
    assert offered[0] == ("t2", "Topic t2")
    assert len(tutoring.desk.complete(ParameterKind.TOPIC, "")) <= 25


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(button=st.one_of(st.text(max_size=120), LIKE_OURS), values=st.lists(st.text(max_size=10), max_size=4))
async def test_no_button_id_whatever_is_in_it_leads_to_a_failure(
    tutoring: World, button: str, values: list[str]
) -> None:
    reply = await tutoring.desk.click(tutoring.caller("eve", admin=True), button, values)
    assert not (isinstance(reply.message, Notice) and reply.message.tone is Tone.ERROR), button


async def test_help_explains_one_command(tutoring: World) -> None:
    reply = await tutoring.says("ben", "/help quiz")
    assert isinstance(reply.message, Notice)
    assert "/quiz [topic] [count]" in reply.message.text


async def test_nobody_unknown_becomes_an_admin(tutoring: World) -> None:
    reply = await tutoring.says("ada", "/admin everyone", admin=True)
    assert isinstance(reply.message, Notice)
    assert "I know nobody" in reply.message.text
