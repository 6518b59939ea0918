"""Two replicas on one database, working at the same instant."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.util import await_only

from bot.commands.front import FrontDesk
from bot.jobs import tick
from bot.messages import Message, QuestionCard, Reveal, encode
from bot.messages.acts import AnswerPractice, AnswerRound, ShowPractice
from bot.model.people import MessageRef
from bot.storage.attempts import add_attempts
from bot.storage.rounds import find_round
from bot.storage.store import Store, open_store
from bot.storage.tables import days, encounters, identities, items, learners, rounds, standings
from bot.tutor import answering
from bot.tutor.closing import close_now
from bot.tutor.replay import replay
from bot.tutor.tallying import refresh_tallies
from bot.tutor.tutor import Tutor
from tests.support.messenger import RememberingMessenger
from tests.support.postgres import Postgres
from tests.support.world import World, world
from tests.support.world import settings as defaults
from tests.tutor.test_reminding import FORM as REMIND
from tests.tutor.test_reminding import forgets_something
from tests.tutor.test_replay import state

DAILY = {"time": "09:00", "timezone": "UTC", "weekdays": "0,1,2,3,4,5,6", "questions": "all", "window": "60"}


@dataclass
class Pair:
    """A world, and another replica of its tutor with a desk of its own."""

    world: World
    other: Tutor
    desk: FrontDesk

    @property
    def desks(self) -> tuple[FrontDesk, FrontDesk]:
        """Both desks."""
        return self.world.desk, self.desk

    async def ask(self, channel: str = "daily") -> None:
        """Let a channel have its question."""
        about = f"sf:schedule:{channel}"
        await self.world.desk.submit(self.world.caller("ada", channel, admin=True), about, DAILY)
        await self.world.tick(hours=1)


@pytest.fixture
async def pair(postgres: Postgres, tmp_path: object) -> AsyncIterator[Pair]:
    url = postgres.database()
    one, two = await open_store(url), await open_store(url)
    async with world(tmp_path, store=one) as made:  # type: ignore[arg-type]
        other = Tutor.of(made.tutor.bank, two, made.clock, random.Random(8), defaults())
        other.messengers = made.tutor.messengers
        yield Pair(made, other, FrontDesk(other))
        await other.answers.drain()
    await one.close()
    await two.close()


async def all_of(store: Store, table: object) -> list[tuple[object, ...]]:
    return await store.read(lambda db: [tuple(row) for row in db.execute(select(table))])  # type: ignore[call-overload]


async def test_a_question_that_everybody_answers_at_once_is_learnt_from_all_of_them(pair: Pair) -> None:
    await pair.ask()
    people = [pair.world.caller(f"p{n}", "daily") for n in range(40)]
    picks = [[str(n % 4)] for n in range(40)]
    await asyncio.gather(
        *(pair.desks[n % 2].click(who, encode(AnswerRound(1)), picks[n]) for n, who in enumerate(people))
    )
    (item,) = await pair.world.tutor.store.read(lambda db: db.execute(select(items)).all())
    (asked,) = await pair.world.tutor.store.read(lambda db: db.execute(select(rounds)).all())
    assert (item.answers, item.correct) == (40, 10)
    assert (asked.answered, asked.correct) == (40, 10)
    assert 0.05 < item.variance < 0.5
    assert item.mean > 0


async def test_one_person_who_answers_at_both_loses_nothing(pair: Pair) -> None:
    sessions = 6
    for _ in range(sessions):
        await pair.world.says("ben", "/quiz t0 5")
    cards = {
        (session, number): await pair.world.desk.click(
            pair.world.caller("ben"), encode(ShowPractice(session, number))
        )
        for session in range(1, sessions + 1)
        for number in range(5)
    }

    async def answer(place: tuple[int, int], desk: FrontDesk) -> None:
        card = cards[place].message
        assert isinstance(card, QuestionCard)
        picks = [str(n) for n in range(card.picks)]
        await desk.click(pair.world.caller("ben"), encode(AnswerPractice(*place)), picks)

    for again in range(2):
        await asyncio.gather(*(answer(place, pair.desks[(n + again) % 2]) for n, place in enumerate(cards)))
    store = pair.world.tutor.store
    (day,) = await store.read(lambda db: db.execute(select(days)).all())
    met = await store.read(lambda db: db.execute(select(encounters)).all())
    board = await store.read(lambda db: db.execute(select(standings)).all())
    assert day.answered == day.correct == sum(row.times for row in met) == 30
    assert {(row.answered, row.points) for row in board} == {(30, day.practice_points)}
    before = await store.read(state)
    await replay(store, pair.world.tutor.bank, 0.9, lambda number: None)
    after = await store.read(state)
    assert {name for name in before if before[name] != after[name]} == set()


async def test_somebody_new_who_speaks_to_both_becomes_one_learner(pair: Pair) -> None:
    callers = [pair.world.caller(f"new{n}", None) for n in range(10)]
    replies = await asyncio.gather(
        *(desk.command(caller, "/quiz t0 1") for caller in callers for desk in pair.desks)
    )
    assert all(isinstance(reply.message, QuestionCard) for reply in replies)
    store = pair.world.tutor.store
    assert len(await all_of(store, learners)) == len(await all_of(store, identities)) == 10


async def test_posts_closes_reveals_and_reminders_happen_once(pair: Pair) -> None:
    for n in range(30):
        about = f"sf:schedule:c{n}"
        await pair.world.desk.submit(pair.world.caller("ada", f"c{n}", admin=True), about, DAILY)
    await forgets_something(pair.world)
    await pair.desk.submit(pair.world.caller("ben"), "sf:settings", {**REMIND, "remind": "10"})
    for hours in (0, 1, 2, 24, 1):
        pair.world.clock.forward(hours=hours, minutes=1)
        await asyncio.gather(*(tick(tutor) for tutor in (pair.world.tutor, pair.other) for _ in range(2)))
    shown = Counter(post.nonce for post in pair.world.messenger.posts)
    assert set(shown.values()) == {1}
    reminders = [post for post in pair.world.messenger.posts if post.person is not None]
    questions = [post for post in pair.world.messenger.posts if isinstance(post.message, QuestionCard)]
    assert len(reminders) == 1
    assert len(questions) == 60
    assert all(len([e for e in post.edits if isinstance(e, Reveal)]) == 1 for post in questions[:30])


class SlowMessenger(RememberingMessenger):
    """Edits take until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go = asyncio.Event(), asyncio.Event()

    async def edit(self, ref: MessageRef, message: Message) -> None:
        self.begun.set()
        await self.go.wait()
        await super().edit(ref, message)


