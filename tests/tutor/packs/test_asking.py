"""Packs in what the clock does: rounds, their reveal, nights; and in what follows from answers."""

from __future__ import annotations

from bot.commands.command import ParameterKind
from bot.messages import QuestionCard, Reveal, encode
from bot.messages.acts import AnswerRound
from bot.messages.sheets import Leaderboard
from bot.model.people import Caller, Channel, Person
from tests.support.world import World
from tests.tutor.packs.dialogue import card, notice, publishes, sheet, words

TOPIC = ParameterKind.TOPIC
FORM = {"time": "09:00", "timezone": "UTC", "weekdays": "0,1,2,3,4", "window": "240"}


async def scheduled(world: World, questions: str) -> None:
    """An admin makes a schedule in #daily."""
    admin = world.caller("ada", "daily", admin=True)
    reply = await world.desk.submit(admin, "sf:schedule:daily", {**FORM, "questions": questions})
    assert "is on" in notice(reply)


async def test_a_schedule_asks_a_pack_and_reveals_it(tutoring: World) -> None:
    await publishes(tutoring, "When do we ship?")
    await scheduled(tutoring, "our deploys")
    await tutoring.tick(hours=1)
    (post,) = tutoring.messenger.in_channel("daily")
    assert isinstance(post.message, QuestionCard)
    assert post.message.stem == "When do we ship?"
    await tutoring.desk.click(tutoring.caller("ben", "daily"), encode(AnswerRound(1, 0)))
    await tutoring.tick(hours=4)
    assert isinstance(post.now, Reveal)
    assert (post.now.answered, post.now.right) == (1, 1)


async def test_a_round_of_a_pack_that_was_retired_meanwhile_is_still_revealed(tutoring: World) -> None:
    await publishes(tutoring, "When do we ship?")
    await scheduled(tutoring, "our deploys")
    await tutoring.tick(hours=1)
    await tutoring.says("ada", "/bank retire onboarding", admin=True)
    await tutoring.tick(hours=4)
    (post,) = tutoring.messenger.in_channel("daily")
    assert isinstance(post.now, Reveal)
    assert post.now.stem == "When do we ship?"


async def test_a_schedule_of_everything_elsewhere_never_asks_it(tutoring: World) -> None:
    await publishes(tutoring, *[f"Team question {n}?" for n in range(60)])
    admin = Caller(Person("test", "other", "U-eve", "eve", True), Channel("test", "other", "daily"), "req")
    await tutoring.desk.submit(admin, "sf:schedule:daily", {**FORM, "questions": "all"})
    await tutoring.tick(hours=1)
    for _ in range(4):
        await tutoring.tick(hours=24)
    asked = [post.message for post in tutoring.messenger.posts if isinstance(post.message, QuestionCard)]
    assert len(asked) == 5
    assert not any(each.stem.startswith("Team") for each in asked)


async def test_a_night_can_be_about_a_pack(tutoring: World) -> None:
    await publishes(tutoring, "When do we ship?", "Who ships?")
    said = await tutoring.desk.invoke(
        tutoring.caller("ada", "daily", admin=True), "night start", {"topic": "our deploys", "rounds": 2}
    )
    assert notice(said)
    await tutoring.tick()
    first = tutoring.messenger.in_channel("daily")[0].message
    assert isinstance(first, QuestionCard)
    assert first.stem in ("When do we ship?", "Who ships?")


async def test_words_and_searches_find_what_the_team_has_written(tutoring: World) -> None:
    await publishes(tutoring, "When do we ship?")
    caller = tutoring.caller("ben")
    assert card(await tutoring.desk.said(caller, "our deploys")).stem == "When do we ship?"
    assert "Nobody ships on Fridays." in words(sheet(await tutoring.says("ben", "/ask ships fridays")))
    assert "Our deploys" in words(sheet(await tutoring.says("ben", "/topics")))
    assert any("Our deploys" in label for _, label in tutoring.desk.complete(TOPIC, "our", caller))
    assert not tutoring.desk.complete(TOPIC, "our")


async def test_points_from_a_pack_survive_the_joining_of_two_accounts(tutoring: World) -> None:
    await publishes(tutoring, "When do we ship?")
    await scheduled(tutoring, "our deploys")
    await tutoring.tick(hours=1)
    await tutoring.desk.click(tutoring.caller("ben", "daily"), encode(AnswerRound(1, 0)))
    code = notice(await tutoring.says("ben", "/link")).split("code is ")[1][:9]
    other = Caller(Person("test", "other", "U-ben2", "ben2"), Channel("test", "other", "general"), "req")
    assert "Linked" in notice(await tutoring.desk.command(other, f"/link {code}"))
    board = (await tutoring.says("ben", "/leaderboard")).message
    assert isinstance(board, Leaderboard)
    assert [row.points for row in board.rows] == [10]
