"""An answer of which somebody does not say how sure they are: it counts when the round closes."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.messages import Feedback, Notice, QuestionCard, Reveal, encode
from bot.messages.acts import AnswerRound, WhyRound
from bot.model.study import Origin
from bot.storage.attempts import attempts_of
from bot.storage.chores import due_chores
from bot.storage.rounds import find_round
from bot.tutor import undecided
from bot.tutor.tutor import Tutor
from bot.tutor.undecided import PREFIX
from tests.support.world import World

FORM = {"time": "09:00", "timezone": "UTC", "weekdays": "0,1,2,3,4", "questions": "t0", "window": "240"}
BEN = 2


async def asked(world: World) -> int:
    """A round in #daily that asks how sure people are, with a single right answer; its number."""
    admin = world.caller("ada", "daily", admin=True)
    await world.desk.submit(admin, "sf:schedule:daily", FORM)
    await world.desk.submit(admin, "sf:options:1", {"reveal": "close", "confidence": "on"})
    await world.tick(hours=1)
    for number in range(1, 9):
        posts = [
            p.message for p in world.messenger.in_channel("daily") if isinstance(p.message, QuestionCard)
        ]
        if posts[-1].picks == 1:
            return number
        await world.tick(days=1)
    pytest.fail("no single question was drawn")


async def picks(world: World, number: int, position: int, name: str = "ben", sure: str = "") -> object:
    act = encode(AnswerRound(number, position, sure))
    return (await world.desk.click(world.caller(name, "daily"), act)).message


async def test_it_counts_in_time_with_its_points_and_in_what_the_channel_sees(tutoring: World) -> None:
    number = await asked(tutoring)
    reply = await picks(tutoring, number, 0)
    assert isinstance(reply, Notice)
    assert "counts as it is when the round closes" in reply.text
    await tutoring.tick(hours=4)
    (attempt,) = await tutoring.tutor.store.read(lambda db: attempts_of(db, BEN, 9))
    assert (attempt.origin, attempt.correct, attempt.confidence, attempt.points) == (
        Origin.ROUND,
        True,
        "",
        10,
    )
    round_ = await tutoring.tutor.store.read(lambda db: find_round(db, number))
    assert round_ is not None
    assert (round_.answered, round_.correct) == (1, 1)
    reveal = tutoring.messenger.in_channel("daily")[-1].now
    reveals = [p.now for p in tutoring.messenger.in_channel("daily") if isinstance(p.now, Reveal)]
    assert reveals[-1].answered == 1, reveal


async def test_of_several_the_last_one_counts(tutoring: World) -> None:
    number = await asked(tutoring)
    for position in (3, 2, 0):
        await picks(tutoring, number, position)
    await tutoring.tick(hours=4)
    found = await tutoring.tutor.store.read(lambda db: attempts_of(db, BEN, 9))
    assert [attempt.picks for attempt in found] == [frozenset({0})]


async def test_whoever_says_it_is_counted_once_and_as_they_said(tutoring: World) -> None:
    number = await asked(tutoring)
    await picks(tutoring, number, 3)
    assert isinstance(await picks(tutoring, number, 0, sure="u"), Feedback)
    await tutoring.tick(hours=4)
    (attempt,) = await tutoring.tutor.store.read(lambda db: attempts_of(db, BEN, 9))
    assert (attempt.picks, attempt.confidence) == (frozenset({0}), "unsure")


async def test_a_round_that_is_revealed_early_counts_it_too(tutoring: World) -> None:
    number = await asked(tutoring)
    await picks(tutoring, number, 0)
    await tutoring.tick(minutes=1)
    await tutoring.says("ada", "/schedule reveal 1", channel="daily", admin=True)
    await tutoring.tick(seconds=1)
    (attempt,) = await tutoring.tutor.store.read(lambda db: attempts_of(db, BEN, 9))
    assert attempt.origin is Origin.ROUND


async def test_afterwards_it_can_be_read_and_nothing_is_left_over(tutoring: World) -> None:
    number = await asked(tutoring)
    await picks(tutoring, number, 3)
    await tutoring.tick(hours=4)
    shown = (await tutoring.desk.click(tutoring.caller("ben", "daily"), encode(WhyRound(number)))).message
    assert isinstance(shown, Feedback)
    assert "already answered" in shown.headline
    later = tutoring.clock.now() + dt.timedelta(days=9)
    assert await tutoring.tutor.store.read(lambda db: due_chores(db, PREFIX, later, 9)) == []


async def test_a_pick_behind_the_close_waits_for_nothing(tutoring: World) -> None:
    number = await asked(tutoring)
    await tutoring.tick(hours=4)
    reply = await picks(tutoring, number, 0)
    assert isinstance(reply, Notice)
    assert "has closed" in reply.text
    await tutoring.tick(hours=1)
    assert await tutoring.tutor.store.read(lambda db: attempts_of(db, BEN, 9)) == []


async def test_whoever_has_been_forgotten_meanwhile_holds_nothing_up(tutoring: World) -> None:
    number = await asked(tutoring)
    await picks(tutoring, number, 0)
    warning = (await tutoring.says("ben", "/mydata delete")).message
    assert isinstance(warning, Notice)
    await tutoring.desk.click(tutoring.caller("ben"), encode(warning.buttons[0].act))
    await tutoring.tick(hours=4)
    round_ = await tutoring.tutor.store.read(lambda db: find_round(db, number))
    assert round_ is not None
    assert round_.state.value == "closed"


async def test_a_pick_that_cannot_be_entered_keeps_no_round_open(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await asked(tutoring)
    await picks(tutoring, number, 0)
    await picks(tutoring, number, 0, "cleo")
    enter = undecided._enter

    async def breaks(tutor: Tutor, pick: undecided.Pick) -> None:
        if pick.learner_id == BEN:
            raise KeyError("a fault of ours")
        await enter(tutor, pick)

    monkeypatch.setattr(undecided, "_enter", breaks)
    await tutoring.tick(hours=4)
    round_ = await tutoring.tutor.store.read(lambda db: find_round(db, number))
    assert round_ is not None
    assert (round_.state.value, round_.answered) == ("closed", 1)
