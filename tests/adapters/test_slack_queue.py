"""The queue of reported questions on the real program against the fake Slack: from the button to the outcome."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.slack_program import Program
from tests.adapters.slack_rig import until
from tests.adapters.test_slack_program import asked, human, labels, words
from tests.fakes.slack import Channel, FakeSlack, Human, Message

pytestmark = [pytest.mark.process, pytest.mark.timeout(240)]


@pytest.fixture
async def program(tmp_path: Path) -> AsyncIterator[Program]:
    fake = await FakeSlack().start()
    fake.add_channel(Channel("C1"))
    made = Program(fake, tmp_path, "socket")
    await made.start()
    yield made
    await made.stop()
    assert fake.world.refusals == []
    await fake.stop()


async def reported(slack: FakeSlack, person: Human, question: Message, text: str) -> None:
    """Somebody answers the question and reports it by the button on the verdict."""
    before = len(person.sees())
    await person.press(question, "A")
    await until(lambda: len(person.sees()) > before)
    known = set(slack.world.views)
    await person.press(person.sees()[-1], "Report")
    await until(lambda: set(slack.world.views) - known)
    (number,) = set(slack.world.views) - known
    before = len(person.sees())
    ack = await person.submit(slack.world.views[number], {"reason": "The key is wrong", "text": text})
    assert ack.body == {}
    await until(lambda: len(person.sees()) > before)
    assert "Thank you" in person.sees()[-1].text


async def pressed(person: Human, label: str) -> Message:
    """Press a button on what was shown last; what is shown then, there or in a new message."""
    message = person.sees()[-1]
    before = (len(person.sees()), words(message))
    await person.press(message, label)
    await until(lambda: (len(person.sees()), words(person.sees()[-1])) != before)
    return person.sees()[-1]


async def test_reports_become_a_case_that_an_admin_decides_and_the_reporters_hear_of_it(
    program: Program,
) -> None:
    slack = program.slack
    ann, cleo = human(slack, "Ann"), human(slack, "Cleo")
    bob = human(slack, "Bob", admin=True)
    question = await asked(slack, bob)
    await reported(slack, ann, question, "The docs say <https://example.com|otherwise> & more.")
    await reported(slack, cleo, question, "`code` *bold* @here")

    refused = await ann.command("/bank reports")
    assert "Only admins" in refused.body["text"]
    await bob.command("/bank reports")
    await until(lambda: "in quarantine" in words(bob.sees()[-1]))
    opener = labels(bob.sees()[-1])[0]
    case = await pressed(bob, opener)
    assert "2 reports by 2 people" in words(case)
    assert "In quarantine since" in words(case)
    assert "The docs say" in words(case)
    unchanged = await pressed(bob, "Mark fixed")
    assert "exactly as it was reported" in words(unchanged)
    done = await pressed(bob, "Dismiss")
    assert "I tell the 2 people who reported it" in words(done)

    for person in (ann, cleo):
        direct = slack.world.direct(person.user.id).id
        await until(lambda p=person, d=direct: any("it stays as it is" in m.text for m in p.sees(d)), 20)
    await bob.command("/bank audit")
    await until(lambda: "dismissed" in words(bob.sees()[-1]))
    assert "Bob · dismissed" in words(bob.sees()[-1])
    await bob.command("/bank stats")
    await until(lambda: "first answers" in words(bob.sees()[-1]))
    assert await program.stop() == 0
