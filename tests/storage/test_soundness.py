"""A disk that is full, a file that may only be read, a file that is gone: said, never acknowledged, never silent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot import wording
from bot.messages import Notice, encode
from bot.messages.acts import AnswerPractice
from bot.storage.patience import AwayError
from bot.storage.soundness import Soundness
from bot.storage.store import Store, open_store
from tests.storage.test_patience import add, count
from tests.support.world import world


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    made = await open_store(f"sqlite:///{tmp_path / 'x.db'}")
    yield made
    await made.close()


async def pragma(store: Store, words: str) -> None:
    """Set something on the writing connection."""
    await store.write(lambda db: db.exec_driver_sql(f"PRAGMA {words}") and None)


async def writable_again(store: Store) -> None:
    """Let the writing connection write."""
    assert store._writer is not None
    raw = (await store._writer.get_raw_connection()).driver_connection
    assert raw is not None
    await raw.execute("PRAGMA query_only=OFF")


async def fill(store: Store) -> None:
    """Let the database have no page more, as on a full disk."""
    await pragma(store, "max_page_count=1")


async def write_much(store: Store) -> None:
    """More than there is room for."""
    row = "INSERT INTO shelf(namespace, key, value) VALUES ('x', hex(randomblob(8)), zeroblob(200000))"
    await store.write(lambda db: db.execute(text(row)) and None)


async def test_a_full_disk_is_said_and_it_goes_on_when_there_is_room(store: Store) -> None:
    await fill(store)
    with capture_logs() as lines:
        for _ in range(3):
            with pytest.raises(AwayError):
                await write_much(store)
    assert "the disk is full: make room" in store.trouble()
    assert [line["reason"] for line in lines if line["event"] == "database_unusable"] == [store.trouble()]
    assert await store.read(count) == 0
    await pragma(store, "max_page_count=1000000")
    await write_much(store)
    await store.write(add(7))
    assert await store.read(count) == 1


def test_trouble_is_said_once_a_minute_and_forgotten_when_it_is_over(tmp_path: Path) -> None:
    moment = 1_000.0
    file = tmp_path / "x.db"
    file.touch()
    sound = Soundness(file, lambda: moment)
    file.rename(tmp_path / "y.db")
    with capture_logs() as lines:
        for seconds in (0, 30, 40):
            moment += seconds
            with pytest.raises(AwayError), sound.watching():
                pass
    assert len(lines) == 2
    (tmp_path / "y.db").rename(file)
    with sound.watching():
        assert sound.trouble()
    moment += 60
    assert sound.trouble() == ""


async def test_a_file_that_may_only_be_read_is_said(store: Store) -> None:
    await pragma(store, "query_only=ON")
    with pytest.raises(AwayError):
        await store.write(add(7))
    assert "may only be read" in store.trouble()
    assert await store.read(count) == 0


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
async def test_nothing_is_written_into_a_file_that_was_taken_away(
    store: Store, tmp_path: Path, how: str
) -> None:
    await store.write(add(1))
    file = tmp_path / "x.db"
    if how == "deleted":
        file.unlink()
    else:
        file.rename(tmp_path / "elsewhere.db")
    if how == "replaced":
        file.touch()
    with capture_logs() as lines, pytest.raises(AwayError):
        await store.write(add(2))
    with pytest.raises(AwayError):
        await store.read(count)
    assert "put it or a backup there" in store.trouble()
    assert [line["event"] for line in lines] == ["database_unusable"]


async def test_a_person_hears_that_their_answer_was_not_taken(tmp_path: Path) -> None:
    async with world(tmp_path) as made:
        await made.says("ben", "/quiz t0 2")
        await pragma(made.tutor.store, "query_only=ON")
        button = encode(AnswerPractice(1, 0, 0))
        refused = await made.desk.click(made.caller("ben"), button)
        other = await made.says("ben", "/quiz t0 2")
        await made.desk.renamed(made.caller("ben"))
        await writable_again(made.tutor.store)
        taken = await made.desk.click(made.caller("ben"), button)
    assert isinstance(refused.message, Notice)
    assert refused.message.text == wording.busy()
    assert isinstance(other.message, Notice)
    assert other.message.text == wording.busy_not_done()
    assert not isinstance(taken.message, Notice)


async def test_other_faults_stay_what_they_are(store: Store) -> None:
    with pytest.raises(Exception, match="no such table"):
        await store.write(lambda db: db.execute(text("SELECT * FROM nowhere")) and None)
    assert store.trouble() == ""
