"""The real program on Discord: from the invitation to the explanation, and through restarts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.commands.command import ParameterKind
from bot.commands.registry import COMMANDS
from tests.adapters.discord_desk import until
from tests.adapters.discord_program import Program, answer, daily_question
from tests.fakes.discord import TOKEN, FakeDiscord
from tests.fakes.discord.people import is_ephemeral, labels, text_of
from tests.fakes.discord.world import MANAGE_GUILD, SEND, Channel

pytestmark = pytest.mark.process
EXAMPLES: dict[ParameterKind, str | int] = {
    ParameterKind.TEXT: "what is s3",
    ParameterKind.INTEGER: 1,
    ParameterKind.TOPIC: "s3",
    ParameterKind.EXAM: "dva",
    ParameterKind.CHOICE: "week",
    ParameterKind.PAIR: "s3-vs-efs",
}


class Scene:
    """A program and a server with a channel."""

    def __init__(self, fake: FakeDiscord, folder: Path, database: str = "") -> None:
        self.fake = fake
        self.guild = fake.world.add_guild()
        self.channel: Channel = fake.world.add_channel(self.guild)
        self.program = Program(fake, folder, database)


BOTH = pytest.mark.parametrize("scene", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
async def scene(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Scene]:
    kept = getattr(request, "param", "sqlite")
    database = request.getfixturevalue("postgres").database() if kept == "postgresql" else ""
    async with FakeDiscord() as fake:
        made = Scene(fake, tmp_path, database)
        await made.program.start()
        yield made
        await made.program.stop()
        assert not fake.rest.refusals, fake.rest.refusals


def told(fake: FakeDiscord) -> list[dict[str, Any]]:
    """All direct messages of the tutor."""
    return [
        post
        for channel in fake.world.channels.values()
        if channel.recipient
        for post in fake.posts_in(channel)
    ]


@BOTH
async def test_from_the_invitation_to_the_explanation(scene: Scene) -> None:
    fake = scene.fake
    guild = await fake.invite("New team", "general")
    general = next(iter(guild.channels.values()))
    await until(lambda: fake.posts_in(general))
    greeting = fake.posts_in(general)[0]
    assert "Cloudlark" in text_of(greeting)

    olive = fake.person("Olive Owner", permissions=MANAGE_GUILD)
    asked = await olive.click(greeting, "Set it up")
    refused = await olive.fill(asked, time="quarter past")
    assert "not a time of day" in text_of(refused.message)
    again = await olive.click(refused.message, "Correct it")
    made = await olive.fill(again, time="09:00", timezone="Europe/Berlin", questions="dynamodb, s3")
    assert "is on" in text_of(made.message)
    await olive.click(made.message, "Post today's now")
    await until(lambda: any("Daily question" in text_of(post) for post in fake.posts_in(general)))
    question = fake.posts_in(general)[-1]

    ada, bo = fake.person("Ada Learner"), fake.person("Bo Learner")
    first = await answer(ada, question)
    assert is_ephemeral(first.message)
    assert first.seconds < 1
    second = await answer(ada, question, 1)
    assert "already answered" in text_of(second.message)
    await answer(bo, question)
    await until(lambda: "2 answered" in text_of(question))

    listed = await olive.command(general, "schedule list")
    assert "dynamodb" in text_of(listed.message).casefold()
    await olive.command(general, "schedule reveal", number=1)
    await until(lambda: "Closed" in text_of(question))
    assert " of 2" in text_of(question)
    await until(lambda: int(question["id"]) in fake.world.channels)
    thread = fake.world.channels[int(question["id"])]
    await until(lambda: fake.posts_in(thread))
    assert "Why" in text_of(fake.posts_in(thread)[0])
    mine = await ada.click(question, "My answer")
    assert is_ephemeral(mine.message)


async def test_practice_walks_through_its_questions_in_one_private_message(scene: Scene) -> None:
    ada = scene.fake.person()
    card = await ada.command(scene.channel, "quiz", topic="dynamodb", count=2)
    for onward in ("Next question", "Finish"):
        shown = await answer(ada, card.message)
        assert shown.message is card.message
        assert labels(card.message) == [onward, "Report"]
        await ada.click(card.message, onward)
    assert "of 2 right" in text_of(card.message) or "All 2 right" in text_of(card.message)


@BOTH
async def test_a_restart_keeps_buttons_answers_and_commands(scene: Scene) -> None:
    fake = scene.fake
    question = await daily_question(fake, scene.channel)
    ada = fake.person()
    await answer(ada, question)
    assert await scene.program.stop() == 0
    await scene.program.start()
    assert "already answered" in text_of((await answer(ada, question, 1)).message)
    assert fake.rest.requests.count("commands") == 1


@BOTH
async def test_an_answer_that_was_shown_survives_sigkill(scene: Scene) -> None:
    question = await daily_question(scene.fake, scene.channel)
    people = [scene.fake.person(f"Person {n}") for n in range(10)]
    for person in people:
        await answer(person, question)
    await scene.program.kill()
    await scene.program.start()
    for person in people:
        assert "already answered" in text_of((await answer(person, question, 1)).message)


async def test_a_question_in_the_channel_is_reported(scene: Scene) -> None:
    question = await daily_question(scene.fake, scene.channel)
    ada = scene.fake.person()
    asked = await ada.use_on(question, "Report question")
    thanked = await ada.fill(asked, text="The documentation says otherwise.")
    assert "Thank you" in text_of(thanked.message)


async def test_a_channel_that_falls_silent_pauses_its_schedule_and_tells_the_admin_once(scene: Scene) -> None:
    fake = scene.fake
    await daily_question(fake, scene.channel)
    await fake.deny(scene.channel, SEND)
    await until(lambda: told(fake))
    assert "paused schedule" in text_of(told(fake)[0])
    await asyncio.sleep(3)  # more than one tick of the clock
    before = len(told(fake))
    await fake.deny(scene.channel, SEND)
    await asyncio.sleep(3)
    assert len(told(fake)) == before
    helper = fake.person(permissions=MANAGE_GUILD)
    assert "paused" in text_of((await helper.command(scene.channel, "schedule list")).message)


async def test_every_command_is_answered_within_the_rules(scene: Scene) -> None:
    await daily_question(scene.fake, scene.channel)
    olive = scene.fake.person(permissions=MANAGE_GUILD)
    for command in COMMANDS:
        given = {p.name: EXAMPLES[p.kind] for p in command.parameters if p.required}
        shown = await olive.command(scene.channel, command.name, **given)
        assert shown.modal or text_of(shown.message), command.name


async def test_words_in_a_direct_message_start_practice(scene: Scene) -> None:
    ada = scene.fake.person()
    await ada.write("dynamodb")
    direct = scene.fake.world.direct_channel(ada.user)
    await until(lambda: scene.fake.posts_in(direct))
    assert "DynamoDB" in text_of(scene.fake.posts_in(direct)[0])


async def test_no_secret_and_no_name_stands_in_the_log(scene: Scene) -> None:
    question = await daily_question(scene.fake, scene.channel)
    await answer(scene.fake.person("Ada Lovelace-Learner"), question)
    await scene.program.stop()
    log = scene.program.log()
    assert TOKEN not in log
    assert "Lovelace" not in log
