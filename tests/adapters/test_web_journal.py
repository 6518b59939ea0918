"""The journal of the local chat."""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from adapters.web.entries import TUTOR, Draft, Entry, Place, Seat, direct, spoken
from adapters.web.journal import Journal, NameTakenError
from bot.ports import AdapterError
from tests.fakes.web_program import WallClock

GENERAL = Place("general")
ADA = Seat("p" + "a" * 16, "Ada", admin=True)
BOB = Seat("p" + "b" * 16, "Bob")


@dataclass
class Ear:
    """Notes what the journal tells."""

    heard: list[Entry] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    people: list[Seat] = field(default_factory=list)

    def changed(self, entry: Entry) -> None:
        self.heard.append(entry)

    def opened(self, place: Place) -> None:
        self.places.append(place)

    def known(self, seat: Seat) -> None:
        self.people.append(seat)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
async def journal(tmp_path: Path, ear: Ear) -> AsyncIterator[Journal]:
    journal = Journal(tmp_path / "chat.db", WallClock(), ear)
    await journal.open()
    yield journal
    await journal.close()


def words(text: str, **given: object) -> Draft:
    return Draft(GENERAL, ADA.id, spoken(text), **given)  # type: ignore[arg-type]


async def test_posting_to_a_channel_that_does_not_exist_opens_it(journal: Journal, ear: Ear) -> None:
    await journal.add(words("hello"))
    assert ear.places == [GENERAL]
    assert await journal.archive.places(BOB) == [GENERAL]


async def test_two_messages_with_one_nonce_are_one_message(journal: Journal, ear: Ear) -> None:
    first, fresh = await journal.add(words("once", nonce="n1"))
    second, again = await journal.add(words("twice", nonce="n1"))
    assert (fresh, again) == (True, False)
    assert second == first
    assert len(ear.heard) == 1


async def test_of_two_messages_in_one_slot_the_last_stands_where_the_first_stood(journal: Journal) -> None:
    first, _ = await journal.add(words("wrong", slot="s1"))
    second, _ = await journal.add(words("right", slot="s1"))
    assert second.position == first.position
    assert second.change > first.change
    assert [entry.body["text"] for entry in await journal.archive.history("general", ADA, 0)] == ["right"]


async def test_what_is_for_one_person_is_seen_by_nobody_else(journal: Journal) -> None:
    entry, _ = await journal.add(words("psst", audience=BOB.id))
    assert [e.id for e in await journal.archive.history("general", BOB, 0)] == [entry.id]
    assert await journal.archive.history("general", ADA, 0) == []
    assert await journal.archive.since(0, ADA) == []
    assert await journal.archive.unread("general", ADA) == 0


async def test_direct_messages_are_listed_for_their_owner_only(journal: Journal) -> None:
    await journal.open_place(direct(BOB.id))
    assert await journal.archive.places(BOB) == [direct(BOB.id)]
    assert await journal.archive.places(ADA) == []


async def test_a_page_can_ask_for_what_it_missed(journal: Journal) -> None:
    first, _ = await journal.add(words("one"))
    second, _ = await journal.add(words("two"))
    edited = await journal.edit(first.id, spoken("uno"))
    assert edited is not None
    missed = await journal.archive.since(second.change, ADA)
    assert [entry.body["text"] for entry in missed or []] == ["uno"]


async def test_a_page_that_missed_too_much_is_told_to_begin_anew(journal: Journal) -> None:
    for number in range(301):
        await journal.add(words(str(number)))
    assert await journal.archive.since(0, ADA) is None
    assert await journal.archive.since(1, ADA) is not None


async def test_history_comes_in_pages_with_what_hangs_below(journal: Journal) -> None:
    entries = [(await journal.add(words(str(number))))[0] for number in range(50)]
    await journal.add(words("below the newest", anchor=entries[-1].id, audience=BOB.id))
    last = await journal.archive.history("general", BOB, 0)
    assert [entry.body["text"] for entry in last] == [*(str(n) for n in range(10, 50)), "below the newest"]
    earlier = await journal.archive.history("general", BOB, last[0].position)
    assert [entry.body["text"] for entry in earlier] == [str(n) for n in range(10)]


