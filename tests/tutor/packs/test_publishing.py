"""A pack from its file to its questions: handed in, looked at, published, brought back, retired."""

from __future__ import annotations

import dataclasses
import json

from bot.commands.front import FrontDesk
from bot.messages import FormErrors
from bot.messages.acts import AnswerPractice
from bot.model.people import Caller, Channel, Person
from bot.storage.packs import packs_of
from bot.storage.practices import find_practice
from bot.tutor.packs.holdings import FRESH, Holding, Holdings
from tests.support.packs import document, folder, pack, upload, written
from tests.support.world import World
from tests.tutor.packs.dialogue import card, notice, presses, publishes, sends, sheet, words


async def test_a_sound_pack_becomes_a_draft_that_nobody_is_asked(tutoring: World) -> None:
    page = sheet(await sends(tutoring))
    assert page.title == "onboarding, version 1: a draft"
    assert "1 question on 1 topic" in page.lead
    assert "do not know the topic" in notice(await tutoring.says("ben", "/quiz our deploys"))


async def test_faults_are_told_by_file_and_line_and_nothing_is_kept(tutoring: World) -> None:
    broken = pack()
    broken["questions"][0]["options"][1]["right"] = True
    broken["facts"][0]["verified_on"] = "yesterday"
    page = sheet(await sends(tutoring, written(broken)))
    assert page.title == "onboarding was not kept"
    assert "pack.yaml:8: deploys.freeze: verified_on" in words(page)
    assert "has 2 right, needs one right option" in words(page)
    assert "no packs" in notice(await tutoring.says("ada", "/bank packs", admin=True))


async def test_a_pack_of_many_faults_comes_with_a_file_of_them_all(tutoring: World) -> None:
    page = sheet(await sends(tutoring, document(*["?" * 701] * 30)))
    assert len(page.sections[0].lines) == 21
    assert page.files[0].data.count(b"\n") >= 29


async def test_a_zip_of_a_content_folder_is_a_pack_too_also_when_the_folder_itself_was_zipped(
    tutoring: World,
) -> None:
    for below in ("", "our-pack/"):
        page = sheet(await sends(tutoring, folder(below=below), file="our.zip"))
        assert "1 question on 1 topic" in page.lead


async def test_a_published_pack_is_asked_in_its_place_and_nowhere_else(tutoring: World) -> None:
    live = notice(await publishes(tutoring, "When do we ship?"))
    assert "is live: 1 more question is asked here" in live
    assert card(await tutoring.says("ben", "/quiz our deploys 1")).stem == "When do we ship?"

    elsewhere = Caller(
        Person("test", "other", "U-eve", "eve", True), Channel("test", "other", "general"), "req"
    )
    refused = await tutoring.desk.command(elsewhere, "/quiz our deploys")
    assert "do not know the topic" in notice(refused)
    assert "no packs" in notice(await tutoring.desk.command(elsewhere, "/bank packs"))
    assert "no pack" in notice(await tutoring.desk.command(elsewhere, "/bank preview onboarding"))


async def test_two_places_may_have_packs_of_one_name_and_each_meets_its_own(tutoring: World) -> None:
    await publishes(tutoring, "When do we ship?")
    caller = Caller(Person("test", "other", "U-eve", "eve", True), Channel("test", "other", "general"), "req")
    files = {"file": upload("pack.yaml", document("Who ships?"))}
    await tutoring.desk.submit(caller, "sf:pack", {"name": "onboarding"}, files)
    await tutoring.desk.command(caller, "/bank publish onboarding")
    assert card(await tutoring.desk.command(caller, "/quiz our deploys 1")).stem == "Who ships?"
    assert card(await tutoring.says("ben", "/quiz our deploys 1")).stem == "When do we ship?"


