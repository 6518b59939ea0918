"""What is in quarantine is not drawn; what is under way goes on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.messages import Notice, QuestionCard, Reveal, encode
from bot.messages.acts import AnswerRound
from bot.model.knowledge import Kind
from bot.model.people import Caller, Channel
from bot.storage import mocks, practices
from tests.support.bank import small_bank
from tests.support.world import World, world
from tests.tutor.healing.talk import asks, practises, words

FORM = {"time": "09:00", "timezone": "UTC", "weekdays": "0,1,2,3,4,5,6", "questions": "all", "window": "60"}
HELD = [f"t0.q{number}" for number in range(4)]


async def hold(world: World, *questions: str) -> None:
    for question in questions:
        await asks(world, f"/bank reports {question} quarantine")


async def drawn(world: World, session: int) -> set[str]:
    found = await world.tutor.store.read(lambda db: practices.find_practice(db, session))
    assert found is not None
    return {question for question, _ in found.items}


async def test_practice_review_drill_and_mock_leave_it_out(tutoring: World) -> None:
    await hold(tutoring, *HELD)
    await tutoring.says("ben", "/quiz t0 20")
    assert await drawn(tutoring, 1) == {"t0.q4", "t0.q5"}
    await tutoring.says("ben", "/mock start ex full")
    mock = await tutoring.tutor.store.read(lambda db: mocks.find_mock(db, 1))
    assert mock is not None
    assert not {item.question_id for item in mock.items} & set(HELD)
    assert len(mock.items) == 20


async def test_review_asks_another_question_or_none(tutoring: World) -> None:
    await practises(tutoring, "ben", 20)
    answered = await drawn(tutoring, 1)
    tutoring.clock.forward(days=60)
    one = sorted(answered)[0]
    await hold(tutoring, one)
    await tutoring.says("ben", "/review 20")
    again = await drawn(tutoring, 2)
    assert again
    assert one not in again


async def test_a_topic_that_is_held_back_whole_is_answered_with_a_sentence(tutoring: World) -> None:
    await hold(tutoring, *(f"t0.q{number}" for number in range(6)))
    reply = (await tutoring.says("ben", "/quiz t0")).message
    assert isinstance(reply, Notice)
    assert "no questions" in reply.text


async def test_the_daily_question_is_another_one(tmp_path: Path) -> None:
    async with world(tmp_path, bank=small_bank(2, 4)) as made:
        await made.desk.submit(made.caller("ada", "daily", admin=True), "sf:schedule:daily", FORM)
        await hold(made, *HELD)
        for day in range(8):
            await made.tick(hours=24 if day else 2)
        cards = [post.message for post in made.messenger.in_channel("daily")]
        asked = [card.stem for card in cards if isinstance(card, QuestionCard)]
        assert len(asked) == 8
        assert all("of t1" in stem for stem in asked)


async def test_a_bank_that_is_held_back_whole_still_has_its_daily_question(tmp_path: Path) -> None:
    async with world(tmp_path, bank=small_bank(1, 2)) as made:
        await made.desk.submit(made.caller("ada", "daily", admin=True), "sf:schedule:daily", FORM)
        await hold(made, "t0.q0", "t0.q1")
        await made.tick(hours=2)
        assert made.messenger.in_channel("daily")


async def test_an_open_round_is_answered_and_revealed_all_the_same(tmp_path: Path) -> None:
    bank = small_bank(1, 2)
    async with world(tmp_path, bank=bank) as made:
        await made.desk.submit(made.caller("ada", "daily", admin=True), "sf:schedule:daily", FORM)
        await made.tick(hours=2)
        card = made.messenger.in_channel("daily")[0].message
        assert isinstance(card, QuestionCard)
        await hold(made, "t0.q0", "t0.q1")
        picks = ["0"] if bank.questions["t0.q0"].kind is Kind.SINGLE and card.picks == 1 else ["0", "1"]
        await made.desk.click(made.caller("ben", "daily"), encode(AnswerRound(1)), picks)
        await made.tick(hours=2)
        revealed = made.messenger.in_channel("daily")[0].now
        assert isinstance(revealed, Reveal)
        assert revealed.right == 1


async def test_another_community_is_asked_it_as_before(tutoring: World) -> None:
    await hold(tutoring, *(f"t0.q{number}" for number in range(6)))
    assert "no questions" in words((await tutoring.says("ben", "/quiz t0")).message)
    other = tutoring.caller("eve").person
    eve = Caller(replace(other, community="other"), Channel("test", "other", "general"), "req")
    assert isinstance((await tutoring.desk.command(eve, "/quiz t0")).message, QuestionCard)
