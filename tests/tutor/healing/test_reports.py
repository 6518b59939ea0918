"""Reports gather into cases, enough of them take a question out, and admins decide."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.bank.bank import Bank
from bot.bank.namespaces import LONGEST
from bot.messages import FormErrors, Notice, Sheet, Tone, encode
from bot.model.people import Caller, Channel
from bot.settings import SettingsError
from bot.tutor.healing.thresholds import thresholds
from tests.support.bank import small_bank
from tests.support.world import World, settings, world
from tests.tutor.healing.talk import asks, changes, commands, direct, reports, told, words


async def test_reports_of_several_people_gather_in_one_case(tutoring: World) -> None:
    await reports(tutoring, "ben", "t0.q0", "unclear", "Both fit.")
    await reports(tutoring, "cleo", "t0.q0", "typo")
    await reports(tutoring, "cleo", "t1.q1", "other")
    queue = await asks(tutoring, "/bank reports")
    assert isinstance(queue, Sheet)
    assert queue.sections[0].table is not None
    assert [row[:3] for row in queue.sections[0].table.rows] == [("t0.q0", "2", "2"), ("t1.q1", "1", "1")]
    assert commands(queue) == ["bank reports t0.q0", "bank reports t1.q1"]
    case = words(await asks(tutoring, "/bank reports t0.q0"))
    assert "2 reports by 2 people" in case
    assert "It is unclear or has several answers: Both fit." in case
    assert "Stem 0 of t0?" in case
    assert "A ✓ option 0 (reason 0)" in case
    assert "t0.f0, verified 1 January 2026" in case


async def test_a_second_report_of_one_person_takes_the_place_of_the_first(tutoring: World) -> None:
    await reports(tutoring, "ben", "t0.q0", text="alpha")
    await reports(tutoring, "ben", "t0.q0", text="omega")
    case = words(await asks(tutoring, "/bank reports t0.q0"))
    assert "1 report by 1 person" in case
    assert "omega" in case
    assert "alpha" not in case


async def test_two_people_who_doubt_the_key_take_a_question_out_and_others_do_not(tutoring: World) -> None:
    await reports(tutoring, "ben", "t0.q0", "key")
    await reports(tutoring, "ben", "t0.q0", "key")
    await reports(tutoring, "cleo", "t0.q0", "typo")
    assert "It is asked as usual" in words(await asks(tutoring, "/bank reports t0.q0"))
    await reports(tutoring, "dan", "t0.q0", "key")
    assert "In quarantine since 16 November 2026" in words(await asks(tutoring, "/bank reports t0.q0"))
    log = words(await asks(tutoring, "/bank audit"))
    assert "by itself · quarantine t0.q0: 3 people reported it" in log


async def test_three_people_with_any_reason_take_a_question_out(tutoring: World) -> None:
    for name in ("ben", "cleo", "dan"):
        assert "It is asked as usual" in words(await asks(tutoring, "/bank reports t0.q0"))
        await reports(tutoring, name, "t0.q0", "other")
    assert "In quarantine" in words(await asks(tutoring, "/bank reports t0.q0"))


async def test_what_an_admin_has_released_is_not_taken_out_again_by_the_same_reports(tutoring: World) -> None:
    for name in ("ben", "cleo", "dan"):
        await reports(tutoring, name, "t0.q0")
    await asks(tutoring, "/bank reports t0.q0 release")
    tutoring.clock.forward(minutes=1)
    await reports(tutoring, "ben", "t0.q0")
    assert "It is asked as usual" in words(await asks(tutoring, "/bank reports t0.q0"))
    await reports(tutoring, "cleo", "t0.q0")
    assert "In quarantine" in words(await asks(tutoring, "/bank reports t0.q0"))


async def test_thresholds_are_a_setting_and_nought_turns_them_off(tmp_path: Path) -> None:
    async with world(tmp_path, CLOUDLARK_QUARANTINE="0,typo:1") as made:
        for name in ("ben", "cleo", "dan"):
            await reports(made, name, "t0.q0", "key")
        assert "It is asked as usual" in words(await asks(made, "/bank reports t0.q0"))
        await reports(made, "eve", "t0.q0", "typo")
        assert "In quarantine" in words(await asks(made, "/bank reports t0.q0"))


@pytest.mark.parametrize("text", ["x", "key:", "wrong:2", "3;2", "-1"])
def test_thresholds_that_cannot_be_read_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(SettingsError, match="give numbers of people such as 3,key:2"):
        thresholds(settings(CLOUDLARK_QUARANTINE=text))


async def test_dismissing_closes_the_case_releases_the_question_and_tells_who_reported(
    tutoring: World,
) -> None:
    for name in ("ben", "cleo"):
        await reports(tutoring, name, "t0.q0")
    done = await asks(tutoring, "/bank reports t0.q0 dismiss")
    assert "I tell the 2 people" in words(done)
    await tutoring.tick()
    assert "it stays as it is" in told(tutoring, "ben")[0]
    assert "Stem 0 of t0?" in told(tutoring, "cleo")[0]
    note = direct(tutoring, "ben")[0].message
    assert isinstance(note, Notice)
    assert note.tone is Tone.GOOD
    case = words(await asks(tutoring, "/bank reports t0.q0"))
    assert "No reports are open. It is asked as usual." in case
    assert "0 reports led to a correction, 2 reports did not" in case
    assert "No reports are open" in words(await asks(tutoring, "/bank reports"))
    again = await asks(tutoring, "/bank reports t0.q0 dismiss")
    assert "nothing to close" in words(again)
    await tutoring.tick(hours=1)
    assert len(told(tutoring, "ben")) == 1


async def test_what_has_not_changed_is_not_called_fixed_unless_an_admin_insists(tutoring: World) -> None:
    await reports(tutoring, "ben", "t0.q0", "outdated")
    refused = await asks(tutoring, "/bank reports t0.q0 fixed")
    assert "exactly as it was reported" in words(refused)
    assert commands(refused) == ["fixed-anyway t0.q0", "dismiss t0.q0"]
    assert "1 report" in words(await asks(tutoring, "/bank reports t0.q0"))
    done = await asks(tutoring, "/bank reports t0.q0 fixed-anyway")
    assert "bank regrade t0.q0" in commands(done)
    await tutoring.tick()
    assert "has been corrected" in told(tutoring, "ben")[0]


async def test_a_changed_question_is_marked_as_fixed(tutoring: World) -> None:
    await reports(tutoring, "ben", "t0.q0")
    changes(tutoring, "t0.q0")
    assert "It has changed since it was reported" in words(await asks(tutoring, "/bank reports t0.q0"))
    assert "closed as fixed" in words(await asks(tutoring, "/bank reports t0.q0 fixed"))


async def test_an_admin_quarantines_and_releases_and_the_log_says_who_and_when(tutoring: World) -> None:
    await asks(tutoring, "/bank reports t0.q0 quarantine")
    assert "already" in words(await asks(tutoring, "/bank reports t0.q0 quarantine"))
    queue = await asks(tutoring, "/bank reports")
    assert commands(queue) == ["bank reports t0.q0"]
    tutoring.clock.forward(minutes=5)
    await asks(tutoring, "/bank reports t0.q0 release", "bob")
    assert "not in quarantine" in words(await asks(tutoring, "/bank reports t0.q0 release"))
    log = words(await asks(tutoring, "/bank audit")).split("\n")
    assert log[2:] == [
        "",
        "2026-11-16 08:05 · bob · release t0.q0",
        "2026-11-16 08:00 · ada · quarantine t0.q0",
    ]


async def test_every_change_by_an_admin_is_in_the_log_and_what_only_shows_is_not(tutoring: World) -> None:
    await asks(tutoring, "/language en")
    await asks(tutoring, "/goal 100")
    await asks(tutoring, "/schedule list")
    await asks(tutoring, "/admin <@U-ben>")
    form = {"time": "09:00", "timezone": "UTC", "weekdays": "0,1", "questions": "all", "window": "60"}
    ada = tutoring.caller("ada", "daily", admin=True)
    await tutoring.desk.submit(ada, "sf:schedule:daily", form | {"time": "soon"})
    await tutoring.desk.submit(ada, "sf:schedule:daily", form)
    await asks(tutoring, "/schedule pause 1")
    log = words(await asks(tutoring, "/bank audit"))
    done = [line.split(" · ")[2] for line in log.split("\n") if " · " in line]
    assert done == [
        "schedule pause 1",
        "form schedule daily",
        "admin <@U-ben>",
        "goal 100",
        "language en",
    ]


async def test_the_log_forgets_the_name_of_whoever_is_forgotten(tutoring: World) -> None:
    await asks(tutoring, "/bank reports t0.q0 quarantine", "zoe")
    await tutoring.says("zoe", "/mydata delete for-good")
    log = words(await asks(tutoring, "/bank audit"))
    assert "somebody who has been forgotten · quarantine t0.q0" in log
    assert "zoe" not in log


async def test_an_admin_sees_only_what_concerns_their_own_community(tutoring: World) -> None:
    await reports(tutoring, "ben", "t0.q0", text="A secret of this team.")
    await asks(tutoring, "/bank reports t0.q0 quarantine")
    person = replace(tutoring.caller("eve", admin=True).person, community="other")
    eve = Caller(person, Channel("test", "other", "general"), "req")
    for text in ("/bank reports", "/bank reports t0.q0", "/bank audit"):
        seen = words((await tutoring.desk.command(eve, text)).message)
        assert "secret" not in seen
        assert "1 report" not in seen
        assert "In quarantine" not in seen
        assert "ada" not in seen


async def test_only_operators_decide_for_all_communities(tmp_path: Path) -> None:
    async with world(tmp_path, CLOUDLARK_ADMINS="test:U-opal") as made:
        refused = await asks(made, "/bank reports t0.q0 quarantine-all")
        assert "Only the operators" in words(refused)
        await asks(made, "/bank reports t0.q0 quarantine-all", "opal")
        case = await asks(made, "/bank reports t0.q0", "opal")
        assert "In quarantine everywhere" in words(case)
        assert "release-all t0.q0" in commands(case)
        await asks(made, "/bank reports t0.q0 release-all", "opal")
        assert "It is asked as usual" in words(await asks(made, "/bank reports t0.q0"))


@pytest.mark.parametrize("text", ["/bank reports nothing.here", "/bank reports nothing.here quarantine"])
async def test_a_question_that_nobody_knows_is_answered_with_a_sentence(tutoring: World, text: str) -> None:
    assert "There is no question “nothing.here”" in words(await asks(tutoring, text))


async def test_a_report_without_a_reason_is_asked_again(tutoring: World) -> None:
    reply = await tutoring.desk.submit(tutoring.caller("ben"), "sf:report:t0.q0", {"text": "?"})
    assert isinstance(reply.message, FormErrors)
    assert "No reports" in words(await asks(tutoring, "/bank reports"))


async def test_people_who_manage_nothing_see_no_reports(tutoring: World) -> None:
    for text in ("/bank reports", "/bank reports t0.q0 dismiss", "/bank audit"):
        reply = await tutoring.says("ben", text)
        assert "Only admins" in words(reply.message)


async def test_the_buttons_of_the_longest_id_fit(tmp_path: Path) -> None:
    bank = small_bank(1, 2)
    longest = f"team-7/{'x' * 70}.q0"
    assert len(longest) == LONGEST
    fresh = [replace(each, id=longest) if each.id == "t0.q0" else each for each in bank.questions.values()]
    taught = Bank.of(bank.exams.values(), bank.topics.values(), bank.facts.values(), fresh)
    async with world(tmp_path, bank=taught, CLOUDLARK_ADMINS="test:U-opal") as made:
        await reports(made, "ben", longest)
        for text in ("/bank reports", f"/bank reports {'x' * 70}.q0", f"/bank reports {longest} fixed"):
            shown = await asks(made, text, "opal")
            assert commands(shown)
            assert isinstance(shown, Sheet | Notice)
            assert all(len(encode(button.act)) <= 100 for button in shown.buttons)
