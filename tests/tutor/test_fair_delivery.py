"""A place that is slow, or that takes nothing for a while, keeps nobody else waiting."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import Connection, func, select

from bot.jobs import Jobs, tick
from bot.messages import Message, Notice, NotYetError, encode
from bot.messages.acts import AnswerRound
from bot.model.people import Channel, MessageRef
from bot.storage import posts, tables
from bot.storage.patience import AwayError
from bot.storage.people import ensure_community
from bot.storage.posts import PostKind
from bot.tutor import announcing, delivery, tallying
from bot.tutor.tallying import refresh_tallies
from bot.tutor.tutor import Tutor
from tests.support.messenger import RememberingMessenger
from tests.support.world import World

SLOW, QUICK = "slow", "quick"
DAILY = {"time": "09:00", "timezone": "UTC", "weekdays": "0,1,2,3,4,5,6", "questions": "all", "window": "60"}


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said does not matter here."""

    async def hello(tutor: Tutor, post: posts.Post) -> tuple[Message, None]:
        return Notice("Hello."), None

    monkeypatch.setattr(announcing, "message", hello)


class BlockingMessenger(RememberingMessenger):
    """Posts to one community wait until they are let go."""

    def __init__(self, blocked: str) -> None:
        super().__init__()
        self.blocked, self.waiting, self.go = blocked, 0, asyncio.Event()

    async def post(
        self, channel: Channel, message: Message, *, nonce: str, thread: MessageRef | None = None
    ) -> MessageRef:
        if channel.community == self.blocked:
            self.waiting += 1
            await self.go.wait()
        return await super().post(channel, message, nonce=nonce, thread=thread)


class LimitedMessenger(RememberingMessenger):
    """One community takes nothing for now."""

    def __init__(self, limited: str) -> None:
        super().__init__()
        self.limited, self.refused = limited, 0

    async def post(
        self, channel: Channel, message: Message, *, nonce: str, thread: MessageRef | None = None
    ) -> MessageRef:
        if channel.community == self.limited:
            self.refused += 1
            raise NotYetError("ratelimited", 30.0)
        return await super().post(channel, message, nonce=nonce, thread=thread)


def ready(made: World, community: str, number: int) -> Callable[[Connection], object]:
    """Makes posts that are ready in channels of a community."""

    def work(db: Connection) -> object:
        now = made.clock.now()
        owner = ensure_community(db, "test", community, "UTC").id
        row = {"kind": PostKind.BOARD.value, "community_id": owner, "created_at": now, "ready_at": now}
        return posts.add_posts(
            db, [{**row, "key": f"{community}:{n}", "channel": f"c{n}"} for n in range(number)]
        )

    return work


