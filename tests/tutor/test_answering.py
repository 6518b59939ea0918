"""Answers that arrive together are settled together, each exactly as if it had come alone."""

from __future__ import annotations

import asyncio
import datetime as dt

from sqlalchemy import text

from bot.model.study import Origin, month_of
from bot.storage import progress, standings
from bot.tutor import showing
from bot.tutor.people import Who, meet
from bot.tutor.submission import Submission
from tests.support.world import World


async def submission(
    world: World, who: Who, question: str, slot: str, pick: int = 0, **more: object
) -> Submission:
    item = world.tutor.bank.item(question, 3)
    values = {
        "slot": slot, "learner": who.learner, "community": who.community, "item": item,
        "profile": showing.profile_of(world.tutor.bank, item), "picks": frozenset({pick}),
        "origin": Origin.PRACTICE, "answered_at": world.clock.now(), "local_date": who.local_date,
        "month": month_of(world.clock.now()), **more,
    }  # fmt: skip
    return Submission(**values)  # type: ignore[arg-type]


async def test_one_slot_takes_one_answer_however_many_come_at_once(tutoring: World) -> None:
    ben = await meet(tutoring.tutor, tutoring.caller("ben"))
    given = [await submission(tutoring, ben, "t0.q0", "p1.0", pick) for pick in (1, 0, 2)]
    outcomes = await asyncio.gather(*(tutoring.tutor.answers.submit(one) for one in given))
    assert [outcome.fresh for outcome in outcomes] == [True, False, False]
    assert {outcome.attempt.picks for outcome in outcomes} == {frozenset({1})}
    count = await tutoring.tutor.store.read(
        lambda db: db.execute(text("SELECT count(*) FROM attempts")).scalar()
    )
    assert count == 1


async def test_a_batch_is_worth_what_its_answers_are_worth_one_by_one(tutoring: World) -> None:
    people = [await meet(tutoring.tutor, tutoring.caller(f"p{n}")) for n in range(6)]
    batch = [
        await submission(tutoring, who, f"t{n % 4}.q{n % 5}", f"p{n}.{k}", (n + k) % 4)
        for k in range(3)
        for n, who in enumerate(people)
    ]
    await asyncio.gather(*(tutoring.tutor.answers.submit(one) for one in batch))
    rows = await tutoring.tutor.store.read(lambda db: standings.top(db, people[0].community.id, "all", 10))
    recount = await tutoring.tutor.store.read(
        lambda db: dict(
            tuple(row)
            for row in db.execute(
                text(
                    "SELECT learner_id, sum(points) FROM attempts GROUP BY learner_id HAVING sum(points) > 0"
                )
            )
        )
    )
    assert {row.learner_id: row.points for row in rows} == recount


async def test_memory_ability_and_streak_move_with_an_answer(tutoring: World) -> None:
    ben = await meet(tutoring.tutor, tutoring.caller("ben"))
    outcome = await tutoring.tutor.answers.submit(await submission(tutoring, ben, "t0.q0", "p1.0"))
    assert outcome.extended
    assert outcome.streak is not None
    assert outcome.streak.current == 1
    known = await tutoring.tutor.store.read(lambda db: progress.memories_of(db, ben.learner.id))
    assert known["t0.f0"].due > tutoring.clock.now()
    abilities = await tutoring.tutor.store.read(lambda db: progress.abilities_in(db, [ben.learner.id]))
    assert abilities[ben.learner.id, "ex/second"].answers == 1
    assert abilities[ben.learner.id, "ex/second"].mean > 0


async def test_a_forgotten_fact_comes_back_through_review(tutoring: World) -> None:
    ben = await meet(tutoring.tutor, tutoring.caller("ben"))
    await tutoring.tutor.answers.submit(await submission(tutoring, ben, "t0.q0", "p1.0", pick=3))
    tutoring.clock.forward(days=2)
    due = await tutoring.tutor.store.read(
        lambda db: progress.count_due(db, ben.learner.id, tutoring.clock.now())
    )
    assert due == 1
    reply = await tutoring.says("ben", "/review")
    assert "1 fact due" in reply.message.heading  # type: ignore[union-attr]


async def test_a_streak_follows_the_learners_own_calendar(tutoring: World) -> None:
    far = tutoring.caller("kai", timezone="Pacific/Auckland")
    who = await meet(tutoring.tutor, far)
    tutoring.clock.time = dt.datetime(2026, 11, 16, 12, 30, tzinfo=dt.UTC)
    who = await meet(tutoring.tutor, far)
    assert who.local_date == dt.date(2026, 11, 17)
