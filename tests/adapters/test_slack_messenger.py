"""The tutor speaks first."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest

from bot.messages import (
    ChannelGoneError,
    DeliveryFailedError,
    DeliveryUnknownError,
    File,
    Notice,
    NotYetError,
    Picture,
    Sheet,
)
from bot.model.people import MessageRef, Person
from tests.adapters.slack_rig import Rig, raised, until
from tests.fakes.slack import Channel, Fault
from tests.fakes.slack.server import BOT_TOKEN
from tests.fakes.slack.world import ALL_SCOPES

HELLO = Notice("Hello.")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
CHART = Sheet("Progress", pictures=(Picture("progress.png", PNG, "Points rise from 3 to 9."),))


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with Rig("http") as made:
        yield made


def long_ago() -> dt.datetime:
    return dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)


async def test_a_post_carries_its_nonce_and_can_be_found_by_it(rig: Rig) -> None:
    ref = await rig.adapter.messenger.post(rig.channel(), HELLO, nonce="round:7")

    (message,) = rig.slack.world.messages
    assert message.metadata == {"event_type": "cloudlark_post", "event_payload": {"nonce": "round:7"}}
    assert ref == MessageRef(rig.channel(), message.ts)
    assert await rig.adapter.messenger.find(rig.channel(), "round:7", long_ago()) == ref
    assert await rig.adapter.messenger.find(rig.channel(), "round:8", long_ago()) is None


async def test_a_post_in_a_thread_is_found_too(rig: Rig) -> None:
    parent = await rig.adapter.messenger.post(rig.channel(), HELLO, nonce="q")
    reply = await rig.adapter.messenger.post(rig.channel(), HELLO, nonce="e", thread=parent)

    assert rig.slack.world.messages[-1].thread == parent.id
    assert await rig.adapter.messenger.find(rig.channel(), "e", long_ago()) == reply


async def test_a_post_is_found_behind_many_other_messages(rig: Rig) -> None:
    ref = await rig.adapter.messenger.post(rig.channel(), HELLO, nonce="q")
    world = rig.slack.world
    for _ in range(250):
        world.messages.append(type(world.messages[0])("C1", world.stamp(), "chatter", []))

    assert await rig.adapter.messenger.find(rig.channel(), "q", long_ago()) == ref
    assert len(rig.slack.of("conversations.history")) == 3


async def test_without_the_history_scope_nobody_can_look(rig: Rig) -> None:
    rig.slack.world.installs[BOT_TOKEN].scopes = ALL_SCOPES - {"channels:history"}

    error = await raised(rig.adapter.messenger.find(rig.channel(), "q", long_ago()))

    assert isinstance(error, DeliveryUnknownError)
    assert error.reason == "missing_scope"


@pytest.mark.parametrize(
    "refusal", ["channel_not_found", "not_in_channel", "is_archived", "restricted_action", "missing_scope"]
)
async def test_a_channel_that_takes_nothing_is_gone_with_a_sentence_for_the_admin(
    rig: Rig, refusal: str
) -> None:
    rig.slack.faults.order("chat.postMessage", Fault(refusal))

    error = await raised(rig.adapter.messenger.post(rig.channel(), HELLO, nonce="q"))

    assert isinstance(error, ChannelGoneError)
    assert error.reason.endswith(".")


@pytest.mark.parametrize("lost", ["invalid_auth", "token_revoked", "account_inactive"])
async def test_a_lost_token_is_told_and_makes_the_program_unready(rig: Rig, lost: str) -> None:
    rig.slack.world.installs[BOT_TOKEN].lost = lost

    error = await raised(rig.adapter.messenger.post(rig.channel(), HELLO, nonce="q"))

    assert isinstance(error, ChannelGoneError)
    assert lost in rig.adapter.trouble()


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault("internal_error"), DeliveryUnknownError),
        (Fault("fatal_error"), DeliveryUnknownError),
        (Fault(status=502), DeliveryUnknownError),
        (Fault(drop=True), DeliveryUnknownError),
        (Fault(drop=True, done=True), DeliveryUnknownError),
        (Fault("invalid_blocks"), DeliveryFailedError),
        (Fault("ratelimited", status=429, retry_after=600), NotYetError),
    ],
)
async def test_what_is_certain_about_a_failed_post_is_said(
    rig: Rig, fault: Fault, kind: type[Exception]
) -> None:
    rig.slack.faults.order("chat.postMessage", fault)

    error = await raised(rig.adapter.messenger.post(rig.channel(), HELLO, nonce="q"))

    assert type(error) is kind
    assert len(rig.slack.of("chat.postMessage")) == 1
    if isinstance(error, DeliveryFailedError) and fault.status == 429:
        assert error.retry_after == 600


async def test_no_connection_at_all_is_a_certain_failure(rig: Rig) -> None:
    await rig.slack.stop()
    await asyncio.sleep(0.05)  # until the pooled connection is seen to be closed

    error = await raised(rig.adapter.messenger.post(rig.channel(), HELLO, nonce="q"))

    assert isinstance(error, DeliveryFailedError)


async def test_a_short_rate_limit_is_waited_out(rig: Rig) -> None:
    rig.slack.faults.order("chat.postMessage", Fault("ratelimited", status=429, retry_after=1))

    await rig.adapter.messenger.post(rig.channel(), HELLO, nonce="q")

    refused, taken = rig.slack.of("chat.postMessage")
    assert taken.at - refused.at >= 0.99


async def test_after_a_long_rate_limit_slack_is_not_asked_before_it_is_over(rig: Rig) -> None:
    rig.slack.faults.order("chat.postMessage", Fault("ratelimited", status=429, retry_after=600))

    errors = [
        await raised(rig.adapter.messenger.post(rig.channel(), HELLO, nonce=f"q{n}")) for n in range(30)
    ]

    assert {type(error) for error in errors} == {NotYetError}
    assert all(error.retry_after > 590 for error in errors if isinstance(error, NotYetError))
    assert len(rig.slack.of("chat.postMessage")) == 1


async def test_a_channel_is_given_one_message_a_second(rig: Rig) -> None:
    rig.slack.channel_pace = 0.97
    rig.slack.add_channel(Channel("C2"))

    async with asyncio.TaskGroup() as group:
        for number in range(2):
            for name in ("C1", "C2"):
                post = rig.adapter.messenger.post(rig.channel(name), HELLO, nonce=f"{name}{number}")
                group.create_task(post)

    assert [call.error for call in rig.slack.of("chat.postMessage")] == [""] * 4


async def test_an_edit_replaces_text_and_keeps_the_metadata(rig: Rig) -> None:
    ref = await rig.adapter.messenger.post(rig.channel(), HELLO, nonce="q")

    await rig.adapter.messenger.edit(ref, Notice("Closed."))

    (message,) = rig.slack.world.messages
    assert (message.text, message.metadata["event_payload"]) == ("Closed.", {"nonce": "q"})


async def test_many_edits_of_one_message_become_few(rig: Rig) -> None:
    ref = await rig.adapter.messenger.post(rig.channel(), HELLO, nonce="q")

    await asyncio.gather(*(rig.adapter.messenger.edit(ref, Notice(f"{n} answers")) for n in range(50)))

    assert rig.slack.world.messages[0].text == "49 answers"
    assert len(rig.slack.of("chat.update")) == 1


async def test_a_message_that_somebody_deleted_is_left_deleted(rig: Rig) -> None:
    ref = await rig.adapter.messenger.post(rig.channel(), HELLO, nonce="q")
    rig.slack.world.messages.clear()

    await rig.adapter.messenger.edit(ref, Notice("Closed."))

    assert rig.slack.world.messages == []


async def test_a_person_is_written_to_in_their_direct_messages(rig: Rig) -> None:
    ann = Person("slack", "T1", "UANN", "Ann")

    ref = await rig.adapter.messenger.direct(ann, HELLO, nonce="q")

    assert ref.channel.id == "DUANN"
    assert await rig.adapter.messenger.find(ref.channel, "q", long_ago()) == ref


async def test_a_person_who_cannot_be_written_to_is_gone(rig: Rig) -> None:
    rig.ann.user.deleted = True

    error = await raised(rig.adapter.messenger.direct(Person("slack", "T1", "UANN", "Ann"), HELLO, nonce="q"))

    assert isinstance(error, ChannelGoneError)


async def test_pictures_and_files_hang_in_the_thread_of_their_post_with_their_words(rig: Rig) -> None:
    sheet = Sheet("Export", pictures=CHART.pictures, files=(File("a.csv", b"a,b", "text/csv"),))

    ref = await rig.adapter.messenger.post(rig.channel(), sheet, nonce="q")

    picture, file = rig.slack.world.uploads.values()
    assert (picture.alt, picture.data) == ("Points rise from 3 to 9.", PNG)
    assert (file.name, file.alt, file.data) == ("a.csv", "", b"a,b")
    assert {(u.channel, u.thread) for u in (picture, file)} == {("C1", ref.id)}


async def test_a_picture_that_fails_does_not_repeat_its_post(rig: Rig) -> None:
    rig.slack.faults.order("files.completeUploadExternal", Fault("internal_error"))

    await rig.adapter.messenger.post(rig.channel(), CHART, nonce="q")

    assert rig.slack.world.nonces() == ["q"]


async def test_closing_waits_for_what_is_on_its_way(rig: Rig) -> None:
    rig.slack.faults.order("chat.postMessage", Fault(seconds=0.2, done=True))
    posting = asyncio.create_task(rig.adapter.messenger.post(rig.channel(), HELLO, nonce="q"))
    await until(lambda: rig.slack.of("chat.postMessage"))

    await rig.adapter.messenger.close()

    assert posting.done()


async def test_hundreds_of_posts_on_their_way_do_not_keep_clicks_waiting(rig: Rig) -> None:
    rig.slack.faults.methods["chat.postMessage"] = [Fault(seconds=0.05, done=True)] * 300
    names = [rig.slack.add_channel(Channel(f"C{number}")).id for number in range(100, 340)]
    posting = [
        asyncio.create_task(rig.adapter.messenger.post(rig.channel(name), HELLO, nonce=name))
        for name in names
    ]
    await until(lambda: len(rig.slack.of("chat.postMessage")) > 20)

    began = asyncio.get_running_loop().time()
    await asyncio.gather(*(rig.ann.command("/progress") for _ in range(10)))
    took = asyncio.get_running_loop().time() - began

    assert took < 0.5
    assert not all(task.done() for task in posting)
    await asyncio.gather(*posting)
    assert sorted(rig.slack.world.nonces()) == sorted(names)
