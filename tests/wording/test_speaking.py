"""Languages as people meet them: one for a place, another one for whoever chose it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.commands.front import FrontDesk
from bot.messages import Feedback, Form, FormErrors, Leaderboard, Notice, QuestionCard, Reveal, Sheet, encode
from bot.messages.acts import AnswerRound, OpenForm, SubmitForm
from bot.model.people import Caller, Channel, Person
from tests.support.world import World, settings
from tests.tutor.test_together import a_week, announced, scheduled

SETTINGS = {"timezone": "UTC", "workdays": "0,1,2,3,4", "remind": "", "visible": "on"}


async def place_speaks(world: World, language: str) -> Notice:
    """An admin chooses the language of the place."""
    reply = await world.says("ada", f"/language {language}", "daily", admin=True)
    assert isinstance(reply.message, Notice)
    return reply.message


async def chooses(world: World, name: str, language: str, **more: str) -> Notice:
    """A learner chooses a language in the settings."""
    form = encode(SubmitForm("settings"))
    reply = await world.desk.submit(world.caller(name), form, {**SETTINGS, "language": language, **more})
    assert isinstance(reply.message, Notice), reply
    return reply.message


async def notice(world: World, name: str, text: str) -> str:
    message = (await world.says(name, text, "daily")).message
    assert isinstance(message, Notice), message
    return message.text


async def presses(world: World, name: str, round_id: int = 1) -> Feedback:
    """Somebody chooses the right options of a round."""
    for values in (["0"], ["0", "1"]):
        reply = await world.desk.click(world.caller(name, "daily"), encode(AnswerRound(round_id)), values)
        if isinstance(reply.message, Feedback):
            return reply.message
    raise AssertionError(reply)


async def test_a_place_that_speaks_german_posts_and_answers_in_german(tutoring: World) -> None:
    assert (await place_speaks(tutoring, "de")).text == "Gespeichert."
    await scheduled(tutoring)
    await tutoring.tick(hours=1)
    (card,) = [post.now for post in tutoring.messenger.in_channel("daily")]
    assert isinstance(card, QuestionCard)
    assert card.heading.startswith("Frage des Tages · Topic t")
    assert "Nur du siehst dein Ergebnis" in " ".join(card.notes)
    feedback = await presses(tutoring, "ben")
    assert feedback.headline.startswith("Richtig: ")
    assert "+10 Punkte" in feedback.notes
    await tutoring.tick(hours=4)
    (revealed,) = [p.now for p in tutoring.messenger.in_channel("daily") if isinstance(p.now, Reveal)]
    assert revealed.heading.startswith("Geschlossen · Topic t")


async def test_help_boards_and_refusals_are_german_there(tutoring: World) -> None:
    await place_speaks(tutoring, "de")
    page = (await tutoring.says("ben", "/help", "daily")).message
    board = (await tutoring.says("ben", "/leaderboard", "daily")).message
    assert isinstance(page, Sheet)
    assert page.title == "Was ich kann"
    assert page.sections[0].lines[0].endswith(": Für dich allein üben: ein paar Fragen zu einem Thema")
    assert isinstance(board, Leaderboard)
    assert board.title == "Rangliste · diese Woche"
    assert board.period == "16. bis 22. November 2026"
    assert (await notice(tutoring, "ben", "/quiz zzzz")).startswith("Ich kenne das Thema „zzzz“ nicht.")
    assert (await notice(tutoring, "ben", "/goal 5")).startswith("Das können hier nur Admins.")
    missing = await notice(tutoring, "ben", "/exam set")
    assert missing.startswith("Es fehlt etwas: dva oder saa. So geht es: /exam set <exam>")


async def test_the_weekly_board_of_a_german_place_is_german(tutoring: World) -> None:
    await place_speaks(tutoring, "de")
    await scheduled(tutoring)
    await tutoring.says("ada", "/goal 12", "daily", admin=True)
    await a_week(tutoring, 1, {"ben": 5, "cleo": 2, "dan": 1})
    (board,) = announced(tutoring)
    assert board.title == "Rangliste · letzte Woche"
    assert board.pictures[0].alt.startswith("Das Podium: 1. ben mit 50 Punkten; 2. cleo mit")
    notes = " ".join(board.notes)
    assert "3 Personen, 15 Antworten, 53 % richtig." in notes
    assert "Teamziel erreicht: 15 von 12 Antworten." in notes
    assert "Thema dieser Woche: Topic t" in notes


async def test_two_people_in_one_channel_are_answered_in_different_languages(tutoring: World) -> None:
    assert (await chooses(tutoring, "ben", "de")).text == "Gespeichert."
    await scheduled(tutoring)
    await tutoring.tick(hours=1)
    (card,) = [post.now for post in tutoring.messenger.in_channel("daily")]
    assert isinstance(card, QuestionCard)
    assert card.heading.startswith("Daily question · ")
    german, english = await presses(tutoring, "ben"), await presses(tutoring, "cleo")
    assert "+10 Punkte" in german.notes
    assert "+10 points" in english.notes
    assert [reason.why for reason in german.reasons] == [reason.why for reason in english.reasons]


async def test_a_learner_may_keep_english_in_a_german_place_and_go_back(tutoring: World) -> None:
    await place_speaks(tutoring, "de")
    await chooses(tutoring, "cleo", "en")
    assert (await notice(tutoring, "cleo", "/unlink")).startswith("This account is not linked")
    assert (await notice(tutoring, "ben", "/unlink")).startswith("Dieses Konto ist mit keinem anderen")
    await chooses(tutoring, "cleo", "")
    assert (await notice(tutoring, "cleo", "/unlink")).startswith("Dieses Konto")


async def test_other_places_stay_english(tutoring: World) -> None:
    await place_speaks(tutoring, "de")
    stranger = Caller(Person("test", "elsewhere", "U-eve", "eve"), Channel("test", "elsewhere", "c"), "req")
    await tutoring.says("ben", "/help", "daily")
    reply = await tutoring.desk.command(stranger, "/unlink")
    assert isinstance(reply.message, Notice)
    assert reply.message.text.startswith("This account is not linked")
    greeted = await tutoring.desk.joined(stranger, Channel("test", "elsewhere", "new"), "new")
    german = await tutoring.desk.joined(tutoring.caller("ada"), Channel("test", "team", "new"), "new")
    assert isinstance(greeted.message, Notice)
    assert isinstance(german.message, Notice)
    assert greeted.message.text.startswith("Hello! I am Cloudlark.")
    assert german.message.text.startswith("Hallo! Ich bin Cloudlark.")


async def test_forms_and_what_is_wrong_with_them_are_german(tutoring: World) -> None:
    await chooses(tutoring, "ben", "de")
    opened = await tutoring.desk.click(tutoring.caller("ben"), encode(OpenForm("settings")))
    assert isinstance(opened.message, Form)
    assert (opened.message.title, opened.message.submit_label) == ("Deine Einstellungen", "Speichern")
    form = encode(SubmitForm("settings"))
    wrong = {**SETTINGS, "language": "de", "timezone": "Mars/Base"}
    reply = await tutoring.desk.submit(tutoring.caller("ben"), form, wrong)
    assert isinstance(reply.message, FormErrors)
    assert reply.message.errors["timezone"].startswith("„Mars/Base“ ist keine Zeitzone")


async def test_a_reminder_comes_in_the_language_of_the_learner(tutoring: World) -> None:
    await scheduled(tutoring)
    await tutoring.tick(hours=1)
    await chooses(tutoring, "ben", "de", remind="9")
    await presses(tutoring, "ben")
    for _ in range(20):
        await tutoring.tick(hours=24)
    notes = [post.message for post in tutoring.messenger.posts if post.person and post.person.name == "ben"]
    assert notes, "nothing came due"
    assert isinstance(notes[0], Notice)
    assert "heute wiederholt werden" in notes[0].text
    assert notes[0].buttons[0].label == "Wiederholen"


async def test_who_made_a_schedule_hears_in_german_why_it_pauses(tutoring: World) -> None:
    await place_speaks(tutoring, "de")
    await scheduled(tutoring)
    await tutoring.desk.left(Channel("test", "team", "daily"), "This channel is archived.")
    await tutoring.tick(seconds=1)
    (note,) = [post.message for post in tutoring.messenger.posts if post.person]
    assert isinstance(note, Notice)
    assert note.text.startswith(
        "Ich habe die Zeitpläne 1 und 2 angehalten: Dieser Channel ist archiviert. Bring"
    )


async def test_a_reason_with_a_name_in_it_is_german_too(tutoring: World) -> None:
    await place_speaks(tutoring, "de")
    await scheduled(tutoring)
    deleted = "The channel #{name} was deleted."
    await tutoring.desk.left(Channel("test", "team", "daily"), deleted, "täglich {frage}")
    await tutoring.tick(seconds=1)
    listed = (await tutoring.says("ada", "/schedule list", "daily", admin=True)).message
    assert isinstance(listed, Sheet)
    assert listed.sections[0].lines[0] == "1: Der Channel #täglich {frage} wurde gelöscht."


async def test_the_desk_says_in_which_language_it_answers_somebody(tutoring: World) -> None:
    ben, stranger = tutoring.caller("ben").person, tutoring.caller("nobody").person
    assert await tutoring.desk.language(stranger) == "en"
    await place_speaks(tutoring, "de")
    assert [await tutoring.desk.language(each) for each in (ben, stranger)] == ["de", "de"]
    await chooses(tutoring, "ben", "en")
    assert [await tutoring.desk.language(each) for each in (ben, stranger)] == ["en", "de"]


async def test_an_answer_says_in_which_language_it_is_written(tutoring: World) -> None:
    assert (await tutoring.says("ben", "/help", "daily")).language == "en"
    await chooses(tutoring, "ben", "de")
    assert (await tutoring.says("ben", "/help", "daily")).language == "de"
    assert (await tutoring.says("cleo", "/help", "daily")).language == "en"


async def test_who_is_too_fast_hears_so_in_their_language(tutoring: World) -> None:
    await place_speaks(tutoring, "de")
    strict = FrontDesk(replace(tutoring.tutor, settings=settings(CLOUDLARK_PERSON_ACTIONS="1")))
    said = [await strict.command(tutoring.caller("ben", "daily"), "/help") for _each in range(2)]
    assert [reply.language for reply in said] == ["de", "de"]
    assert isinstance(said[1].message, Notice)
    assert said[1].message.text.startswith("Das war viel auf einmal")


async def test_an_answer_does_not_fail_for_want_of_its_language(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(tutor: object, person: object) -> str:
        raise RuntimeError("no such table")

    monkeypatch.setattr("bot.commands.front.language_of", broken)
    assert await tutoring.desk.language(tutoring.caller("ben").person) is None
