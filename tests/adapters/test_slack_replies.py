"""Answers take detours when they must, and a person always hears something."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.slack.place import Place, Surface, from_metadata, to_metadata
from adapters.slack.ways import Respond, Say, Whisper, ways
from bot.messages import File, Notice, OptionView, Picture, QuestionCard, Reply, Sheet
from bot.messages.acts import AnswerRound
from tests.adapters.slack_rig import Rig, until
from tests.fakes.slack import Channel, Fault, Human, User

CARD = QuestionCard("Q", "Which?", (OptionView("A", 0, "a"), OptionView("B", 1, "b")), 1, AnswerRound(7))
CHART = Sheet("Progress", "Up.", pictures=(Picture("p.png", b"png", "Points rise."),))
CLICK = Place(Surface.CLICK, "T1", "UANN", "C1", message="1.1", response_url="u")


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with Rig("http") as made:
        yield made


async def pressed(rig: Rig, person: Human | None = None) -> None:
    """Somebody answers a question that was posted in the channel."""
    await rig.adapter.messenger.post(rig.channel(), CARD, nonce="q")
    await (person or rig.ann).press(rig.slack.world.messages[0], "A")


async def test_a_used_up_response_url_becomes_a_whisper(rig: Rig) -> None:
    rig.slack.faults.order("response_url", Fault("used_url", status=404))

    await pressed(rig)

    await until(lambda: rig.slack.of("chat.postEphemeral"))
    await until(lambda: rig.ann.sees()[-1].ephemeral)


async def test_what_cannot_be_whispered_is_written_to_the_person(rig: Rig) -> None:
    rig.slack.faults.order("response_url", Fault("expired_url", status=404))
    rig.slack.faults.order("chat.postEphemeral", Fault("user_not_in_channel"))

    await pressed(rig)

    await until(lambda: rig.ann.sees(rig.slack.world.direct("UANN").id))


@pytest.mark.parametrize("fault", [Fault(status=503), Fault(drop=True), Fault(drop=True, done=True)])
async def test_a_lost_answer_is_sent_again(rig: Rig, fault: Fault) -> None:
    rig.slack.faults.order("response_url", fault, fault)

    await pressed(rig)

    await until(lambda: len(rig.slack.of("response_url")) == 3)
    await until(lambda: rig.ann.sees()[-1].ephemeral)


async def test_blocks_that_slack_refuses_are_said_in_plain_text(rig: Rig) -> None:
    rig.slack.faults.order("chat.postMessage", Fault("invalid_blocks"))

    await rig.ann.say("hello")

    direct = rig.slack.world.direct("UANN").id
    await until(lambda: rig.ann.sees(direct))
    assert rig.ann.sees(direct)[0].blocks == []
    assert rig.ann.sees(direct)[0].text == "said: hello"


async def test_a_click_in_a_thread_is_answered_in_the_thread(rig: Rig) -> None:
    parent = await rig.adapter.messenger.post(rig.channel(), Notice("Closed."), nonce="a")
    await rig.adapter.messenger.post(rig.channel(), CARD, nonce="b", thread=parent)

    await rig.ann.press(rig.slack.world.messages[1], "A")

    await until(lambda: len(rig.ann.sees()) == 3)
    assert rig.ann.sees()[-1].thread == parent.id


async def test_a_public_answer_to_a_click_is_posted_in_the_channel(rig: Rig) -> None:
    rig.desk.says = lambda heard: Reply(Notice("The round is closed."), private=False)

    await pressed(rig)

    await until(lambda: len(rig.bob.sees()) == 2)


async def test_private_pictures_and_files_go_to_the_persons_direct_messages(rig: Rig) -> None:
    rig.desk.says = lambda heard: Reply(CHART)
    await rig.ann.command("/progress")
    await until(lambda: rig.slack.of("files.completeUploadExternal"))
    direct = rig.slack.world.direct("UANN").id

    (upload,) = rig.slack.world.uploads.values()
    assert (upload.channel, upload.alt) == (direct, "Points rise.")
    await until(lambda: len(rig.ann.sees()) == 2)
    assert [m.text for m in rig.ann.sees()][-1] == "The files are in our direct messages."
    assert rig.bob.sees() == []


async def test_public_files_stay_in_the_channel(rig: Rig) -> None:
    rig.desk.says = lambda heard: Reply(
        Sheet("Export", files=(File("a.csv", b"a", "text/csv"),)), private=False
    )

    await rig.ann.command("/export")

    await until(lambda: rig.slack.of("files.completeUploadExternal"))
    (upload,) = rig.slack.world.uploads.values()
    await until(lambda: upload.channel == "C1")


async def test_a_file_that_slack_does_not_take_is_owned_up_to(rig: Rig) -> None:
    rig.desk.says = lambda heard: Reply(CHART)
    rig.slack.faults.order("files.getUploadURLExternal", Fault("file_uploads_disabled"))

    await rig.ann.command("/progress")

    await until(lambda: any("did not take" in m.text for m in rig.ann.sees()))


async def test_a_full_queue_says_so_politely_and_the_answer_is_saved(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    await rig.adapter.messenger.post(rig.channel(), CARD, nonce="q")
    monkeypatch.setattr(rig.adapter._outbox, "_capacity", 1)
    rig.slack.faults.order("response_url", Fault(seconds=0.2, done=True))

    for _ in range(3):
        await rig.ann.press(rig.slack.world.messages[0], "A")

    await until(lambda: len(rig.ann.sees()) >= 3)
    assert len(rig.desk.of("click")) == 3
    assert "press again in a minute" in rig.ann.sees()[-1].text


async def test_a_click_in_direct_messages_replaces_or_follows_there(rig: Rig) -> None:
    await rig.ann.say("quiz")
    direct = rig.slack.world.direct("UANN").id
    rig.desk.says = lambda heard: Reply(CARD)
    await rig.ann.say("quiz")
    await until(lambda: len(rig.ann.sees(direct)) == 2)
    card = rig.ann.sees(direct)[-1]

    rig.desk.says = lambda heard: Reply(Notice("Replaced."), replace=True)
    await rig.ann.press(card, "A")
    await until(lambda: card.text == "Replaced.")
    assert len(rig.ann.sees(direct)) == 2
    assert not card.ephemeral


async def test_archived_channels_do_not_leave_people_without_an_answer(rig: Rig) -> None:
    await rig.adapter.messenger.post(rig.channel(), CARD, nonce="q")
    rig.general.archived = True
    rig.slack.responses.expire()
    rig.slack.faults.order("response_url", Fault("channel_is_archived", status=404))

    await rig.ann.press(rig.slack.world.messages[0], "A")

    await until(lambda: rig.ann.sees(rig.slack.world.direct("UANN").id))


async def test_no_token_or_personal_text_reaches_the_logs(
    rig: Rig, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    rig.slack.faults.share = 0.5
    await asyncio.gather(*(rig.ann.say(f"my secret {n}") for n in range(8)))
    await asyncio.sleep(0.5)
    rig.slack.faults.share = 0

    logged = caplog.text + "".join(capfd.readouterr())
    assert "secret" not in logged
    assert "xoxb" not in logged


def test_every_place_has_a_way_that_ends_with_the_person() -> None:
    for surface in Surface:
        for channel in ("", "C1", "D1"):
            for private in (True, False):
                place = Place(surface, "T1", "UANN", channel)
                assert ways(place, private=private, replace=False)


def test_only_a_private_message_is_ever_replaced_in_a_channel() -> None:
    (first, *_) = ways(CLICK, private=True, replace=True)

    assert isinstance(first, Respond)
    assert first.arguments == {"response_type": "ephemeral", "replace_original": False}
    assert ways(CLICK, private=True, replace=True)[1:] == (Whisper("C1", "UANN"), Say("UANN"))


def test_a_modal_remembers_where_it_was_opened_for_as_long_as_that_is_of_use() -> None:
    kept = to_metadata(CLICK, 1_000.0)

    soon = from_metadata(kept, "T1", "UANN", "r", 1_100.0)
    late = from_metadata(kept, "T1", "UANN", "r", 9_000.0)

    assert (soon.channel, soon.response_url, soon.trigger, soon.request) == ("C1", "u", "", "r")
    assert (late.channel, late.response_url) == ("C1", "")
    assert from_metadata("junk", "T1", "UANN", "r", 0).channel == ""


def test_a_channel_the_fake_does_not_know_is_refused() -> None:
    assert Channel("D1").direct
    assert User("U1", "Ann").to_json()["is_admin"] is False
