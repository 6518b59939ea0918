"""Reminders of due reviews."""

from __future__ import annotations

from bot.messages import Notice, QuestionCard, encode
from bot.messages.acts import AnswerPractice
from tests.support.world import World

FORM = {"timezone": "UTC", "workdays": "0,1,2,3,4", "visible": "on"}


async def forgets_something(world: World) -> None:
    """Ben answers wrongly, so that a fact is due tomorrow."""
    card = (await world.says("ben", "/quiz t0 1")).message
    assert isinstance(card, QuestionCard)
    wrong = [str(n) for n in range(3, 3 - card.picks, -1)]
    await world.desk.click(world.caller("ben"), encode(AnswerPractice(1, 0)), wrong)


async def test_a_reminder_comes_once_at_the_chosen_hour_when_something_is_due(tutoring: World) -> None:
    await forgets_something(tutoring)
    await tutoring.desk.submit(tutoring.caller("ben"), "sf:settings", {**FORM, "remind": "10"})
    await tutoring.tick(hours=3)
    assert tutoring.messenger.posts == []
    await tutoring.tick(days=1)
    await tutoring.tick(minutes=5)
    (post,) = tutoring.messenger.posts
    assert post.person is not None
    assert post.person.id == "U-ben"
    assert isinstance(post.message, Notice)
    assert "1 fact" in post.message.text


async def test_no_reminder_comes_unless_it_was_asked_for(tutoring: World) -> None:
    await forgets_something(tutoring)
    await tutoring.tick(days=2)
    assert tutoring.messenger.posts == []


async def test_an_hour_that_does_not_exist_is_refused(tutoring: World) -> None:
    reply = await tutoring.desk.submit(tutoring.caller("ben"), "sf:settings", {**FORM, "remind": "99"})
    assert "remind" in reply.message.errors  # type: ignore[union-attr]
