"""Discord and the program at their worst: nothing is lost, nothing is said twice."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.discord_desk import until
from tests.adapters.discord_program import Program, answer, daily_question, insist, questions_in, set_up
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.people import text_of
from tests.fakes.discord.world import MANAGE_GUILD, Channel

pytestmark = [pytest.mark.process, pytest.mark.timeout(180)]
CROWD = 40


class Scene:
    """A program and a server with a channel."""

    def __init__(self, fake: FakeDiscord, folder: Path) -> None:
        self.fake = fake
        self.channel: Channel = fake.world.add_channel(fake.world.add_guild())
        self.program = Program(fake, folder)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with FakeDiscord() as fake:
        made = Scene(fake, tmp_path)
        await made.program.start()
        yield made
        await made.program.stop()


async def answered(scene: Scene) -> int:
    """How many answers the round has when it closes."""
    post = questions_in(scene.fake, scene.channel)[0]
    olive = scene.fake.person(permissions=MANAGE_GUILD)
    await insist(lambda: olive.command(scene.channel, "schedule reveal", number=1))
    await until(lambda: "Closed" in text_of(post), 60)
    found = re.search(r"of (\d+)(?: answers?)?(?:\*\*)? right", text_of(post))
    assert found, text_of(post)
    return int(found.group(1))


async def test_a_gateway_that_is_cut_in_a_burst_loses_no_answer(scene: Scene) -> None:
    question = await daily_question(scene.fake, scene.channel)
    crowd = [scene.fake.person(f"Person {n}") for n in range(CROWD)]

    async def cut() -> None:
        for _ in range(4):
            await asyncio.sleep(0.15)
            scene.fake.gateway.cut()

    async def click(number: int) -> None:
        await asyncio.sleep(number * 0.02)
        await insist(lambda: answer(crowd[number], question, number % 4))

    await asyncio.gather(cut(), *(click(number) for number in range(CROWD)))
    assert scene.fake.gateway.resumes >= 1
    assert await answered(scene) == CROWD


async def test_a_rest_api_that_fails_every_fifth_time_loses_no_answer_and_posts_once(scene: Scene) -> None:
    olive, made = await set_up(scene.fake, scene.channel)
    scene.fake.rest.faults.share, scene.fake.rest.faults.status = 0.2, 502
    await insist(lambda: olive.click(made, "Post today's now"))
    await until(lambda: questions_in(scene.fake, scene.channel), 60)
    (question,) = questions_in(scene.fake, scene.channel)
    crowd = [scene.fake.person(f"Person {n}") for n in range(CROWD)]
    await asyncio.gather(*(insist(lambda p=person: answer(p, question)) for person in crowd))
    assert await answered(scene) == CROWD
    assert scene.fake.rest.faults.happened > 5
    assert len(scene.fake.posts_in(scene.channel)) == 1


@pytest.mark.parametrize("after_effect", [False, True], ids=["before the post", "after the post"])
@pytest.mark.parametrize("forgotten", [False, True], ids=["nonce kept", "nonce forgotten"])
async def test_killed_between_claim_post_and_mark_the_question_stands_once(
    scene: Scene, after_effect: bool, forgotten: bool
) -> None:
    held = scene.fake.rest.faults.hold("post", after_effect=after_effect)
    setting_up = asyncio.create_task(daily_question(scene.fake, scene.channel))
    await asyncio.wait_for(held.reached.wait(), 30)
    await scene.program.kill()
    held.release.set()
    if forgotten:
        scene.fake.rest.forget_nonces()
    scene.program.end_leases()
    await scene.program.start()
    question = await setting_up
    await answer(scene.fake.person(), question)
    await asyncio.sleep(3)  # more than one tick of the clock
    assert len(questions_in(scene.fake, scene.channel)) == 1
    assert await answered(scene) == 1
