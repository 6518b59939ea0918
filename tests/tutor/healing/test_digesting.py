"""The weekly digest: on Mondays, once, to those who asked for it, when there is something to say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from bot.storage.store import open_store
from bot.tutor.healing.digesting import send_digests
from tests.support.bank import small_bank
from tests.support.world import World, world
from tests.tutor.healing.talk import asks, reports, teach, told, words
from tests.tutor.healing.test_statistics import crowd

WEEK = dt.timedelta(days=7)


async def monday(world: World) -> None:
    """A week goes by, and what is due on Monday morning is done."""
    world.clock.time += WEEK
    await send_digests(world.tutor)
    await world.tick()


async def test_it_comes_on_mondays_once_and_says_what_there_is(tutoring: World) -> None:
    await crowd(tutoring)
    assert "on Mondays" in words(await asks(tutoring, "/bank digest on"))
    await reports(tutoring, "ben", "t1.q1")
    for question in ("t2.q0", "t2.q1"):
        await asks(tutoring, f"/bank reports {question} quarantine")
    for day in range(6):
        tutoring.clock.forward(days=1)
        assert await send_digests(tutoring.tutor) == 0, f"day {day}"
    tutoring.clock.forward(days=1)
    await send_digests(tutoring.tutor)
    await send_digests(tutoring.tutor)
    await tutoring.tick(hours=1)
    await send_digests(tutoring.tutor)
    await tutoring.tick()
    (text,) = told(tutoring, "ada")
    assert text.startswith("The bank this week:\n1 question with open reports, 2 in quarantine.\n")
    assert "t0.q0: the key may be wrong" in text
    assert "those who know less get it right more often" in text
    assert "t0.q1: nearly everybody is right." in text
    assert "t0.q2: hardly anybody chooses D" in text
    assert text.endswith("/bank reports and /bank stats show more.")
    await monday(tutoring)
    assert len(told(tutoring, "ada")) == 2


async def test_a_question_that_is_guessed_at_is_called_too_hard(tutoring: World) -> None:
    await crowd(tutoring, hard="t1.q0")
    await asks(tutoring, "/bank digest on")
    await monday(tutoring)
    (text,) = told(tutoring, "ada")
    assert "t1.q0: hardly more are right than guessing would give" in text


async def test_it_keeps_silent_when_there_is_nothing_to_say_and_speaks_the_week_after(
    tutoring: World,
) -> None:
    await asks(tutoring, "/bank digest on")
    await monday(tutoring)
    assert told(tutoring, "ada") == []
    await reports(tutoring, "ben", "t1.q1")
    await monday(tutoring)
    assert len(told(tutoring, "ada")) == 1


async def test_stale_facts_are_something_to_say(tutoring: World) -> None:
    await asks(tutoring, "/bank digest on")
    bank = small_bank()
    facts = [replace(fact, verified_on=dt.date(2025, 1, 1)) for fact in bank.facts.values()]
    teach(tutoring, type(bank).of(bank.exams.values(), bank.topics.values(), facts, bank.questions.values()))
    await monday(tutoring)
    assert "24 facts have not been checked for a year" in told(tutoring, "ada")[0]


async def test_who_has_had_enough_of_it_gets_none(tutoring: World) -> None:
    await asks(tutoring, "/bank digest on")
    await asks(tutoring, "/bank digest on", "bob")
    await reports(tutoring, "ben", "t1.q1")
    await asks(tutoring, "/bank digest off")
    await monday(tutoring)
    assert told(tutoring, "ada") == []
    assert len(told(tutoring, "bob")) == 1
    await asks(tutoring, "/bank digest off", "bob")
    await monday(tutoring)
    assert len(told(tutoring, "bob")) == 1
    await asks(tutoring, "/bank digest on", "bob")
    await monday(tutoring)
    assert len(told(tutoring, "bob")) == 2


async def test_a_week_that_was_missed_is_made_good_once(tutoring: World) -> None:
    await asks(tutoring, "/bank digest on")
    await reports(tutoring, "ben", "t1.q1")
    tutoring.clock.forward(days=16)
    await send_digests(tutoring.tutor)
    await send_digests(tutoring.tutor)
    await tutoring.tick()
    assert len(told(tutoring, "ada")) == 1


async def test_a_question_that_goes_into_quarantine_by_itself_is_told_to_subscribers_at_once(
    tutoring: World,
) -> None:
    await asks(tutoring, "/bank digest on")
    for name in ("ben", "cleo"):
        await reports(tutoring, name, "t0.q0")
    await tutoring.tick()
    assert "I put t0.q0 into quarantine: 2 people reported it" in told(tutoring, "ada")[0]


async def test_of_two_replicas_one_writes(tmp_path: Path) -> None:
    async with world(tmp_path) as one:
        await asks(one, "/bank digest on")
        await reports(one, "ben", "t1.q1")
        store = await open_store(f"sqlite:///{tmp_path / 'world.db'}")
        async with world(tmp_path, store=store) as other:
            for each in (one, other):
                each.clock.time += WEEK
                await send_digests(each.tutor)
            await one.tick()
            await other.tick()
            assert len(told(one, "ada")) + len(told(other, "ada")) == 1
        await store.close()


async def test_the_digest_and_its_subscription_are_in_the_export(tutoring: World) -> None:
    await asks(tutoring, "/bank digest on")
    await asks(tutoring, "/bank reports t0.q0 quarantine")
    sheet = (await tutoring.says("ada", "/mydata export")).message
    assert "digests: 1" in words(sheet)
    assert "audits: 1" in words(sheet)
