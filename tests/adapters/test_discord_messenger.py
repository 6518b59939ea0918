"""The tutor speaks first on Discord: exactly once, in channels, threads, forums and direct messages."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from adapters.discord import sending
from bot.messages import (
    ChannelGoneError,
    DeliveryFailedError,
    DeliveryUnknownError,
    Explanation,
    Notice,
    OptionReason,
    Picture,
    Reveal,
    Section,
    Sheet,
)
from bot.model.people import Channel, MessageRef, Person
from tests.adapters.discord_desk import CARD, Stage, stage
from tests.fakes.discord.people import labels, text_of
from tests.fakes.discord.world import (
    ANNOUNCEMENT,
    ANNOUNCEMENT_THREAD,
    CREATE_THREADS,
    FORUM,
    HISTORY,
    PUBLIC_THREAD,
    SEND,
    SEND_IN_THREADS,
    VIEW,
)

REASONS = (OptionReason("A", "Amazon S3", True, "It stores objects.", share=0.75, count=3),)
REVEAL = Reveal("Closed", "Which service stores objects?", REASONS, 4, 3)
WHY = Explanation("Why A?", REASONS, "S3 is the object store.")
TAG = {"id": "5", "name": "Daily", "moderated": False, "emoji_id": None, "emoji_name": None}
CHART = Picture("chart one.png", b"\x89PNG fake", "A line that rises from 40 to 80 percent.")


@pytest.fixture
async def at():
    async with stage() as ready:
        yield ready


async def post(at: Stage, message=CARD, nonce: str = "cloudlark-1", **more) -> MessageRef:
    return await at.adapter.messenger.post(at.place, message, nonce=nonce, **more)


def an_hour_ago(at: Stage) -> dt.datetime:
    return at.clock.now() - dt.timedelta(hours=1)


async def test_a_repeated_nonce_shows_one_message(at: Stage) -> None:
    first, second = await post(at), await post(at)
    assert first == second
    assert len(at.fake.posts_in(at.channel)) == 1


async def test_nothing_that_is_posted_mentions_anybody(at: Stage) -> None:
    await post(at, Notice("Hello @everyone and <@123>."))
    message = at.fake.posts_in(at.channel)[0]
    assert message["allowed_mentions"] == {"parse": []}
    assert "\\@everyone" in text_of(message)
    assert "\\<@123>" in text_of(message)


async def test_a_post_whose_answer_was_lost_is_not_posted_twice(at: Stage) -> None:
    at.fake.rest.faults.plan("post", 500, after_effect=True)
    await post(at)
    assert len(at.fake.posts_in(at.channel)) == 1


async def test_a_post_is_found_by_its_nonce_although_discord_forgot_it(at: Stage) -> None:
    ref = await post(at, nonce="cloudlark-77")
    at.fake.rest.forget_nonces()
    await post(at, Notice("Something else"), nonce="cloudlark-78")
    messenger = at.adapter.messenger
    assert await messenger.find(at.place, "cloudlark-77", an_hour_ago(at)) == ref
    assert await messenger.find(at.place, "cloudlark-79", an_hour_ago(at)) is None


async def test_looking_where_reading_is_not_allowed_says_so_once_a_repetition_is_no_longer_safe(
    at: Stage,
) -> None:
    await at.fake.deny(at.channel, HISTORY)
    await asyncio.sleep(0.05)
    messenger = at.adapter.messenger
    assert await messenger.find(at.place, "cloudlark-1", at.clock.now() - dt.timedelta(minutes=2)) is None
    with pytest.raises(DeliveryUnknownError):
        await messenger.find(at.place, "cloudlark-1", an_hour_ago(at))


async def test_a_reveal_takes_the_place_of_the_question(at: Stage) -> None:
    ref = await post(at)
    for _ in range(2):
        await at.adapter.messenger.edit(ref, REVEAL)
    (message,) = at.fake.posts_in(at.channel)
    assert "75 %" in text_of(message)
    assert labels(message) == []


async def test_editing_a_message_that_somebody_deleted_does_nothing(at: Stage) -> None:
    ref = await post(at)
    at.channel.messages.clear()
    await at.adapter.messenger.edit(ref, REVEAL)


async def test_charts_go_up_as_attachments_with_their_description(at: Stage) -> None:
    ref = await post(at, Sheet("Progress", pictures=(CHART,)))
    (message,) = at.fake.posts_in(at.channel)
    assert message["attachments"][0]["filename"] == "chart_one.png"
    assert message["attachments"][0]["description"] == CHART.alt
    await at.adapter.messenger.edit(ref, REVEAL)
    assert message["attachments"] == []


async def test_the_explanation_stands_in_a_thread_below_the_question(at: Stage) -> None:
    ref = await post(at)
    await post(at, WHY, "cloudlark-2", thread=ref)
    thread = at.fake.world.channels[int(ref.id)]
    assert (thread.type, thread.name) == (PUBLIC_THREAD, "Why A?")
    assert "It stores objects." in text_of(at.fake.posts_in(thread)[0])


async def test_a_repeated_explanation_finds_the_one_in_its_thread(at: Stage) -> None:
    ref = await post(at)
    first = await post(at, WHY, "cloudlark-2", thread=ref)
    at.fake.rest.forget_nonces()
    assert await post(at, WHY, "cloudlark-2", thread=ref) == first
    assert len(at.fake.posts_in(at.fake.world.channels[int(ref.id)])) == 1


@pytest.mark.parametrize("missing", [CREATE_THREADS, SEND_IN_THREADS])
async def test_without_threads_the_explanation_is_a_reply(at: Stage, missing: int) -> None:
    ref = await post(at)
    await at.fake.deny(at.channel, missing)
    await post(at, WHY, "cloudlark-2", thread=ref)
    assert at.fake.posts_in(at.channel)[-1]["reference"] == ref.id


async def test_without_history_a_reply_becomes_a_plain_message(at: Stage) -> None:
    ref = await post(at)
    await at.fake.deny(at.channel, CREATE_THREADS | HISTORY)
    await post(at, WHY, "cloudlark-2", thread=ref)
    assert at.fake.posts_in(at.channel)[-1]["reference"] is None


async def test_an_announcement_channel_has_announcement_threads(at: Stage) -> None:
    news = at.fake.world.add_channel(at.guild, "news", ANNOUNCEMENT)
    place = Channel("discord", str(at.guild.id), str(news.id))
    ref = await at.adapter.messenger.post(place, CARD, nonce="a")
    await at.adapter.messenger.post(place, WHY, nonce="b", thread=ref)
    assert at.fake.world.channels[int(ref.id)].type == ANNOUNCEMENT_THREAD


async def test_in_a_forum_every_question_is_a_post_that_is_edited_answered_and_found(at: Stage) -> None:
    forum = at.fake.world.add_channel(at.guild, "quiz", FORUM)
    forum.require_tag, forum.tags = True, [TAG]
    await at.restart()
    place = Channel("discord", str(at.guild.id), str(forum.id))
    messenger = at.adapter.messenger
    ref = await messenger.post(place, CARD, nonce="cloudlark-5")
    thread = at.fake.world.channels[int(ref.id)]
    assert (thread.name, thread.parent) == ("Daily question", forum)
    await messenger.post(place, WHY, nonce="cloudlark-6", thread=ref)
    await messenger.edit(ref, REVEAL)
    first, second = at.fake.posts_in(thread)
    assert "Closed" in text_of(first)
    assert "Why A?" in text_of(second)
    again = await messenger.post(place, CARD, nonce="cloudlark-7")
    await at.restart()  # the threads of a server are told when it becomes available
    messenger = at.adapter.messenger
    assert await messenger.find(place, "cloudlark-7", an_hour_ago(at)) == again


async def test_a_forum_of_another_processs_servers_is_spoken_in_as_a_forum(at: Stage) -> None:
    forum = at.fake.world.add_channel(at.guild, "quiz", FORUM)
    forum.require_tag, forum.tags = True, [TAG]
    place = Channel("discord", str(at.guild.id), str(forum.id))
    assert at.adapter._client.get_channel(forum.id) is None
    messenger = at.adapter.messenger
    ref = await messenger.post(place, CARD, nonce="cloudlark-5")
    await messenger.edit(ref, REVEAL)
    await messenger.post(place, WHY, nonce="cloudlark-6", thread=ref)
    first, second = at.fake.posts_in(at.fake.world.channels[int(ref.id)])
    assert "Closed" in text_of(first)
    assert "Why A?" in text_of(second)
    assert at.fake.rest.requests.count("channel") == 1


async def test_a_schedule_may_live_in_a_thread(at: Stage) -> None:
    ref = await post(at)
    await post(at, Notice("Let us talk."), "cloudlark-2", thread=ref)
    place = Channel("discord", str(at.guild.id), ref.id)
    question = await at.adapter.messenger.post(place, CARD, nonce="cloudlark-3")
    await at.adapter.messenger.post(place, WHY, nonce="cloudlark-4", thread=question)
    thread = at.fake.world.channels[int(ref.id)]
    assert at.fake.posts_in(thread)[-1]["reference"] == question.id


async def test_a_thread_that_fell_asleep_wakes_and_a_locked_one_is_gone(at: Stage) -> None:
    ref = await post(at)
    await post(at, Notice("Let us talk."), "cloudlark-2", thread=ref)
    place = Channel("discord", str(at.guild.id), ref.id)
    thread = at.fake.world.channels[int(ref.id)]
    thread.archived = True
    question = await at.adapter.messenger.post(place, CARD, nonce="cloudlark-3")
    assert not thread.archived
    thread.archived = True
    await at.adapter.messenger.edit(question, REVEAL)
    assert not thread.archived
    assert "Closed" in text_of(at.fake.posts_in(thread)[-1])
    thread.archived = thread.locked = True
    with pytest.raises(ChannelGoneError, match="locked"):
        await at.adapter.messenger.edit(question, REVEAL)
    with pytest.raises(ChannelGoneError, match="locked"):
        await at.adapter.messenger.post(place, CARD, nonce="cloudlark-4")


async def test_a_direct_message_reaches_a_person(at: Stage) -> None:
    ada = at.fake.person()
    person = Person("discord", str(ada.user.id), str(ada.user.id), "Ada")
    ref = await at.adapter.messenger.direct(person, Notice("Your review is due."), nonce="cloudlark-9")
    assert "review is due" in text_of(at.fake.posts_in(at.fake.world.direct_channel(ada.user))[0])
    await at.adapter.messenger.edit(ref, Notice("Done for today."))
    assert "Done for today" in text_of(at.fake.posts_in(at.fake.world.direct_channel(ada.user))[0])


async def test_who_blocks_direct_messages_is_reported_as_gone(at: Stage) -> None:
    ada = at.fake.person()
    ada.user.accepts_direct = False
    person = Person("discord", str(ada.user.id), str(ada.user.id), "Ada")
    with pytest.raises(ChannelGoneError, match="does not accept direct messages"):
        await at.adapter.messenger.direct(person, Notice("Hello"), nonce="cloudlark-9")


@pytest.mark.parametrize(("missing", "words"), [(SEND, "Send Messages"), (VIEW, "View Channel")])
async def test_a_missing_permission_is_named(at: Stage, missing: int, words: str) -> None:
    await at.fake.deny(at.channel, missing)
    with pytest.raises(ChannelGoneError, match=words):
        await post(at)


async def test_a_deleted_channel_is_gone(at: Stage) -> None:
    del at.fake.world.channels[at.channel.id]
    with pytest.raises(ChannelGoneError, match="no longer exists"):
        await post(at)


async def test_a_server_that_removed_the_tutor_is_gone(at: Stage) -> None:
    del at.fake.world.guilds[at.guild.id]
    with pytest.raises(ChannelGoneError):
        await post(at)


async def test_a_connection_cut_after_the_post_leaves_its_fate_unknown(at: Stage) -> None:
    at.fake.rest.faults.plan("post", 0, after_effect=True, times=5)
    with pytest.raises(DeliveryUnknownError):
        await post(at)


async def test_too_many_posts_wait_for_their_bucket(at: Stage) -> None:
    at.fake.rest.limits.enforced, at.fake.rest.limits.seconds = True, 0.4
    await asyncio.gather(*(post(at, nonce=f"n-{n}") for n in range(12)))
    assert len(at.fake.posts_in(at.channel)) == 12


async def test_at_most_forty_requests_are_under_way(at: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    under_way, most = 0, 0

    async def slow(*_: object) -> str:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.01)
        under_way -= 1
        return "1"

    monkeypatch.setattr(sending, "send", slow)
    await asyncio.gather(*(post(at, nonce=f"n-{n}") for n in range(200)))
    assert most == 40


async def test_before_connecting_nothing_is_lost(at: Stage) -> None:
    with pytest.raises(DeliveryFailedError):
        await at.new_adapter().messenger.post(at.place, CARD, nonce="n")


async def test_a_sheet_that_does_not_fit_one_post_is_shortened_with_a_word(at: Stage) -> None:
    sections = tuple(Section(f"Part {n}", ("A line of a report. " * 20,) * 4) for n in range(6))
    await post(at, Sheet("Report", sections=sections))
    (message,) = at.fake.posts_in(at.channel)
    assert "(shortened)" in text_of(message)
    assert len(text_of(message)) <= 4000