async def test_a_reply_counts_at_the_message_that_it_answers(journal: Journal, ear: Ear) -> None:
    root, _ = await journal.add(words("question"))
    reply, _ = await journal.add(words("answer", thread=root.id))
    await journal.add(words("private", thread=root.id, audience=ADA.id))
    after = await journal.archive.message(root.id)
    assert after is not None
    assert after.replies == 1
    assert [entry.id for entry in await journal.archive.thread(root.id, BOB)] == [reply.id]
    assert [entry.id for entry in ear.heard[:3]] == [root.id, reply.id, root.id]


async def test_news_comes_in_the_order_of_the_changes(journal: Journal, ear: Ear) -> None:
    await asyncio.gather(*(journal.add(words(str(number))) for number in range(40)))
    changes = [entry.change for entry in ear.heard]
    assert changes == sorted(changes)
    assert len(set(changes)) == 40


async def test_an_edit_that_changes_nothing_tells_nobody(journal: Journal, ear: Ear) -> None:
    entry, _ = await journal.add(words("same"))
    assert await journal.edit(entry.id, spoken("same")) == entry
    assert len(ear.heard) == 1
    assert await journal.edit("999", spoken("gone")) is None


async def test_unread_counts_what_others_wrote_since_one_looked(journal: Journal) -> None:
    entry, _ = await journal.add(Draft(GENERAL, TUTOR, spoken("one")))
    await journal.add(words("two"))
    assert await journal.archive.unread("general", ADA) == 1
    assert await journal.archive.unread("general", BOB) == 2
    await journal.see(BOB, "general", entry.position)
    await journal.see(BOB, "general", 0)
    assert await journal.archive.unread("general", BOB) == 1


async def test_the_first_person_is_the_admin_and_names_are_taken_once(journal: Journal, ear: Ear) -> None:
    ada = await journal.enter(ADA.id, "Ada", "digest-a")
    bob = await journal.enter(BOB.id, "Bob", "digest-b")
    assert (ada.admin, bob.admin) == (True, False)
    with pytest.raises(NameTakenError):
        await journal.enter("p" + "c" * 16, "ADA", "digest-c")
    with pytest.raises(NameTakenError):
        await journal.update(Seat(bob.id, "ada"))
    assert await journal.archive.by_token("digest-a") == ada
    assert [seat.name for seat in ear.people] == ["Ada", "Bob"]
    assert journal.trouble == ""


async def test_everything_is_still_there_after_opening_again(journal: Journal, tmp_path: Path) -> None:
    entry, _ = await journal.add(words("kept", nonce="n1"))
    await journal.close()
    other = Journal(tmp_path / "chat.db", WallClock(), Ear())
    await other.open()
    assert await other.archive.by_nonce("n1") == entry
    await other.close()


async def test_commits_survive_a_power_cut(journal: Journal, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "chat.db") as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()
    writer = journal._db
    assert writer is not None
    async with writer.execute("PRAGMA synchronous") as cursor:
        assert tuple(await cursor.fetchone() or ()) == (2,)


async def test_a_journal_of_a_newer_program_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "chat.db") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(AdapterError, match="newer Cloudlark: update"):
        await Journal(tmp_path / "chat.db", WallClock(), Ear()).open()


async def test_a_journal_that_cannot_be_written_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(AdapterError, match="make the folder writable or set CLOUDLARK_DATA"):
        await Journal(tmp_path / "file" / "chat.db", WallClock(), Ear()).open()
    (tmp_path / "chat.db").write_bytes(b"this is no database at all, but long enough to look like one" * 20)
    with pytest.raises(AdapterError, match="make the folder writable or set CLOUDLARK_DATA"):
        await Journal(tmp_path / "chat.db", WallClock(), Ear()).open()


async def test_times_are_aware_utc(journal: Journal) -> None:
    entry, _ = await journal.add(words("now"))
    assert dt.datetime.fromisoformat(entry.at).utcoffset() == dt.timedelta(0)
