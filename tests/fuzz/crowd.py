"""A community with somebody who has much to lose, and a second one on another platform."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from bot.model.people import Caller, Channel, Person
from bot.storage.columns import metadata
from bot.storage.tables import communities, identities, learners, mock_answers, mocks
from tests.fuzz.overhearing import NAME
from tests.fuzz.people import caller
from tests.support.messenger import RememberingMessenger
from tests.support.world import World

FORM = {"time": "09:00", "timezone": "UTC", "weekdays": "0,1,2,3,4", "questions": "t3", "window": "240"}
Rows = dict[str, list[str]]


async def settle(world: World) -> None:
    """The victim has practice session 1, mock exam 1 and, far away, schedules 1 and 2 with round 1.

    Mallory has practice session 2, mock exam 2 and a community of their own with schedules 3 and 4 and round 2.
    """
    world.tutor.messengers["far"] = RememberingMessenger("far")
    for number, name in ((1, "victim"), (2, "mallory")):
        await world.desk.command(caller(name), "quiz t0 3")
        await world.desk.command(caller(name), "mock start ex quick")
        await world.desk.click(caller(name), f"ap:{number}:0:0")
        await world.desk.click(caller(name), f"am:{number}:0:0")
    far = Caller(Person("far", "abroad", "F-victim", NAME, True), Channel("far", "abroad", "daily"), "req")
    for admin in (far, caller("boss", "daily", admin=True)):
        await world.desk.submit(admin, "sf:schedule:daily", FORM)
    await world.tick(hours=1, minutes=5)
    await world.desk.click(far, "ar:1", ["0", "1"])


async def belongings(world: World) -> Rows:
    """Every row of the victim's and of the far community's, by table."""
    return await world.tutor.store.read(_belongings)


def _belongings(db: Connection) -> Rows:
    people = set(db.scalars(select(identities.c.learner_id).where(identities.c.external.like("%-victim"))))
    places = set(db.scalars(select(communities.c.id).where(communities.c.platform == "far")))
    exams = set(db.scalars(select(mocks.c.id).where(mocks.c.learner_id.in_(people))))
    own: Mapping[Table, tuple[str, set[int]]] = {
        learners: ("id", people), communities: ("id", places), mock_answers: ("mock_id", exams)
    }  # fmt: skip

    def theirs(table: Table, row: Mapping[str, Any]) -> bool:
        name, ids = own.get(table, ("learner_id", people))
        return row.get(name) in ids or row.get("community_id") in places

    return {
        table.name: sorted(
            repr(sorted(row.items())) for row in db.execute(select(table)).mappings() if theirs(table, row)
        )
        for table in metadata.sorted_tables
    }
