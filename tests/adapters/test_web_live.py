"""The local chat as its page experiences it, over a real WebSocket."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from bot.commands.command import ParameterKind
from bot.messages.acts import OpenForm, ShowPractice
from bot.messages.codec import encode
from tests.adapters.web_rig import DAILY, running
from tests.fakes import web_messages as say
from tests.fakes.web_desk import button_id
from tests.fakes.web_page import again, connect_as, knock, page


async def test_people_talk_to_each_other(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada, page(program, "Bob") as bob:
        await ada.say("general", "Good morning")
        heard = await bob.heard(lambda frame: frame["is"] == "message")
        assert heard["message"]["body"] == {"kind": "text", "text": "Good morning"}
        assert heard["message"]["author"] == ada.person["id"]
        assert heard["message"]["private"] is False
        assert program.desk.named("said") == []


async def test_the_tutor_hears_direct_messages_and_mentions(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        direct = f"dm-{ada.person['id']}"
        await ada.say(direct, "what is dax?")
        await ada.say("general", "Hm, @Cloudlark: what is dax?")
        texts = [text for _, text in program.desk.named("said")]
        assert texts == ["what is dax?", "Hm, what is dax?"]
        callers = [caller for caller, _ in program.desk.named("said")]
        assert callers[0].channel is None
        assert callers[1].channel is not None
        assert callers[1].channel.id == "general"
        assert [m["author"] for m in await ada.messages(direct)] == [ada.person["id"], "cloudlark"]


async def test_a_command_in_a_channel_is_answered_privately_and_not_shown_to_others(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada, page(program, "Bob") as bob:
        done = await ada.say("general", "/quiz ddb 3")
        (shown,) = await ada.messages("general")
        assert shown["id"] == done["message"]
        assert (shown["private"], shown["prompt"]) == (True, "/quiz ddb 3")
        assert await bob.messages("general") == []
        assert program.desk.named("command")[0][1] == "/quiz ddb 3"


async def test_a_public_answer_is_seen_by_all(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada, page(program, "Bob") as bob:
        await ada.say("general", "/leaderboard all")
        (shown,) = await bob.messages("general")
        assert (shown["private"], shown["asker"]) == (False, ada.person["id"])


async def test_an_answer_gets_a_private_verdict_that_a_second_click_does_not_double(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada, page(program, "Bob") as bob:
        card = say.question()
        ref = await program.adapter.messenger.post(DAILY, card, nonce="r1")
        first = await ada.ask("click", message=ref.id, button=button_id(card, 0))
        second = await ada.ask("click", message=ref.id, button=button_id(card, 1))
        assert first["message"] == second["message"]
        question, verdict = await ada.messages("aws-daily")
        assert (verdict["anchor"], verdict["private"]) == (question["id"], True)
        assert verdict["body"]["verdict"] == "wrong"
        assert verdict["body"]["notes"] == ["Your first answer counts."]
        assert [m["id"] for m in await bob.messages("aws-daily")] == [ref.id]


async def test_several_picks_arrive_as_values(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        ref = await program.adapter.messenger.post(DAILY, say.choose_two(), nonce="r2")
        await ada.ask("click", message=ref.id, button="ar:2", values=["0", "3"])
        assert program.desk.named("click")[0][1] == ("ar:2", ("0", "3"))


async def test_practice_goes_on_in_the_place_of_its_own_message(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        done = await ada.say("general", "/quiz ddb 3")
        verdict = await ada.ask("click", message=done["message"], button=button_id(say.practice(0), 1))
        following = await ada.ask("click", message=done["message"], button=encode(ShowPractice(7, 1)))
        assert verdict["message"] == following["message"] == done["message"]
        (shown,) = await ada.messages("general")
        assert shown["body"]["progress"] == [2, 3]


async def test_private_answers_are_still_there_after_a_reload(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        card = say.question()
        ref = await program.adapter.messenger.post(DAILY, card, nonce="r1")
        await ada.ask("click", message=ref.id, button=button_id(card, 0))
        async with again(program, ada.person, ada.http) as reloaded:
            kinds = [m["body"]["kind"] for m in await reloaded.messages("aws-daily")]
            assert kinds == ["question", "feedback"]


async def test_a_button_of_an_older_program_gets_an_answer(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        ref = await program.adapter.messenger.post(DAILY, say.question(), nonce="r1")
        done = await ada.ask("click", message=ref.id, button="zz:old")
        assert "message" in done
        gone = await ada.ask("click", message="999999", button="ar:1:0")
        assert gone["error"] == "That message is not there any more: reload the page."


async def test_nobody_presses_what_they_cannot_see(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada, page(program, "Bob") as bob:
        done = await ada.say("general", "/quiz ddb 3")
        pressed = await bob.ask("click", message=done["message"], button="ap:7:0:0")
        assert "error" in pressed
        spied = await bob.ask("history", place=f"dm-{ada.person['id']}")
        assert spied["error"] == "That channel does not exist: pick one from the list."


async def test_a_form_opens_says_what_is_wrong_and_is_saved(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        opened = await ada.say("general", "/settings")
        form = opened["form"]
        assert form["id"] == "sf:settings"
        wrong = await ada.ask("submit", form=form["id"], values={"zone": "nonsense"}, place=opened["place"])
        assert wrong["errors"] == {"zone": "That is no time zone: try Europe/Vienna."}
        right = {"zone": "Europe/Vienna", "reminder": "on"}
        saved = await ada.ask("submit", form=form["id"], values=right, place=opened["place"])
        (shown,) = await ada.messages("general")
        assert saved["message"] == shown["id"]
        assert shown["body"]["text"] == "Saved."
        assert program_forms(program.desk.named("submit")) == ["sf:settings", "sf:settings"]


async def test_a_form_from_a_button_is_answered_below_that_message(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        ref = await program.adapter.messenger.post(DAILY, say.question(), nonce="r1")
        opened = await ada.ask("click", message=ref.id, button=encode(OpenForm("report", "1")))
        assert opened["message"] == ref.id
        await ada.ask("submit", form=opened["form"]["id"], values={"zone": "a/b"}, message=ref.id)
        _, thanks = await ada.messages("aws-daily")
        assert thanks["anchor"] == ref.id


async def test_what_is_typed_twice_with_one_key_is_one_message(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        for _ in range(2):
            await ada.ask("say", place="general", text="once @cloudlark", key="same")
        assert len(program.desk.named("said")) == 1
        assert [m["key"] for m in await ada.messages("general") if m["author"] != "cloudlark"] == ["same"]


async def test_threads_hang_below_their_message(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada, page(program, "Bob") as bob:
        ref = await program.adapter.messenger.post(DAILY, say.question(), nonce="r1")
        await program.adapter.messenger.post(DAILY, say.explanation(), nonce="e1", thread=ref)
        await ada.say("aws-daily", "Thank you", thread=ref.id)
        replies = (await bob.ask("thread", message=ref.id))["messages"]
        assert [m["body"]["kind"] for m in replies] == ["explanation", "text"]
        (root,) = await bob.messages("aws-daily")
        assert root["replies"] == 2


async def test_a_page_that_was_away_catches_up_by_the_count_of_changes(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        ref = await program.adapter.messenger.post(DAILY, say.question(answered=0), nonce="r1")
        known = (await ada.heard(lambda frame: frame["is"] == "message"))["message"]["change"]
        await ada.close()
        await program.adapter.messenger.edit(ref, say.question(answered=1))
        await program.adapter.messenger.post(DAILY, say.board(), nonce="b1")
        async with again(program, ada.person, ada.http, after=known) as back:
            missed = back.welcome["missed"]
            assert [m["body"]["kind"] for m in missed] == ["question", "board"]
            assert missed[0]["body"]["answered"] == 1
        async with again(program, ada.person, ada.http, after=10_000) as lost:
            assert lost.welcome["missed"] is None


async def test_a_new_channel_is_greeted_by_the_tutor(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada, page(program, "Bob") as bob:
        assert (await ada.ask("open", name="#AWS Evening"))["place"] == "aws-evening"
        heard = await bob.heard(lambda frame: frame["is"] == "place")
        assert heard["place"]["id"] == "aws-evening"
        assert [m["body"]["text"] for m in await bob.messages("aws-evening")] == ["Hello #aws-evening."]
        await ada.ask("open", name="aws-evening")
        assert len(program.desk.named("joined")) == 1
        assert "letters, digits and hyphens" in (await ada.ask("open", name="a/b"))["error"]


async def test_the_tutor_learns_the_time_zone_from_the_browser(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        (caller, _), *others = program.desk.named("renamed")
        assert (caller.person.timezone, caller.person.locale) == ("Europe/Vienna", "de-AT")
        assert others == []
        await ada.say("general", "/progress")
        assert program.desk.named("command")[0][0].person.timezone == "Europe/Vienna"
        async with again(program, ada.person, ada.http, timezone="Mars/Olympus"):
            assert len(program.desk.named("renamed")) == 1


async def test_a_new_name_is_known_to_all_at_once(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada, page(program, "Bob") as bob:
        assert "goes by that name" in (await ada.ask("rename", name="bob"))["error"]
        await ada.ask("rename", name="Ada L.")
        await bob.heard(lambda frame: frame["is"] == "person" and frame["person"]["name"] == "Ada L.")
        await ada.say("general", "/progress")
        assert program.desk.named("command")[0][0].person.name == "Ada L."


async def test_presence_follows_the_pages(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        async with page(program, "Bob") as bob:
            both = {ada.person["id"], bob.person["id"]}
            await ada.heard(lambda frame: frame["is"] == "here" and set(frame["people"]) == both)
        alone = {"is": "here", "people": [ada.person["id"]]}
        await ada.heard(lambda _: [frame for frame in ada.frames if frame["is"] == "here"][-1] == alone)


async def test_commands_topics_and_the_own_page_are_served(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        assert ada.welcome["commands"][0]["name"] == "quiz"
        found = await ada.ask("complete", kind=ParameterKind.TOPIC.value, typed="d")
        assert [option["value"] for option in found["options"]] == ["dynamodb", "dax"]
        assert (await ada.ask("complete", kind="nonsense"))["options"] == []
        home = await ada.ask("home")
        assert home["body"]["kind"] == "sheet"
        pressed = await ada.ask("click", button="rc:quiz")
        assert pressed["place"] == f"dm-{ada.person['id']}"


async def test_every_failure_is_said_in_words(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        assert (await ada.say("general", "   "))["error"] == "Type something first."
        assert "at most 4,000 characters" in (await ada.say("general", "x" * 4001))["error"]
        assert (await ada.say("nowhere", "hello"))["error"].startswith("That channel does not exist")
        program.desk.failing = True
        assert (await ada.say("general", "/quiz"))["error"].startswith("Something went wrong")
        await ada.send("not json")
        bad = await ada.heard(lambda frame: frame["is"] == "done")
        assert bad["error"] == "The chat could not read what this page sent: reload the page."
        await ada.send('{"do": "say", "text": "' + "x" * 40_000 + '"}')
        assert await ada.heard(lambda frame: "too long" in frame.get("error", ""))


async def test_a_journal_that_fails_is_said_and_reported(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        journal = program.adapter._journal
        assert journal._db is not None
        await journal._db.execute("PRAGMA query_only = ON")
        assert (await ada.say("general", "hello"))["error"].startswith("The chat could not write that down")
        assert program.adapter.trouble().startswith("The local chat cannot write its journal")
        await journal._db.execute("PRAGMA query_only = OFF")
        assert "error" not in await ada.say("general", "hello")
        assert program.adapter.trouble() == ""


async def test_a_page_from_elsewhere_gets_no_line(tmp_path: Path) -> None:
    async with running(tmp_path) as program, httpx.AsyncClient(base_url=program.address) as http:
        person = (await knock(program, "Ada", http)).json()
        with pytest.raises(InvalidStatus):
            await connect_as(program, person, http, origin="https://evil.example")


async def test_without_the_cookie_nobody_is_somebody(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        stranger = httpx.AsyncClient(base_url=program.address)
        async with stranger, connect_as(program, ada.person, stranger) as socket:
            assert "enter again" in str(await socket.recv())
            with pytest.raises(ConnectionClosed) as closed:
                await socket.recv()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4401


async def test_what_was_asked_is_finished_even_when_the_page_closes(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada, page(program, "Bob") as bob:
        card = say.question()
        ref = await program.adapter.messenger.post(DAILY, card, nonce="r1")
        await ada.send({"do": "click", "message": ref.id, "button": button_id(card, 1), "request": "x"})
        await ada.close()
        await asyncio.wait_for(program.desk.answered.wait(), 5)
        assert [m["id"] for m in await bob.messages("aws-daily")] == [ref.id]


async def test_files_are_handed_to_those_who_may_see_their_message(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada, page(program, "Bob") as bob:
        done = await ada.say("general", "/progress")
        (message,) = await ada.messages("general")
        picture, table = message["body"]["pictures"][0], message["body"]["files"][0]
        address = f"/chat/files/{done['message']}"
        shown = await ada.http.get(f"{address}/{picture['file']}?as={ada.person['id']}")
        assert (shown.headers["content-type"], shown.content[:4]) == ("image/png", b"\x89PNG")
        assert shown.headers["content-disposition"].startswith("inline")
        assert "sandbox" in shown.headers["content-security-policy"]
        kept = await ada.http.get(f"{address}/{table['file']}?as={ada.person['id']}")
        assert kept.headers["content-disposition"] == "attachment; filename*=UTF-8''missed.csv"
        assert (await bob.http.get(f"{address}/{picture['file']}?as={bob.person['id']}")).status_code == 404
        assert (await bob.http.get(f"{address}/{picture['file']}?as={ada.person['id']}")).status_code == 404
        home = (await ada.ask("home"))["body"]["pictures"][0]["file"]
        assert (await ada.http.get(f"/chat/files/home/{home}?as={ada.person['id']}")).is_success


def program_forms(submitted: list[tuple[object, object]]) -> list[str]:
    """The ids of the forms that were handed in."""
    return [given[0] for _, given in submitted]  # type: ignore[index]


async def test_people_are_mentioned_by_name_and_commands_get_their_ids(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada, page(program, "Ada Byron") as byron:
        await ada.say("general", "/admin @ada byron")
        await ada.say("general", "/admin @Ada")
        texts = [text for _, text in program.desk.named("command")]
        assert texts == [f"/admin @{byron.person['id']}", f"/admin @{ada.person['id']}"]
        shown = (await ada.messages("general"))[0]
        assert shown["prompt"] == "/admin @ada byron"


async def test_a_page_is_greeted_in_the_language_of_its_person(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        assert (ada.welcome["language"], ada.welcome["words"]) == ("en", {})
        program.desk.spoken = "de"
        async with page(program, "Bob") as bob:
            assert bob.welcome["language"] == "de"
            assert bob.welcome["words"]["My page"] == "Meine Seite"
            assert bob.welcome["words"]["{n} reply"] == ["{n} Antwort", "{n} Antworten"]
            done = await bob.ask("history", place="nowhere", before=0)
            assert done["error"].startswith("Diesen Channel gibt es nicht")
            done = await bob.ask("rename", name="!")
            assert done["error"] == "Gib einen Namen mit mindestens einem Buchstaben ein."


async def test_a_page_is_told_when_its_person_is_answered_in_another_language(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        await ada.say("general", "/quiz")
        assert [frame for frame in ada.frames if frame["is"] == "language"] == []
        program.desk.spoken = "de"
        await ada.say("general", "/settings")
        assert (await ada.heard(lambda frame: frame["is"] == "language"))["language"] == "de"
        done = await ada.ask("rename", name="")
        assert done["error"].startswith("Gib einen Namen")


async def test_the_page_and_its_door_speak_as_their_place_does(tmp_path: Path) -> None:
    async with running(tmp_path) as program, httpx.AsyncClient(base_url=program.address) as http:
        english = await http.get("/")
        program.desk.spoken = "de"
        german = await http.get("/", headers={"If-None-Match": english.headers["ETag"]})
        assert (english.status_code, german.status_code) == (200, 200)
        assert '<html lang="en">' in english.text
        assert '<html lang="de">' in german.text
        assert "Wer bist du?" in german.text
        assert "$" not in german.text.split("<body>")[1]
        again_ = await http.get("/", headers={"If-None-Match": german.headers["ETag"]})
        assert again_.status_code == 304
        assert (await knock(program, "?", http)).json()["error"].startswith("Gib einen Namen")