async def test_answers_to_a_pack_count_like_all_others(tutoring: World) -> None:
    await publishes(tutoring)
    shown = card(await tutoring.says("ben", "/quiz our deploys 1"))
    assert isinstance(shown.answer, AnswerPractice)
    feedback = await presses(tutoring, "ben", dataclasses.replace(shown.answer, pick=0))
    assert "Right" in feedback.message.headline  # type: ignore[union-attr]
    board = await tutoring.says("ben", "/leaderboard")
    assert board.message.rows[0].points == 1  # type: ignore[union-attr]


async def test_practice_without_a_topic_brings_the_teams_own_questions_too(tutoring: World) -> None:
    await publishes(tutoring, *[f"Team question {n}?" for n in range(40)])
    await tutoring.says("ben", "/quiz 20")
    session = await tutoring.tutor.store.read(lambda db: find_practice(db, 1))
    assert session is not None
    own = [question for question, _ in session.items if question.startswith("onboarding-1/")]
    assert 0 < len(own) < 20


async def test_a_new_version_takes_the_place_of_the_live_one_and_the_old_one_can_come_back(
    tutoring: World,
) -> None:
    await publishes(tutoring, "First?")
    await publishes(tutoring, "Second?")
    assert card(await tutoring.says("ben", "/quiz our deploys 1")).stem == "Second?"
    back = notice(await tutoring.says("ada", "/bank publish onboarding 1", admin=True))
    assert "version 1, is live" in back
    assert card(await tutoring.says("ben", "/quiz our deploys 1")).stem == "First?"
    listed = words(sheet(await tutoring.says("ada", "/bank packs", admin=True)))
    assert "onboarding 1 ● live" in listed
    assert "onboarding 2 retired" in listed


async def test_a_retired_pack_is_asked_no_more_but_an_open_question_of_it_can_be_answered(
    tutoring: World,
) -> None:
    await publishes(tutoring, "When do we ship?")
    shown = card(await tutoring.says("ben", "/quiz our deploys 1"))
    assert "retired" in notice(await tutoring.says("ada", "/bank retire onboarding", admin=True))
    assert "do not know the topic" in notice(await tutoring.says("cleo", "/quiz our deploys"))
    assert isinstance(shown.answer, AnswerPractice)
    feedback = await presses(tutoring, "ben", dataclasses.replace(shown.answer, pick=0))
    assert "Right" in feedback.message.headline  # type: ignore[union-attr]


async def test_a_question_that_a_new_version_has_dropped_is_still_explained(tutoring: World) -> None:
    await publishes(tutoring, "Kept?", "Dropped?")
    stems = {}
    for name in [f"ben{n}" for n in range(6)]:
        shown = card(await tutoring.says(name, "/quiz our deploys 1"))
        stems[shown.stem] = (name, shown)
    await publishes(tutoring, "Kept?")
    name, shown = stems["Dropped?"]
    assert isinstance(shown.answer, AnswerPractice)
    feedback = await presses(tutoring, name, dataclasses.replace(shown.answer, pick=0))
    assert "Right" in feedback.message.headline  # type: ignore[union-attr]


async def test_retiring_what_was_never_live_throws_the_draft_away(tutoring: World) -> None:
    await sends(tutoring)
    assert "thrown away" in notice(await tutoring.says("ada", "/bank retire onboarding", admin=True))
    assert "no packs" in notice(await tutoring.says("ada", "/bank packs", admin=True))


async def test_a_preview_shows_keys_and_reasons_question_by_question(tutoring: World) -> None:
    await sends(tutoring, document("First?", "Second?"))
    page = sheet(await tutoring.says("ada", "/bank preview onboarding", admin=True))
    assert page.lead == "First?"
    assert "✓ choice 0 (Because.)" in words(page)
    assert "Nobody ships on Fridays." in words(page)
    then = sheet(await presses(tutoring, "ada", page.buttons[0], admin=True))
    assert then.lead == "Second?"
    beyond = await tutoring.says("ada", "/bank preview onboarding 99", admin=True)
    assert notice(beyond) == "onboarding has 2 questions; there is no number 99."
    assert sheet(await presses(tutoring, "ada", beyond.message.buttons[0], admin=True)).lead == "First?"  # type: ignore[union-attr]


