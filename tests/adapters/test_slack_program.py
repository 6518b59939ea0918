"""The real program against the fake Slack: from the invitation to the board, through crashes and failures."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.adapters.slack_program import Program
from tests.adapters.slack_rig import until
from tests.fakes.slack import Channel, FakeSlack, Human, Message, User
from tests.fakes.slack.block_rules import elements
from tests.fakes.slack.text_rules import spoken

pytestmark = [pytest.mark.process, pytest.mark.timeout(240)]


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = await FakeSlack().start()
    fake.add_channel(Channel("C1"))
    yield fake
    await fake.stop()


@pytest.fixture(params=["socket", "http"])
async def program(request: pytest.FixtureRequest, slack: FakeSlack, tmp_path: Path) -> AsyncIterator[Program]:
    mode, _, database = str(request.param).partition(" on ")
    server = request.getfixturevalue("postgres") if database else None
    made = Program(slack, tmp_path, mode, database=server.database() if server else "")
    await made.start()
    yield made
    await made.stop()


def human(slack: FakeSlack, name: str, admin: bool = False) -> Human:
    return Human(slack, User(f"U{name.upper()}", name, admin=admin), slack.world.channels["C1"])


def words(message: Message) -> str:
    return "\n".join(text for block in message.blocks for text in spoken(block))


def labels(message: Message) -> list[str]:
    return [element["text"]["text"] for element in elements(message.blocks)]


def questions(slack: FakeSlack, channel: str = "C1") -> list[Message]:
    """The daily questions in a channel, open or closed."""
    return [m for m in slack.world.shown(channel) if m.metadata and not m.thread and "Weekly" not in m.text]


async def scheduled(slack: FakeSlack, bob: Human, channel: Channel) -> None:
    """An admin sets up a daily question in a channel and lets today's be posted at once."""
    before = set(slack.world.views)
    await bob.command("/schedule add", channel)
    await until(lambda: set(slack.world.views) - before)
    (number,) = set(slack.world.views) - before
    ack = await bob.submit(slack.world.views[number], {"time": "03:00", "timezone": "UTC"})
    assert ack.body == {}
    await until(lambda: any("is on" in m.text for m in bob.sees(channel.id)))
    await bob.press(bob.sees(channel.id)[-1], "Post today's now")


async def asked(slack: FakeSlack, bob: Human) -> Message:
    """Today's question with a single pick."""
    await scheduled(slack, bob, slack.world.channels["C1"])
    await until(lambda: questions(slack), 20)
    return questions(slack)[0]


async def answer(person: Human, message: Message) -> str:
    """Answer A; return the private verdict."""
    before = len(person.sees())
    await person.press(message, "A")
    await until(lambda: len(person.sees()) > before)
    return person.sees()[-1].text


@pytest.mark.parametrize("program", ["socket", "http", "http on postgresql"], indirect=True)
async def test_from_the_invitation_to_the_reveal_and_the_board(program: Program) -> None:
    slack = program.slack
    ann, bob = human(slack, "Ann"), human(slack, "Bob", admin=True)

    await bob.event({"type": "member_joined_channel", "user": "UBOT", "channel": "C1", "inviter": "UBOB"})
    await until(ann.sees)
    await ann.press(ann.sees()[0], labels(ann.sees()[0])[0])
    await until(lambda: ann.sees()[-1].ephemeral)
    assert "Only admins" in ann.sees()[-1].text

    question = await asked(slack, bob)
    verdict = await answer(ann, question)
    again = await answer(ann, question)
    assert verdict[0] in "✅❌"
    assert "already answered" in again
    await until(lambda: "1 answer so far" in words(question), 15)

    await bob.command("/schedule reveal 1")
    await until(lambda: "1 answer right" in words(question) or "got it right" in words(question), 20)
    await until(lambda: [m for m in slack.world.shown("C1") if m.thread == question.ts], 20)
    late = await answer_closed(bob, question)
    assert late

    board = await ann.command("/leaderboard")
    assert "Ann" in board.body["text"]
    helped = await ann.command("/quiz help")
    assert "/quiz" in helped.body["text"]
    await ann.open_home()
    await until(lambda: "UANN" in slack.world.homes)

    await bob.event({"type": "channel_left", "channel": "C1"})
    direct = slack.world.direct("UBOB").id
    await until(lambda: any("I paused schedule" in m.text for m in bob.sees(direct)), 15)
    assert slack.world.refusals == []
    assert await program.stop() == 0
    assert "adapters/slack" not in program.log


async def test_several_picks_are_answered_in_a_modal_and_counted(slack: FakeSlack, tmp_path: Path) -> None:
    program = Program(slack, tmp_path, "http", several=True)
    await program.start()
    ann, bob = human(slack, "Ann"), human(slack, "Bob", admin=True)
    question = await asked(slack, bob)
    known = set(slack.world.views)
    await ann.press(question, "Answer: pick 2")
    await until(lambda: set(slack.world.views) - known)
    (number,) = set(slack.world.views) - known

    few = await ann.submit(slack.world.views[number], {"picks": ["A"]})
    enough = await ann.submit(slack.world.views[number], {"picks": ["A", "B"]})

    assert few.body["errors"] == {"picks": "Pick exactly 2 options: you picked 1."}
    assert enough.body == {}
    await until(lambda: ann.sees()[-1].ephemeral and ann.sees()[-1].text[0] in "✅❌")
    assert await program.stop() == 0


