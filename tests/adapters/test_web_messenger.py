"""The tutor speaking first in the local chat."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.messages import ChannelGoneError, DeliveryFailedError, Notice
from bot.model.people import Channel, MessageRef, Person
from tests.adapters.web_rig import DAILY, running
from tests.fakes import web_messages as say
from tests.fakes.web_page import page

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


async def test_posting_twice_with_one_nonce_shows_one_message(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        messenger = program.adapter.messenger
        first = await messenger.post(DAILY, say.question(), nonce="r1")
        assert await messenger.post(DAILY, say.question(), nonce="r1") == first
        assert await messenger.find(DAILY, "r1", LONG_AGO) == first
        assert [m["id"] for m in await ada.messages("aws-daily")] == [first.id]


async def test_a_message_is_found_by_its_nonce_unless_it_is_older(tmp_path: Path) -> None:
    async with running(tmp_path) as program:
        messenger = program.adapter.messenger
        await messenger.post(DAILY, say.question(), nonce="r1")
        assert await messenger.find(DAILY, "r2", LONG_AGO) is None
        assert await messenger.find(DAILY, "r1", dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)) is None


async def test_a_message_is_there_after_a_restart_and_can_still_be_edited(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        ref = await program.adapter.messenger.post(DAILY, say.question(), nonce="r1")
        await ada.close()
        await program.stop()
        await program.start()
        await program.adapter.messenger.edit(ref, say.reveal())
        async with page(program, "Bob") as bob:
            assert [m["body"]["kind"] for m in await bob.messages("aws-daily")] == ["reveal"]


async def test_a_channel_that_does_not_exist_is_opened(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada:
        channel = Channel("local", "local", "evenings")
        ref = await program.adapter.messenger.post(channel, Notice("Hello"), nonce="h1")
        assert ref.channel == channel
        assert await ada.heard(lambda frame: frame["is"] == "place" and frame["place"]["id"] == "evenings")


async def test_one_person_is_written_to_where_nobody_else_looks(tmp_path: Path) -> None:
    async with running(tmp_path) as program, page(program, "Ada") as ada, page(program, "Bob") as bob:
        person = Person("local", "local", ada.person["id"], "Ada")
        ref = await program.adapter.messenger.direct(person, Notice("3 reviews are due"), nonce="d1")
        assert await program.adapter.messenger.direct(person, Notice("again"), nonce="d1") == ref
        assert await ada.heard(lambda frame: frame["is"] == "message")
        await program.adapter.messenger.edit(ref, Notice("2 reviews are due"))
        (shown,) = await ada.messages(f"dm-{ada.person['id']}")
        assert shown["body"]["text"] == "2 reviews are due"
        assert not [frame for frame in bob.frames if frame["is"] == "message"]


async def test_what_cannot_arrive_is_said_to_the_admin(tmp_path: Path) -> None:
    async with running(tmp_path) as program:
        messenger = program.adapter.messenger
        with pytest.raises(ChannelGoneError, match="letters, digits and hyphens"):
            await messenger.post(Channel("local", "local", "no/such"), Notice("x"), nonce="x1")
        with pytest.raises(ChannelGoneError, match="Nobody with the id"):
            await messenger.direct(Person("local", "local", "p0", "Eve"), Notice("x"), nonce="x2")
        with pytest.raises(ChannelGoneError, match="does not exist"):
            await messenger.edit(MessageRef(DAILY, "404"), Notice("x"))
        with pytest.raises(ChannelGoneError, match="has no thread"):
            await messenger.post(DAILY, Notice("x"), nonce="x3", thread=MessageRef(DAILY, "404"))


async def test_a_disk_that_fails_may_be_tried_again(tmp_path: Path) -> None:
    async with running(tmp_path) as program:
        messenger, writer = program.adapter.messenger, program.adapter._journal._db
        assert writer is not None
        await writer.execute("PRAGMA query_only = ON")
        with pytest.raises(DeliveryFailedError):
            await messenger.post(DAILY, Notice("x"), nonce="x1")
        await writer.execute("PRAGMA query_only = OFF")
        assert await messenger.post(DAILY, Notice("x"), nonce="x1")