async def test_packs_are_for_admins_alone(tutoring: World) -> None:
    for said in ("packs", "add", "preview onboarding", "publish onboarding", "retire onboarding"):
        assert "Only admins" in notice(await tutoring.says("ben", f"/bank {said}"))
    files = {"file": upload("pack.yaml", document())}
    refused = await tutoring.desk.submit(tutoring.caller("ben"), "sf:pack", {"name": "x"}, files)
    assert "Only admins" in notice(refused)


async def test_a_bad_name_and_a_missing_file_are_told_in_the_form(tutoring: World) -> None:
    for name in ("", "../up", "Ünder", "a" * 17, "with space"):
        errors = (await sends(tutoring, name=name)).message
        assert isinstance(errors, FormErrors)
        assert list(errors.errors) == ["name"]
    ada = tutoring.caller("ada", admin=True)
    errors = (await tutoring.desk.submit(ada, "sf:pack", {"name": "onboarding"})).message
    assert isinstance(errors, FormErrors)
    assert list(errors.errors) == ["file"]


async def test_another_replica_notices_a_new_version_within_seconds(tutoring: World) -> None:
    tutor = tutoring.tutor
    other = FrontDesk(dataclasses.replace(tutor, holdings=Holdings(Holding.of(tutor.bank))))
    before = await other.command(tutoring.caller("ben"), "/quiz our deploys")
    await publishes(tutoring, "When do we ship?")
    tutoring.clock.forward(seconds=FRESH.total_seconds())
    after = await other.command(tutoring.caller("ben"), "/quiz our deploys 1")
    assert "do not know the topic" in notice(before)
    assert card(after).stem == "When do we ship?"


async def test_deeds_stand_in_the_log(tutoring: World) -> None:
    await publishes(tutoring)
    await tutoring.says("ada", "/bank retire onboarding", admin=True)
    log = words(sheet(await tutoring.says("ada", "/bank audit", admin=True)))
    for deed in ("bank add", "bank publish", "bank retire"):
        assert deed in log


async def test_a_place_has_a_bounded_number_of_packs(tutoring: World) -> None:
    for number in range(20):
        await sends(tutoring, name=f"pack-{number}")
    assert "20 packs already" in notice(await sends(tutoring, name="one-more"))
    assert "version" in sheet(await sends(tutoring, name="pack-3")).title


async def test_who_handed_a_pack_in_is_in_their_data_and_leaves_with_them(tutoring: World) -> None:
    await publishes(tutoring)
    data = json.loads(sheet(await tutoring.says("ada", "/mydata export")).files[0].data)
    assert [(row["name"], row["version"]) for row in data["packs"]] == [("onboarding", 1)]
    assert "source" not in data["packs"][0]
    await tutoring.says("ada", "/mydata delete for-good")
    (kept,) = await tutoring.tutor.store.read(lambda db: packs_of(db, 1))
    assert kept.added_by is None
    assert card(await tutoring.says("ben", "/quiz our deploys 1")).stem == "When do we ship?"


async def test_a_file_of_another_program_becomes_a_pack_and_says_what_was_lost(tutoring: World) -> None:
    text = b"Which?\nA. this\nB. that\nANSWER: B\n\nloose words\n"
    page = sheet(await sends(tutoring, text, file="our quiz.txt"))
    assert "1 question on 1 topic" in page.lead
    assert "Line 6: this is no question" in words(page)
    assert "some options had no reason" in words(page)
    await tutoring.says("ada", "/bank publish onboarding", admin=True)
    assert card(await tutoring.says("ben", "/quiz our quiz 1")).stem == "Which?"


async def test_a_file_that_cannot_be_opened_is_one_sentence(tutoring: World) -> None:
    assert "Send one .yaml file" in notice(await sends(tutoring, b"x", file="x.docx"))
    assert "cannot be read" in notice(await sends(tutoring, b"PK\x03\x04x", file="x.zip"))
    assert "larger than 2 MB" in notice(await sends(tutoring, b"x" * 2_000_001))
