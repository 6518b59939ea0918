"""The queue of reported questions on the real program against the fake Discord: from the button to the outcome."""

from __future__ import annotations

import pytest

from tests.adapters.discord_desk import until
from tests.adapters.discord_program import answer, daily_question
from tests.adapters.test_discord_program import Scene, scene, told  # noqa: F401  (a fixture)
from tests.fakes.discord.people import Person, is_ephemeral, labels, text_of
from tests.fakes.discord.world import MANAGE_GUILD

pytestmark = pytest.mark.process


async def reported(person: Person, question: dict[str, object], text: str) -> None:
    """Somebody answers the question and reports it by the button on the verdict."""
    verdict = await answer(person, question)
    assert verdict.message is not None
    form = await person.click(verdict.message, "Report")
    thanked = await person.fill(form, reason=["key"], text=text)
    assert "Thank you" in text_of(thanked.message)


async def test_reports_become_a_case_that_an_admin_decides_and_the_reporters_hear_of_it(
    scene: Scene,  # noqa: F811
) -> None:
    fake = scene.fake
    question = await daily_question(fake, scene.channel)
    ada, bo = fake.person("Ada Learner"), fake.person("Bo Learner")
    await reported(ada, question, "The docs say [otherwise](https://example.com) ||now||.")
    await reported(bo, question, "`code` **bold** @everyone")

    olive = fake.person("Olive Owner", permissions=MANAGE_GUILD)
    queue = await olive.command(scene.channel, "bank reports")
    assert queue.message is not None
    assert is_ephemeral(queue.message)
    assert "in quarantine" in text_of(queue.message)
    case = await olive.click(queue.message, labels(queue.message)[0])
    assert case.message is not None
    assert "2 reports by 2 people" in text_of(case.message)
    assert "The docs say" in text_of(case.message)
    unchanged = await olive.click(case.message, "Mark fixed")
    assert unchanged.message is not None
    assert "exactly as it was reported" in text_of(unchanged.message)
    done = await olive.click(unchanged.message, "Dismiss")
    assert "I tell the 2 people who reported it" in text_of(done.message)
    await until(lambda: len([post for post in told(fake) if "it stays as it is" in text_of(post)]) == 2, 20)

    log = await olive.command(scene.channel, "bank audit")
    assert "Olive Owner · dismissed" in text_of(log.message)
    stats = await olive.command(scene.channel, "bank stats", topic="s3")
    assert "first answers by 2 people" in text_of(stats.message)