async def answer_closed(person: Human, message: Message) -> str:
    """Press "My answer" on a closed question."""
    before = len(person.sees())
    await person.press(message, "My answer")
    await until(lambda: len(person.sees()) > before)
    return person.sees()[-1].text


async def test_acknowledged_answers_survive_sigkill_and_open_buttons_work_after_it(program: Program) -> None:
    slack = program.slack
    bob = human(slack, "Bob", admin=True)
    question = await asked(slack, bob)
    crowd = [human(slack, f"P{number}") for number in range(60)]
    acknowledged: set[str] = set()

    async def press(person: Human) -> None:
        ack = await person.press(question, "A")
        if ack.status == 200:
            acknowledged.add(person.user.id)

    pressing = [asyncio.create_task(press(person)) for person in crowd]
    await until(lambda: len(acknowledged) >= 15, 20)
    await program.kill()
    for task in pressing:
        task.cancel()
    await asyncio.gather(*pressing, return_exceptions=True)
    sure = set(acknowledged)
    await program.start()

    kept = Counter(str(row[0]) for row in program.rows(_ANSWERERS))
    assert sure <= set(kept)
    assert set(kept.values()) == {1}
    first, fresh = crowd[int(min(sure)[2:])], human(slack, "Fresh")
    assert "already answered" in await answer(first, question)
    assert (await answer(fresh, question))[0] in "✅❌"


_ANSWERERS = """
    select i.external from attempts a join identities i on i.learner_id = a.learner_id where a.slot = 'r1'
"""


async def test_no_post_is_lost_or_doubled_by_failures_and_kills(slack: FakeSlack, tmp_path: Path) -> None:
    program = Program(slack, tmp_path, "socket")
    bob = human(slack, "Bob", admin=True)
    channels = [slack.add_channel(Channel(f"C{number}")) for number in range(2, 14)]
    await program.start()
    for channel in channels:
        channel.people.add("UBOB")
        await scheduled(slack, bob, channel)
    await until(lambda: all(questions(slack, channel.id) for channel in channels), 60)
    await program.stop()
    _another_day(program)
    slack.faults.share = 0.2

    for _ in range(4):
        await program.start()
        await asyncio.sleep(0.4)
        await program.kill()
        program.execute("update posts set ready_at = created_at where state = 'pending'")
    slack.faults.share = 0.0
    await program.start()
    done = "select count(*) from posts where kind = 'question' and state = 'sent'"
    await until(lambda: program.rows(done) == [(24,)], 60)
    await program.stop()

    assert slack.of("conversations.history"), "no kill left a post whose fate had to be found out"
    assert set(Counter(slack.world.nonces()).values()) == {1}
    assert [len(questions(slack, channel.id)) for channel in channels] == [2] * 12


def _another_day(program: Program) -> None:
    """Let the questions of the running day be those of an earlier one, and all schedules be due."""
    program.execute("update posts set key = key || ':before' where kind = 'question'")
    program.execute(
        "update schedules set next_fire_at = (select max(created_at) from posts) where kind = 'question'"
    )


async def test_torn_sockets_in_a_burst_lose_no_acknowledged_answer(slack: FakeSlack, tmp_path: Path) -> None:
    program = Program(slack, tmp_path, "socket")
    await program.start()
    crowd = [human(slack, f"P{number}") for number in range(80)]
    await asyncio.gather(*(person.command("/quiz dynamodb 1") for person in crowd))
    await until(lambda: all(person.sees() for person in crowd), 60)
    slack.faults.share = 0.2
    acknowledged: set[str] = set()

    async def press(person: Human, number: int) -> None:
        await asyncio.sleep(number * 0.01)
        click = person.click_payload(person.sees()[0], "A")
        while person.user.id not in acknowledged:
            with suppress(TimeoutError):
                await asyncio.wait_for(slack.deliver("interactive", click), 5)
                acknowledged.add(person.user.id)

    async def tear() -> None:
        for _ in range(4):
            await asyncio.sleep(0.2)
            slack.sockets.cut(1)

    await asyncio.gather(tear(), *(press(person, number) for number, person in enumerate(crowd)))
    slack.faults.share = 0.0
    await slack.sockets.wait_open(1)

    kept = Counter(str(row[0]) for row in program.rows(_PRACTISERS))
    assert set(kept) == {person.user.id for person in crowd}
    assert set(kept.values()) == {1}
    assert await program.stop() == 0


_PRACTISERS = """
    select i.external from attempts a join identities i on i.learner_id = a.learner_id where a.slot like 'p%'
"""
