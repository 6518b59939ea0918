"""What Discord's documentation asks of every client, beside the shape of what it sends."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest

from adapters.discord import answers, faults, waiting
from adapters.discord.layout import Page, Text
from bot.messages import ChannelGoneError, DeliveryUnknownError, Notice, NotYetError, Reply, Section, Sheet
from bot.model.people import Channel
from tests.adapters.discord_desk import CARD, Stage, stage, until
from tests.adapters.test_discord_messenger import CHART, TAG, WHY, post
from tests.fakes.discord.people import text_of
from tests.fakes.discord.refusals import AGENT
from tests.fakes.discord.world import FORUM


@dataclass
class Answer:
    """What the library keeps of an answer."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    reason: str = ""

    async def json(self) -> dict[str, Any]:
        return self.body


@pytest.fixture
async def at():
    async with stage() as ready:
        yield ready


async def test_every_request_names_the_client_answers_to_interactions_too(at: Stage) -> None:
    await at.fake.person().command(at.channel, "quiz")
    await post(at)
    assert {"me", "gateway", "commands", "callback", "post"} <= set(at.fake.rest.requests)
    assert len(at.fake.rest.agents) == 1
    assert AGENT.match(at.fake.rest.agents.pop())


async def test_a_429_is_waited_out_although_nobody_says_that_cloudflare_stands_in_between(at: Stage) -> None:
    at.fake.rest.limits.enforced, at.fake.rest.limits.cloudflare = True, False
    at.fake.rest.limits.limit, at.fake.rest.limits.seconds = 1, 0.3
    person = at.fake.person()
    await asyncio.gather(*(post(at, nonce=f"n-{n}") for n in range(3)))
    await asyncio.gather(*(person.command(at.channel, "quiz") for _ in range(2)))
    assert len(at.fake.posts_in(at.channel)) >= 3
    assert at.fake.rest.limits.refused


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Retry-After": "0.05", "X-RateLimit-Global": "true"}, {}),
        ({}, {"retry_after": 0.05, "global": True}),
    ],
)
async def test_while_everybody_has_to_wait_nobody_sends(headers: dict[str, str], body: dict) -> None:
    everybody, seen = asyncio.Event(), []
    everybody.set()

    async def send() -> str:
        if not seen:
            seen.append("refused")
            raise waiting.discord.HTTPException(Answer(429, headers, body), body)
        return "sent"

    sending = asyncio.create_task(waiting.patiently(send, everybody=everybody))
    await until(lambda: not everybody.is_set())
    assert await sending == "sent"
    assert everybody.is_set()


async def test_whoever_would_have_to_wait_long_is_told_how_long(at: Stage) -> None:
    at.fake.rest.limits.enforced, at.fake.rest.limits.cloudflare = True, False
    at.fake.rest.limits.limit, at.fake.rest.limits.seconds = 0, 900.0
    with pytest.raises(NotYetError) as caught:
        await post(at)
    assert 800 < caught.value.retry_after <= 900


async def test_a_chart_is_sent_whole_after_the_wait(at: Stage) -> None:
    at.fake.rest.faults.plan("post", 429, times=2)
    await post(at, Sheet("Progress", pictures=(CHART,)))
    (message,) = at.fake.posts_in(at.channel)
    assert at.fake.rest.faults.happened == 2
    assert message["attachments"][0]["size"] == len(CHART.data)


async def test_a_forums_post_whose_fate_is_unknown_is_not_repeated_by_the_library(at: Stage) -> None:
    forum = at.fake.world.add_channel(at.guild, "quiz", FORUM)
    forum.require_tag, forum.tags = True, [TAG]
    await at.restart()
    place = Channel("discord", str(at.guild.id), str(forum.id))
    at.fake.rest.faults.plan("forum_post", 502, after_effect=True)
    messenger = at.adapter.messenger
    with pytest.raises(DeliveryUnknownError):
        await messenger.post(place, CARD, nonce="cloudlark-5")
    threads = [c for c in at.fake.world.channels.values() if c.parent is forum]
    assert len(threads) == 1
    await until(lambda: at.adapter._client.get_guild(at.guild.id).threads)
    found = await messenger.find(place, "cloudlark-5", at.clock.now())
    assert found is not None
    assert found.id == str(threads[0].id)


async def test_where_no_more_threads_may_be_the_explanation_is_a_reply(at: Stage) -> None:
    ref = await post(at)
    at.channel.full_of_threads = True
    await post(at, WHY, "cloudlark-2", thread=ref)
    assert at.fake.posts_in(at.channel)[-1]["reference"] == ref.id


async def test_a_post_in_a_forum_bears_a_name_even_where_there_is_no_title(at: Stage) -> None:
    forum = at.fake.world.add_channel(at.guild, "quiz", FORUM)
    await at.restart()
    place = Channel("discord", str(at.guild.id), str(forum.id))
    ref = await at.adapter.messenger.post(place, Notice(" "), nonce="cloudlark-5")
    assert at.fake.world.channels[int(ref.id)].name == "…"


async def test_an_autocompletion_that_fails_is_answered_with_nothing_but_choices(at: Stage) -> None:
    at.desk.complete = None
    ada = at.fake.person()
    typing = asyncio.create_task(ada.type(at.channel, "quiz", "topic", "s3"))
    await until(lambda: at.fake.interactions.waiting)
    await asyncio.sleep(0.2)
    typing.cancel()
    assert not at.fake.rest.refusals


async def test_where_the_person_brought_the_tutor_along_five_further_messages_suffice(at: Stage) -> None:
    lines = tuple(f"Line {n} of a very long page of help for everybody." for n in range(700))
    at.desk.replies["quiz"] = Reply(Sheet("Help", sections=(Section(lines=lines),)))
    shown = await at.fake.person(brought_along=True).command(at.channel, "quiz")
    await until(lambda: len(shown.followups) == answers.FURTHER)
    await until(lambda: not at.adapter._interactions.under_way)
    assert not at.fake.rest.refusals
    assert "(shortened)" in text_of(shown.followups[-1])
    assert "Line 699" in text_of(shown.followups[-1])


def test_pages_that_fit_stay_as_they_are() -> None:
    pages = [Page(0, (Text(str(n)),)) for n in range(3)]
    assert answers.within(pages, 3) == pages


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (50278, "does not accept direct messages"),
        (160005, "locked"),
        (40066, "need a tag"),
        (99999, "may not write"),
    ],
)
def test_refusals_are_sentences_for_the_admin(code: int, words: str) -> None:
    error = faults.discord.HTTPException(Answer(403), {"code": code, "message": "no"})
    fault = faults.fault_of(error)
    assert isinstance(fault, ChannelGoneError)
    assert words in fault.reason
