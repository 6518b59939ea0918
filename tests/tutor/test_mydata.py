"""A person's data can be had and can be deleted, all of it."""

from __future__ import annotations

import json

from sqlalchemy import text

from bot.messages import Leaderboard, Notice, QuestionCard, Sheet, encode
from bot.messages.acts import AnswerPractice, ShowPractice
from bot.storage.columns import metadata
from bot.storage.privacy import PERSONAL
from bot.storage.shelf import DatabaseShelf
from tests.support.world import World


async def practises(world: World, name: str, session: int) -> None:
    await world.says(name, "/quiz t0 3")
    for number in range(3):
        shown = (await world.desk.click(world.caller(name), encode(ShowPractice(session, number)))).message
        assert isinstance(shown, QuestionCard)
        right = [str(n) for n in range(shown.picks)]
        await world.desk.click(world.caller(name), encode(AnswerPractice(session, number)), right)


def test_every_table_with_learners_is_exported_and_cleared() -> None:
    holding = {table.name for table in metadata.tables.values() if "learner_id" in table.c}
    assert holding == {table.name for table in PERSONAL} | {"attempts"}


async def test_the_export_holds_the_answers_and_nobody_elses(tutoring: World) -> None:
    await practises(tutoring, "ben", 1)
    await practises(tutoring, "cleo", 2)
    sheet = (await tutoring.says("ben", "/mydata export")).message
    assert isinstance(sheet, Sheet)
    data = json.loads(sheet.files[0].data)
    assert data["learner"][0]["name"] == "ben"
    assert len(data["attempts"]) == 3
    assert {row["learner_id"] for row in data["attempts"]} == {data["learner"][0]["id"]}


async def test_deletion_asks_first_and_then_leaves_nothing_but_anonymous_answers(tutoring: World) -> None:
    await practises(tutoring, "ben", 1)
    await practises(tutoring, "cleo", 2)
    asked = (await tutoring.says("ben", "/mydata delete")).message
    assert isinstance(asked, Notice)
    await tutoring.desk.click(tutoring.caller("ben"), encode(asked.buttons[0].act))
    board = (await tutoring.says("cleo", "/leaderboard")).message
    assert isinstance(board, Leaderboard)
    assert [row.name for row in board.rows] == ["cleo"]

    def left(db: object) -> tuple[int, int, int]:
        def count(query: str) -> int:
            return int(db.execute(text(query)).scalar())  # type: ignore[attr-defined]

        return (
            count("SELECT count(*) FROM learners WHERE name = 'ben'"),
            count("SELECT count(*) FROM attempts WHERE learner_id < 0"),
            count("SELECT count(DISTINCT learner_id) FROM attempts WHERE learner_id < 0"),
        )

    assert await tutoring.tutor.store.read(left) == (0, 3, 3)


async def test_who_was_forgotten_starts_afresh(tutoring: World) -> None:
    await practises(tutoring, "ben", 1)
    await tutoring.says("ben", "/mydata delete for-good")
    page = (await tutoring.says("ben", "/progress")).message
    assert isinstance(page, Sheet)
    assert "Nothing here yet" in page.lead


async def test_what_an_adapter_keeps_of_the_platforms_profile_goes_too(tutoring: World) -> None:
    await practises(tutoring, "ben", 1)
    shelf = DatabaseShelf(tutoring.tutor.store, tutoring.clock)
    for key in ("team/U-ben", "team/U-cleo"):
        await shelf.put("test.user", key, b'{"name": "somebody"}')
    sheet = (await tutoring.says("ben", "/mydata export")).message
    assert isinstance(sheet, Sheet)
    assert json.loads(sheet.files[0].data)["profiles"] == ['{"name": "somebody"}']
    await tutoring.says("ben", "/mydata delete for-good")
    assert await shelf.get("test.user", "team/U-ben") is None
    assert await shelf.get("test.user", "team/U-cleo") is not None
