"""What is older than the operator keeps goes, once, and nothing else does."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, text

from bot.cli import replay
from bot.messages import Feedback, Notice, QuestionCard, encode
from bot.messages.acts import AnswerPractice, AnswerRound, ShowPractice
from bot.settings import SettingsError
from bot.storage.partitions import months_with_partitions
from bot.storage.retention import forgotten
from bot.storage.shelf import DatabaseShelf
from bot.storage.store import StorageError, open_store
from bot.storage.tables import attempts, mock_answers, mocks, posts, practices, rounds, standings, streaks
from bot.tutor import retention
from bot.tutor.retention import keep_house
from bot.tutor.tutor import Tutor
from tests.e2e.replicas import small_content
from tests.support.world import World, settings

DAILY = {"time": "09:00", "timezone": "UTC", "weekdays": "0,1,2,3,4,5,6", "questions": "all", "window": "60"}
TABLES = (attempts, practices, rounds, posts, mocks, mock_answers, standings, streaks)


async def counts(world: World) -> dict[str, int]:
    """How many rows there are."""

    def work(db: Connection) -> dict[str, int]:
        return {t.name: db.execute(select(func.count()).select_from(t)).scalar_one() for t in TABLES}

    return await world.tutor.store.read(work)


async def busy_day(world: World, session: int) -> None:
    """A round is asked, answered and closed, and somebody practises."""
    await world.tick(hours=1)
    await world.desk.click(world.caller("ben", "daily"), encode(AnswerRound(session, 0)))
    await world.says("ben", "/quiz t0 1")
    card = (await world.desk.click(world.caller("ben"), encode(ShowPractice(session, 0)))).message
    assert isinstance(card, QuestionCard)
    picks = [str(n) for n in range(card.picks)]
    await world.desk.click(world.caller("ben"), encode(AnswerPractice(session, 0)), picks)
    await world.tick(hours=1, minutes=5)


async def november_and_march(world: World) -> None:
    """A busy day, one four months later, and a mock exam in between that was handed in."""
    await world.desk.submit(world.caller("ada", "daily", admin=True), "sf:schedule:daily", DAILY)
    await busy_day(world, 1)
    await world.says("ben", "/mock start ex quick")
    await world.says("ben", "/mock stop now")
    world.clock.time = dt.datetime(2027, 3, 15, 8, 0, tzinfo=dt.UTC)
    await busy_day(world, 2)


async def test_everything_is_kept_unless_the_operator_says_otherwise(tutoring: World) -> None:
    await november_and_march(tutoring)
    before = await counts(tutoring)
    assert await keep_house(tutoring.tutor)
    assert await counts(tutoring) == before
    assert await tutoring.tutor.store.read(forgotten) == []


async def test_what_is_older_goes_and_what_came_of_it_stays(tutoring: World) -> None:
    await november_and_march(tutoring)
    tutoring.tutor.settings = settings(CLOUDLARK_KEEP_MONTHS="3")
    before = await counts(tutoring)
    assert await keep_house(tutoring.tutor)
    after = await counts(tutoring)
    assert before["attempts"] == 4
    assert {name: after[name] for name in ("attempts", "practices", "rounds", "mocks")} == {
        "attempts": 2, "practices": 1, "rounds": 1, "mocks": 0}  # fmt: skip
    assert after["posts"] == before["posts"] / 2
    assert (after["standings"], after["streaks"]) == (before["standings"], before["streaks"])
    assert await tutoring.tutor.store.read(forgotten) == [202611]


async def test_old_buttons_still_get_a_sentence_and_new_ones_their_verdict(tutoring: World) -> None:
    await november_and_march(tutoring)
    tutoring.tutor.settings = settings(CLOUDLARK_KEEP_MONTHS="1")
    await keep_house(tutoring.tutor)
    tutoring.tutor.rounds.clear()
    ben = tutoring.caller("ben", "daily")
    for old in (AnswerRound(1, 0), AnswerPractice(1, 0), ShowPractice(1, 0)):
        assert isinstance((await tutoring.desk.click(ben, encode(old))).message, Notice)
    assert isinstance((await tutoring.desk.click(ben, encode(AnswerRound(2, 0)))).message, Feedback)


async def test_a_long_past_goes_in_small_steps(tutoring: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    await tutoring.desk.submit(tutoring.caller("ada", "daily", admin=True), "sf:schedule:daily", DAILY)
    for day in range(5):
        await busy_day(tutoring, day + 1)
        tutoring.clock.forward(hours=21, minutes=55)
    tutoring.clock.forward(days=100)
    tutoring.tutor.settings = settings(CLOUDLARK_KEEP_MONTHS="1")
    assert await keep_house(tutoring.tutor)
    left = await counts(tutoring)
    assert [left[name] for name in ("attempts", "practices", "rounds", "posts")] == [0, 0, 0, 0]


async def test_one_replica_does_it_and_again_a_day_later(tutoring: World) -> None:
    made = tutoring.tutor
    other = Tutor.of(made.bank, made.store, made.clock, random.Random(1), made.settings)
    assert sorted(await asyncio.gather(keep_house(made), keep_house(other))) == [False, True]
    tutoring.clock.forward(hours=23)
    assert not await keep_house(other)
    tutoring.clock.forward(hours=1)
    assert await keep_house(other)


async def test_what_a_dead_replica_had_begun_another_finishes(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(db: Connection, now: dt.datetime) -> list[int]:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(retention, "ensure_partitions", dies)
        with pytest.raises(RuntimeError):
            await keep_house(tutoring.tutor)
    assert not await keep_house(tutoring.tutor)
    tutoring.clock.forward(hours=1)
    assert await keep_house(tutoring.tutor)


async def test_the_months_ahead_have_their_partitions(tutoring: World) -> None:
    await keep_house(tutoring.tutor)
    found = await tutoring.tutor.store.read(months_with_partitions)
    ahead = [202611, 202612, 202701, 202702]
    assert found == (ahead if tutoring.tutor.store.dialect == "postgresql" else [])


async def test_the_shelf_is_cleared_of_what_has_expired(tutoring: World) -> None:
    shelf = DatabaseShelf(tutoring.tutor.store, tutoring.clock)
    now = tutoring.clock.now()
    await shelf.put("a", "old", b"1", expires_at=now)
    await shelf.put("a", "new", b"1", expires_at=now + dt.timedelta(minutes=1))
    await shelf.put("a", "ever", b"1")
    await keep_house(tutoring.tutor)
    rows = await tutoring.tutor.store.read(
        lambda db: db.execute(text("SELECT key FROM shelf ORDER BY key")).all()
    )
    assert [row.key for row in rows] == ["ever", "new"]


def test_a_number_of_months_that_is_none_is_refused() -> None:
    with pytest.raises(SettingsError, match="CLOUDLARK_KEEP_MONTHS"):
        retention.months_kept(settings(CLOUDLARK_KEEP_MONTHS="-1"))


async def test_a_replay_that_would_take_points_away_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    monkeypatch.setenv("CLOUDLARK_DATABASE_URL", url)
    monkeypatch.setenv("CLOUDLARK_CONTENT", str(small_content(tmp_path / "content")))
    store = await open_store(url)
    await store.write(lambda db: db.execute(text("INSERT INTO forgotten_months VALUES (202611, 0)")) and None)
    await store.close()
    with pytest.raises(StorageError, match=r"up to 2026-11 are no longer kept.*--anyway"):
        await replay._replay(anyway=False)
    await replay._replay(anyway=True)