async def sent(made: World) -> int:
    """How many posts are noted as sent."""
    query = select(func.count()).select_from(tables.posts).where(tables.posts.c.state == "sent")
    return int(await made.tutor.store.read(lambda db: db.execute(query).scalar_one()))


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something that other tasks bring about."""
    async with asyncio.timeout(30):
        while not await true():
            await asyncio.sleep(0.01)


async def test_a_community_whose_messenger_blocks_does_not_delay_another_ones_post(tutoring: World) -> None:
    messenger = tutoring.tutor.messengers["test"] = BlockingMessenger(SLOW)
    await tutoring.tutor.store.write(ready(tutoring, SLOW, 200))
    await tutoring.tutor.store.write(ready(tutoring, QUICK, 20))
    ticking = asyncio.create_task(tick(tutoring.tutor))

    async def said() -> bool:
        return await sent(tutoring) == 20

    await until(said)
    assert {post.channel.community for post in messenger.posts if post.channel} == {QUICK}
    assert messenger.waiting == delivery.EACH
    assert not ticking.done()
    messenger.go.set()
    await ticking
    assert (
        await sent(tutoring) == len({post.nonce for post in messenger.posts}) == len(messenger.posts) == 220
    )


async def test_what_becomes_due_while_a_platform_blocks_is_said(tutoring: World) -> None:
    messenger = tutoring.tutor.messengers["test"] = BlockingMessenger(SLOW)
    await tutoring.tutor.store.write(ready(tutoring, SLOW, 1))
    jobs = Jobs(tutoring.tutor)
    jobs.wake()

    async def blocks() -> bool:
        return messenger.waiting == 1

    async def said() -> bool:
        return await sent(tutoring) == 1

    await until(blocks)
    await tutoring.tutor.store.write(ready(tutoring, QUICK, 1))
    jobs.wake()
    await until(said)
    messenger.go.set()
    await jobs.stop()
    assert await sent(tutoring) == 2


async def test_a_post_whose_turn_comes_late_is_given_back_until_then_and_that_is_no_try(
    tutoring: World,
) -> None:
    messenger = tutoring.tutor.messengers["test"] = LimitedMessenger(SLOW)
    await tutoring.tutor.store.write(ready(tutoring, SLOW, 40))
    await tutoring.tutor.store.write(ready(tutoring, QUICK, 2))
    for tries in range(1, 9):
        await tutoring.tick()
        assert messenger.refused == 40 * tries
        await tutoring.tick(seconds=29)
        assert messenger.refused == 40 * tries
        tutoring.clock.forward(seconds=1)
    assert len(messenger.posts) == await sent(tutoring) == 2
    messenger.limited = ""
    await tutoring.tick()
    assert len(messenger.posts) == await sent(tutoring) == 42


async def test_a_post_that_waits_for_its_turn_for_a_day_is_given_up(tutoring: World) -> None:
    tutoring.tutor.messengers["test"] = LimitedMessenger(SLOW)
    await tutoring.tutor.store.write(ready(tutoring, SLOW, 1))
    await tutoring.tick(hours=25)
    state = await tutoring.tutor.store.read(lambda db: posts.state_of(db, f"{SLOW}:0"))
    assert state is posts.PostState.UNKNOWN


async def test_a_messenger_that_never_answers_is_left_and_its_post_is_not_said_twice(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    messenger = tutoring.tutor.messengers["test"] = BlockingMessenger(SLOW)
    messenger.searchable = False
    monkeypatch.setattr(delivery, "SPEAK_SECONDS", 0.01)
    await tutoring.tutor.store.write(ready(tutoring, SLOW, 1))
    await tutoring.tick()
    monkeypatch.undo()
    messenger.go.set()
    await tutoring.tick(minutes=10)
    assert (messenger.waiting, messenger.posts) == (1, [])


async def test_who_lost_a_claim_does_not_take_it_from_the_next(tutoring: World) -> None:
    await tutoring.tutor.store.write(ready(tutoring, QUICK, 1))
    now, lease = tutoring.clock.now(), dt.timedelta(seconds=10)

    def claim(db: Connection, later: dt.timedelta) -> list[posts.Post]:
        return posts.claim_posts(db, now + later, lease, 5)

    def give_back(db: Connection, post: posts.Post) -> None:
        posts.postpone_post(db, post, now, repeatable=True)
        posts.return_post(db, post, now)

    write = tutoring.tutor.store.write
    (first,) = await write(lambda db: claim(db, dt.timedelta()))
    (second,) = await write(lambda db: claim(db, 2 * lease))
    await write(lambda db: give_back(db, first))
    assert await write(lambda db: claim(db, 2 * lease)) == []
    await write(lambda db: give_back(db, second))
    assert len(await write(lambda db: claim(db, 2 * lease))) == 1


async def test_a_claim_shares_its_room_between_communities(tutoring: World) -> None:
    for community in ("a", "b", "c"):
        await tutoring.tutor.store.write(ready(tutoring, community, 10))
    now, lease = tutoring.clock.now(), dt.timedelta(seconds=10)

    def claim(db: Connection, limit: int, busy: dict[int, int]) -> list[int]:
        found = posts.claim_posts(db, now, lease, limit, each=4, busy=busy)
        return [post.community_id for post in found]

    one, two, three = await tutoring.tutor.store.read(
        lambda db: [ensure_community(db, "test", name, "UTC").id for name in ("a", "b", "c")]
    )
    write = tutoring.tutor.store.write
    assert await write(lambda db: claim(db, 7, {one: 3})) == [one, *[two] * 4, *[three] * 2]
    assert await write(lambda db: claim(db, 100, {one: 4})) == [*[two] * 4, *[three] * 4]
    assert await write(lambda db: claim(db, 3, {two: 4, three: 4})) == [one] * 3


async def test_a_community_with_many_open_rounds_gets_a_few_counts_at_a_time_and_all_of_them_in_the_end(
    tutoring: World,
) -> None:
    for n in range(10):
        about = f"sf:schedule:c{n}"
        await tutoring.desk.submit(tutoring.caller("ada", f"c{n}", admin=True), about, DAILY)
    await tutoring.tick(hours=1)
    ids = [int(key) for key in await tutoring.tutor.store.read(open_rounds)]
    assert len(ids) == 10
    for number in ids:  # of which some want two options
        for picks in (["0"], ["0", "1"]):
            await tutoring.desk.click(tutoring.caller("ben", "c0"), encode(AnswerRound(number)), picks)
    counts = [await refresh_tallies(tutoring.tutor) for _ in range(4)]
    assert counts == [tallying.EACH, tallying.EACH, 2, 0]


def open_rounds(db: Connection) -> list[int]:
    """The numbers of the open rounds."""
    r = tables.rounds.c
    return list(db.execute(select(r.id).where(r.state == "open")).scalars())


async def test_who_is_speaking_is_heard_out_when_no_more_can_be_claimed(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    messenger = tutoring.tutor.messengers["test"] = BlockingMessenger(SLOW)
    await tutoring.tutor.store.write(ready(tutoring, SLOW, 3))
    delivering = asyncio.create_task(delivery.deliver(tutoring.tutor))

    async def blocks() -> bool:
        return messenger.waiting == 3

    await until(blocks)

    def away(*args: object, **options: object) -> list[posts.Post]:
        raise AwayError("the database is away")

    monkeypatch.setattr(posts, "claim_posts", away)
    await asyncio.sleep(2 * delivery.LOOK_SECONDS)
    messenger.go.set()
    with pytest.raises(BaseExceptionGroup) as caught:
        await delivering
    assert caught.group_contains(AwayError)
    assert len(messenger.posts) == await sent(tutoring) == 3


async def test_a_post_whose_end_cannot_be_written_breaks_in_upon_no_other(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    messenger = tutoring.tutor.messengers["test"] = BlockingMessenger(SLOW)
    await tutoring.tutor.store.write(ready(tutoring, SLOW, 2))
    await tutoring.tutor.store.write(ready(tutoring, QUICK, 1))
    finish, quick = delivery._finish, f"{QUICK}:0"

    async def away(tutor: Tutor, post: posts.Post, ref: MessageRef | None) -> None:
        if post.key == quick:
            messenger.go.set()
            raise AwayError("the database is away")
        await finish(tutor, post, ref)

    async def later(*args: object, **options: object) -> None:
        raise AwayError("the database is away")

    monkeypatch.setattr(delivery, "_finish", away)
    monkeypatch.setattr(delivery, "_later", later)
    await tutoring.tick()
    assert await sent(tutoring) == 2
    monkeypatch.undo()
    await tutoring.tick(minutes=5)
    assert len(messenger.posts) == await sent(tutoring) == 3
