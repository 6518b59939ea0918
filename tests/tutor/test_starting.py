"""What a start does with the local chat's schedules."""

from __future__ import annotations

from bot.model.people import Caller, Channel, Person
from bot.tutor.starting import ensure_local_schedule
from tests.support.messenger import RememberingMessenger
from tests.support.world import World

FORM = {"time": "09:00", "timezone": "UTC", "weekdays": "1", "questions": "all", "window": "60"}


async def test_a_new_local_chat_gets_its_question_at_once_and_a_restart_adds_none(tutoring: World) -> None:
    local = tutoring.tutor.messengers["local"] = RememberingMessenger("local")
    for _ in range(2):
        await ensure_local_schedule(tutoring.tutor)
        await tutoring.tick(minutes=1)
    assert len(local.in_channel("aws-daily")) == 1


async def test_a_restart_leaves_the_schedules_that_people_made_to_their_times(tutoring: World) -> None:
    local = tutoring.tutor.messengers["local"] = RememberingMessenger("local")
    await ensure_local_schedule(tutoring.tutor)
    await tutoring.tick(minutes=1)
    ada = Caller(Person("local", "local", "p1", "Ada", True), Channel("local", "local", "tuesdays"))
    await tutoring.desk.submit(ada, "sf:schedule:tuesdays", FORM)
    await ensure_local_schedule(tutoring.tutor)
    await tutoring.tick(minutes=1)
    assert local.in_channel("tuesdays") == []


async def test_the_next_workday_starts_with_a_question_and_a_weekend_without(tutoring: World) -> None:
    local = tutoring.tutor.messengers["local"] = RememberingMessenger("local")
    await ensure_local_schedule(tutoring.tutor)
    await tutoring.tick(minutes=1)
    tutoring.clock.forward(days=1, hours=12)
    await ensure_local_schedule(tutoring.tutor)
    await tutoring.tick(minutes=1)
    assert len(local.in_channel("aws-daily")) == 2
    tutoring.clock.forward(days=4)
    await ensure_local_schedule(tutoring.tutor)
    await tutoring.tick(minutes=1)
    assert len(local.in_channel("aws-daily")) == 2