async def test_a_tally_is_shown_once_and_never_after_the_reveal(pair: Pair) -> None:
    slow = SlowMessenger()
    slow.posts = pair.world.messenger.posts
    await pair.ask()
    await pair.world.desk.click(pair.world.caller("ben", "daily"), encode(AnswerRound(1, 0)))
    pair.other.messengers = {"test": slow}
    showing = asyncio.create_task(refresh_tallies(pair.other))
    await slow.begun.wait()
    assert await refresh_tallies(pair.world.tutor) == 0
    await close_now(pair.world.tutor, 1)
    await pair.world.tick(seconds=2)
    assert await status(pair.world) == ("open", 1)
    slow.go.set()
    assert await showing == 1
    await pair.world.tick(seconds=2)
    (post,) = pair.world.messenger.in_channel("daily")
    assert [type(edit) for edit in post.edits] == [QuestionCard, Reveal]


async def test_a_replica_that_died_over_a_tally_does_not_keep_the_round_open(pair: Pair) -> None:
    await pair.ask()
    await pair.world.desk.click(pair.world.caller("ben", "daily"), encode(AnswerRound(1, 0)))
    slow = SlowMessenger()
    pair.other.messengers = {"test": slow}
    showing = asyncio.create_task(refresh_tallies(pair.other))
    await slow.begun.wait()
    showing.cancel()
    await asyncio.gather(showing, return_exceptions=True)
    await pair.world.tick(minutes=61)
    (post,) = pair.world.messenger.in_channel("daily")
    assert [type(edit) for edit in post.edits] == [Reveal]


async def test_a_round_closes_only_when_no_answer_to_it_is_being_entered(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    await pair.ask()
    entering, go = asyncio.Event(), asyncio.Event()

    def slowly(db: Connection, rows: Sequence[Mapping[str, object]]) -> object:
        entering.set()
        await_only(go.wait())
        return add_attempts(db, rows)

    monkeypatch.setattr(answering, "add_attempts", slowly)
    pressed = asyncio.create_task(
        pair.desk.click(pair.world.caller("ben", "daily"), encode(AnswerRound(1, 0)))
    )
    await entering.wait()
    await pair.world.tick(minutes=61)
    meanwhile = await status(pair.world)
    go.set()
    await pressed
    assert meanwhile == ("open", 0)
    await pair.world.tick(seconds=2)
    assert await status(pair.world) == ("closed", 1)
    (post,) = pair.world.messenger.in_channel("daily")
    assert isinstance(post.now, Reveal)
    assert post.now.answered == 1


async def status(made: World) -> tuple[str, int]:
    """The state of round 1 and its count."""
    found = await made.tutor.store.read(lambda db: find_round(db, 1))
    assert found is not None
    return found.state.value, found.answered


async def test_a_replica_leaves_platforms_that_it_does_not_speak_to_those_that_do(pair: Pair) -> None:
    elsewhere = RememberingMessenger("elsewhere")
    pair.other.messengers = {"elsewhere": elsewhere}
    about = "sf:schedule:daily"
    await pair.world.desk.submit(pair.world.caller("ada", "daily", admin=True), about, DAILY)
    pair.world.clock.forward(hours=1)
    await tick(pair.other)
    assert not pair.world.messenger.posts
    await tick(pair.world.tutor)
    assert len(pair.world.messenger.posts) == 1
    await pair.world.desk.click(pair.world.caller("ben", "daily"), encode(AnswerRound(1)), ["0"])
    assert await refresh_tallies(pair.other) == 0
    assert await refresh_tallies(pair.world.tutor) == 1
    assert not elsewhere.posts
