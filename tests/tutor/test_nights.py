"""A quiz night from its first question to its podium, also through a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bank.bank import Bank
from bot.messages import Leaderboard, Notice, QuestionCard, Reveal, Tone, encode
from bot.messages.acts import AnswerRound
from bot.storage.store import open_store
from tests.support.world import World, world
from tests.tutor.healing.talk import teach


async def says(made: World, text: str) -> Notice:
    message = (await made.says("ada", text, "fun", admin=True)).message
    assert isinstance(message, Notice), message
    return message


def shown(made: World) -> list[object]:
    return [post.now for post in made.messenger.in_channel("fun")]


async def presses(made: World, name: str, round_id: int, right: bool) -> None:
    press = encode(AnswerRound(round_id))
    for values in (["0"], ["0", "1"]) if right else (["3"], ["3", "4"]):
        await made.desk.click(made.caller(name, "fun"), press, values)


async def a_round(made: World, number: int, right: dict[str, bool], after: float = 5) -> None:
    """One question: asked, answered after some seconds, closed, and read for a while."""
    await made.tick()
    made.clock.forward(seconds=after)
    for name, knows in right.items():
        await presses(made, name, number, knows)
    await made.tick(seconds=60 - after)
    await made.tick(seconds=20)


async def test_a_night_asks_counts_and_ends_with_a_podium(tutoring: World) -> None:
    assert (await says(tutoring, "/night start t0 2 30")).tone is Tone.GOOD
    await a_round(tutoring, 1, {"ben": True, "cleo": False})
    await a_round(tutoring, 2, {"ben": True, "cleo": True})
    await tutoring.tick(seconds=2)
    reveals = [m for m in shown(tutoring) if isinstance(m, Reveal)]
    assert len(reveals) == 2
    (board,) = [m for m in shown(tutoring) if isinstance(m, Leaderboard)]
    assert [(row.rank, row.name, row.points) for row in board.rows] == [(1, "ben", 20), (2, "cleo", 12)]
    assert board.pictures[0].alt.startswith("The podium: 1. ben")


async def test_the_card_tells_the_number_and_the_time(tutoring: World) -> None:
    await says(tutoring, "/night start t0 2 30")
    await tutoring.tick()
    (card,) = shown(tutoring)
    assert isinstance(card, QuestionCard)
    assert card.heading == "Quiz night · 1 of 2 · Topic t0"
    assert card.notes[0] == "You have 30 seconds."
    assert card.closes_at is not None
    assert (card.closes_at - tutoring.clock.now()).total_seconds() == 30


async def test_an_answer_after_the_time_counts_for_nothing(tutoring: World) -> None:
    await says(tutoring, "/night start t0 1 30")
    await tutoring.tick()
    tutoring.clock.forward(seconds=31)
    await presses(tutoring, "ben", 1, right=True)
    await tutoring.tick(seconds=10)
    await tutoring.tick(seconds=20)
    assert not any(isinstance(m, Leaderboard) for m in shown(tutoring))
    assert [m.text for m in shown(tutoring) if isinstance(m, Notice)] == [
        "The quiz night is over. There is nobody to show on the podium."
    ]


@pytest.mark.parametrize(("bonus", "points"), [("", [10, 10]), (" speed", [15, 11])])
async def test_only_where_it_was_chosen_the_quick_get_more(
    tutoring: World, bonus: str, points: list[int]
) -> None:
    await says(tutoring, f"/night start t0 1 60{bonus}")
    await tutoring.tick()
    tutoring.clock.forward(seconds=1)
    await presses(tutoring, "ben", 1, right=True)
    tutoring.clock.forward(seconds=45)
    await presses(tutoring, "cleo", 1, right=True)
    await tutoring.tick(seconds=20)
    await tutoring.tick(seconds=20)
    (board,) = [m for m in shown(tutoring) if isinstance(m, Leaderboard)]
    assert [row.points for row in board.rows] == points


async def test_a_night_goes_on_after_a_restart(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path / 'night.db'}")
    async with world(tmp_path, store=store) as made:
        await says(made, "/night start t0 2 30")
        await a_round(made, 1, {"ben": True})
        stopped_at = made.clock.now()
    async with world(tmp_path, stopped_at, store=store) as made:
        await a_round(made, 2, {"ben": True})
        await made.tick(seconds=2)
        (board,) = [m for m in shown(made) if isinstance(m, Leaderboard)]
        assert board.rows[0].points == 20
    await store.close()


async def test_a_night_can_be_ended_and_one_runs_at_a_time(tutoring: World) -> None:
    assert (await says(tutoring, "/night stop")).tone is Tone.WARN
    await says(tutoring, "/night start t0 5 30")
    assert (await says(tutoring, "/night start t1 5 30")).tone is Tone.WARN
    await a_round(tutoring, 1, {"ben": True})
    assert (await says(tutoring, "/night stop")).tone is Tone.GOOD
    await tutoring.tick(seconds=2)
    assert any(isinstance(m, Leaderboard) for m in shown(tutoring))


async def test_a_question_that_cannot_be_posted_is_left_behind(tutoring: World) -> None:
    await says(tutoring, "/night start t0 2 30")
    tutoring.tutor.messengers.clear()
    await tutoring.tick()
    tutoring.tutor.messengers["test"] = tutoring.messenger
    await tutoring.tick(minutes=4)
    await tutoring.tick(seconds=2)
    assert any(isinstance(m, QuestionCard) for m in shown(tutoring))


async def test_ending_a_night_closes_its_question_and_later_answers_change_nothing(tutoring: World) -> None:
    await says(tutoring, "/night start t0 5 300")
    await tutoring.tick()
    tutoring.clock.forward(seconds=5)
    await presses(tutoring, "ben", 1, right=True)
    tutoring.clock.forward(seconds=5)
    await says(tutoring, "/night stop")
    await presses(tutoring, "cleo", 1, right=True)
    await tutoring.tick(seconds=2)
    assert [type(m) for m in shown(tutoring)[:1]] == [Reveal]
    (board,) = [m for m in shown(tutoring) if isinstance(m, Leaderboard)]
    assert [row.name for row in board.rows] == ["ben"]


async def test_a_night_whose_topic_has_left_the_bank_ends(tutoring: World) -> None:
    await says(tutoring, "/night start t0 3 30")
    await a_round(tutoring, 1, {"ben": True})
    bank = tutoring.tutor.bank
    left = [question for question in bank.questions.values() if question.topic != "t0"]
    teach(tutoring, Bank.of(bank.exams.values(), bank.topics.values(), bank.facts.values(), left))
    await tutoring.tick(minutes=4)
    await tutoring.tick(seconds=20)
    stopped = await says(tutoring, "/night stop")
    assert "No quiz night runs here" in stopped.text
