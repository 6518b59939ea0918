"""People on Discord and the adapter, as dialogues against the fake platform."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from bot.messages import (
    Button,
    Feedback,
    File,
    Notice,
    OptionReason,
    QuestionCard,
    Reply,
    Section,
    Sheet,
    Verdict,
)
from bot.messages.acts import AnswerPractice
from tests.adapters.discord_desk import CARD, FORM, Stage, stage, until
from tests.fakes.discord.interactions import MESSAGE, THINKING, UPDATE, UPDATE_LATER
from tests.fakes.discord.people import NoAnswerError, choices, is_ephemeral, labels, text_of, walk
from tests.fakes.discord.world import MANAGE_GUILD

FEEDBACK = Feedback(
    Verdict.RIGHT,
    "Right: A it is.",
    "Which service stores objects?",
    (OptionReason("A", "Amazon S3", True, "It stores objects.", picked=True),),
    "S3 is the object store.",
)
TWO_OF = QuestionCard(
    heading="Practice",
    stem="Choose two.",
    options=CARD.options,
    picks=2,
    answer=AnswerPractice(3, 0),
)


@pytest.fixture
async def at():
    async with stage() as ready:
        yield ready


async def post(at: Stage, message=CARD):
    """A message in the channel, posted by the tutor."""
    await at.adapter.messenger.post(at.place, message, nonce="cloudlark-1")
    return at.fake.posts_in(at.channel)[-1]


async def test_a_click_is_answered_privately_with_the_first_response(at: Stage) -> None:
    at.desk.replies["click"] = Reply(FEEDBACK)
    ada = at.fake.person()
    shown = await ada.click(await post(at), "A")
    caller, button, values = at.desk.last("click")
    assert (button, values) == ("ar:7:2", ())
    assert (caller.person.id, caller.channel) == (str(ada.user.id), at.place)
    assert shown.kind == MESSAGE
    assert is_ephemeral(shown.message)
    assert "Right: A it is." in text_of(shown.message)
    assert not shown.followups


async def test_a_press_comes_through_its_item_once_and_without_one_is_heard_all_the_same(at: Stage) -> None:
    question = await post(at)
    heard = {True: 0, False: 0}
    answer = at.adapter._interactions._answer

    async def counted(interaction):
        heard["pressed" in interaction.extras] += 1
        await answer(interaction)

    at.adapter._interactions._answer = counted
    await at.fake.person().click(question, "A")
    assert heard == {True: 1, False: 0}
    button = next(c for c in walk(question["components"]) if c.get("label") == "A")
    await at.fake.person()._press({**question, "components": []}, button, {})
    assert heard == {True: 1, False: 1}


async def test_a_button_works_after_a_restart(at: Stage) -> None:
    question = await post(at)
    await at.restart()
    await at.fake.person().click(question, "B")
    assert at.desk.last("click")[1] == "ar:7:0"


async def test_a_private_answer_is_replaced_in_place(at: Stage) -> None:
    at.desk.replies["quiz"] = Reply(CARD)
    at.desk.replies["click"] = Reply(FEEDBACK, replace=True)
    ada = at.fake.person()
    first = await ada.command(at.channel, "quiz")
    second = await ada.click(first.message, "A")
    assert second.kind == UPDATE
    assert second.message is first.message


async def test_a_reply_does_not_replace_the_question_in_the_channel(at: Stage) -> None:
    at.desk.replies["click"] = Reply(FEEDBACK, replace=True)
    question = await post(at)
    shown = await at.fake.person().click(question, "A")
    assert shown.kind == MESSAGE
    assert "Which service stores objects?" in text_of(question)


async def test_a_multiple_response_hands_in_its_picks_by_position(at: Stage) -> None:
    at.desk.replies["quiz"] = Reply(TWO_OF)
    ada = at.fake.person()
    card = await ada.command(at.channel, "quiz")
    assert list(choices(card.message)) == ["A", "B", "C"]
    await ada.pick(card.message, "A", "C")
    assert at.desk.last("click")[1:] == ("ap:3:0", ("2", "1"))


async def test_a_command_arrives_with_its_arguments(at: Stage) -> None:
    await at.fake.person().command(at.channel, "quiz", topic="dynamodb", count=5)
    assert at.desk.last("invoke")[1:] == ("quiz", {"topic": "dynamodb", "count": 5})


async def test_a_subcommand_arrives_as_two_words_and_its_user_is_trusted(at: Stage) -> None:
    await at.fake.person().command(at.channel, "schedule add", time="09:30")
    caller, name, arguments = at.desk.last("invoke")
    assert (name, arguments, caller.person.admin) == ("schedule add", {"time": "09:30"}, True)


async def test_whom_a_server_lets_use_an_admin_command_may_finish_what_it_began(at: Stage) -> None:
    at.desk.replies["invoke"] = Reply(FORM)
    helper = at.fake.person()
    await helper.fill(await helper.command(at.channel, "schedule add", time="09:30"))
    assert at.desk.last("submit")[0].person.admin
    elsewhere = at.fake.world.add_channel(await at.fake.invite("Other team", "general"))
    await helper.command(elsewhere, "settings")
    assert not at.desk.last("invoke")[0].person.admin
    at.clock.ahead = dt.timedelta(minutes=16)
    await helper.command(at.channel, "settings")
    assert not at.desk.last("invoke")[0].person.admin


async def test_who_manages_the_server_is_an_admin_everywhere_in_it(at: Stage) -> None:
    await at.fake.person(permissions=MANAGE_GUILD).command(at.channel, "settings")
    assert at.desk.last("invoke")[0].person.admin
    await at.fake.person().command(at.channel, "settings")
    assert not at.desk.last("invoke")[0].person.admin


async def test_typing_offers_at_most_25_completions(at: Stage) -> None:
    found = await at.fake.person().type(at.channel, "quiz", "topic", "dyn")
    assert len(found) == 25
    assert found[0] == {"name": "dyn 0", "value": "topic-0"}


async def test_a_slow_answer_shows_thinking_and_then_itself(at: Stage) -> None:
    at.desk.delay = 2.1
    shown = await at.fake.person().command(at.channel, "quiz")
    assert shown.kind == THINKING
    assert 1.5 < shown.seconds < 2.5
    assert is_ephemeral(shown.message)
    assert "Done: invoke quiz" in text_of(shown.message)


async def test_a_slow_answer_to_a_private_message_replaces_it(at: Stage) -> None:
    at.desk.replies["quiz"] = Reply(CARD)
    at.desk.replies["click"] = Reply(FEEDBACK, replace=True)
    ada = at.fake.person()
    first = await ada.command(at.channel, "quiz")
    at.desk.delay = 2.1
    second = await ada.click(first.message, "A")
    assert second.kind == UPDATE_LATER
    assert "Right: A it is." in text_of(first.message)


async def test_a_long_answer_continues_on_further_private_pages(at: Stage) -> None:
    lines = tuple(f"Line {n} of a very long page of help for everybody." for n in range(200))
    at.desk.replies["quiz"] = Reply(Sheet("Help", sections=(Section(lines=lines),)))
    shown = await at.fake.person().command(at.channel, "quiz")
    await until(lambda: any(lines[-1] in text_of(page) for page in shown.followups))
    pages = [shown.message, *shown.followups]
    assert all(is_ephemeral(page) for page in pages)
    assert all(any(line in text_of(page) for page in pages) for line in lines)


async def test_a_public_reply_is_public(at: Stage) -> None:
    at.desk.replies["leaderboard"] = Reply(Notice("The board"), private=False)
    shown = await at.fake.person().command(at.channel, "leaderboard")
    assert not is_ephemeral(shown.message)


async def test_direct_messages_are_answered_visibly_and_without_a_channel(at: Stage) -> None:
    ada = at.fake.person()
    shown = await ada.command(at.fake.world.direct_channel(ada.user), "quiz")
    assert not is_ephemeral(shown.message)
    caller = at.desk.last("invoke")[0]
    assert caller.channel is None
    assert caller.community == str(ada.user.id)


async def test_a_person_is_the_same_in_every_server_and_in_direct_messages(at: Stage) -> None:
    ada = at.fake.person()
    other = at.fake.world.add_channel(await at.fake.invite("Other team", "general"))
    people = []
    for channel in (at.channel, other, at.fake.world.direct_channel(ada.user)):
        await ada.command(channel, "settings")
        person = at.desk.last("invoke")[0].person
        people.append((person.platform, person.community, person.id))
    assert len(set(people)) == 1


async def test_where_only_a_person_brought_the_tutor_it_never_speaks_to_the_channel(at: Stage) -> None:
    at.desk.replies["leaderboard"] = Reply(Notice("The board"), private=False)
    shown = await at.fake.person(brought_along=True).command(at.channel, "leaderboard")
    assert is_ephemeral(shown.message)
    assert at.desk.last("invoke")[0].channel is None


async def test_words_in_a_direct_message_are_answered_once(at: Stage) -> None:
    at.desk.replies["said"] = Reply(Notice("I can quiz you."))
    ada = at.fake.person()
    await ada.write("hello there")
    caller, text = await at.desk.until("said")
    assert (caller.channel, text) == (None, "hello there")
    direct = at.fake.world.direct_channel(ada.user)
    await until(lambda: at.fake.posts_in(direct))
    assert "I can quiz you." in text_of(at.fake.posts_in(direct)[0])


async def test_a_broken_promise_of_the_core_becomes_an_apology(at: Stage) -> None:
    at.desk.broken = True
    shown = await at.fake.person().command(at.channel, "quiz")
    assert "try again" in text_of(shown.message)


async def test_a_first_response_that_fails_once_is_repeated_in_time(at: Stage) -> None:
    at.fake.rest.faults.plan("callback", 502)
    shown = await at.fake.person().command(at.channel, "quiz")
    assert shown.seconds < 3


async def test_a_response_that_arrived_although_its_answer_was_lost_is_not_repeated(at: Stage) -> None:
    at.fake.rest.faults.plan("callback", 502, after_effect=True)
    shown = await at.fake.person().command(at.channel, "quiz")
    assert "Done: invoke quiz" in text_of(shown.message)
    assert not shown.followups


async def test_an_interaction_that_discord_gave_up_on_is_only_noted(at: Stage) -> None:
    at.fake.interactions._seconds = 0.0
    with pytest.raises(NoAnswerError):
        await at.fake.person().command(at.channel, "quiz")
    at.fake.interactions._seconds = 3.0
    assert (await at.fake.person().command(at.channel, "quiz")).kind == MESSAGE


async def test_answers_on_their_way_are_finished_before_stopping(at: Stage) -> None:
    at.desk.delay = 0.5
    pending = asyncio.create_task(at.fake.person().command(at.channel, "quiz"))
    await at.desk.until("invoke")
    await at.adapter.stop()
    assert "Done" in text_of((await pending).message)


async def test_repeated_buttons_stay_apart_and_mean_the_same(at: Stage) -> None:
    act = AnswerPractice(3, 1)
    at.desk.replies["quiz"] = Reply(Notice("Where to?", buttons=(Button("First", act), Button("Last", act))))
    ada = at.fake.person()
    card = await ada.command(at.channel, "quiz")
    assert labels(card.message) == ["First", "Last"]
    for label in ("First", "Last"):
        await ada.click(card.message, label)
        assert at.desk.last("click")[1] == "ap:3:1"


async def test_many_buttons_become_menus_that_press_them(at: Stage) -> None:
    buttons = tuple(Button(f"Question {n}", AnswerPractice(3, n)) for n in range(65))
    at.desk.replies["quiz"] = Reply(Notice("All questions", buttons=buttons))
    ada = at.fake.person()
    card = await ada.command(at.channel, "quiz")
    assert len(list(choices(card.message))) == 65
    await ada.pick(card.message, "Question 13")
    assert at.desk.last("click")[1:] == ("ap:3:13", ())


async def test_a_file_that_is_too_large_for_discord_is_named_instead(at: Stage) -> None:
    files = (
        File("small.json", b"{}", "application/json"),
        File("large.json", b"x" * 10_500_000, "application/json"),
    )
    at.desk.replies["settings"] = Reply(Sheet("Your data", files=files))
    shown = await at.fake.person().command(at.channel, "settings")
    assert [attachment["filename"] for attachment in shown.message["attachments"]] == ["small.json"]
    assert "large.json is larger than the 10 MB" in text_of(shown.message)
