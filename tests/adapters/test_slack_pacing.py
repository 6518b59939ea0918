"""Turns, coalesced edits, the bounded queue, repeated deliveries."""

from __future__ import annotations

import asyncio

import pytest

from adapters.slack.deliveries import Deliveries
from adapters.slack.edits import Edits
from adapters.slack.outbox import Outbox
from adapters.slack.pacing import Pacer
from adapters.slack.tasks import Tasks
from tests.adapters.slack_rig import until


class Time:
    """A clock that is moved by hand."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_channel_gets_one_message_a_second_and_others_do_not_wait_for_it() -> None:
    pacer = Pacer(Time())

    delays = [pacer.delay("T1", "chat.postMessage", "C1") for _ in range(3)]

    assert delays == [0, 1, 2]
    assert pacer.delay("T1", "chat.postMessage", "C2") == 0


def test_a_methods_minute_may_be_used_at_once_and_refills_evenly() -> None:
    time = Time()
    pacer = Pacer(time)

    delays = [pacer.delay("T1", "chat.update") for _ in range(52)]
    time.now += 60

    assert delays[:50] == [0] * 50
    assert delays[50:] == pytest.approx([1.2, 2.4])
    assert pacer.delay("T1", "chat.update") == 0
    assert pacer.delay("T2", "chat.update") == 0


def test_a_turn_that_comes_too_late_is_left_to_others() -> None:
    time = Time()
    pacer = Pacer(time)

    delays = [pacer.delay("T1", "chat.postMessage", "C1", within=1) for _ in range(50)]
    time.now += 2

    assert delays == [0, 1, *[2] * 48]
    assert pacer.delay("T1", "chat.postMessage", "C1", within=1) == 0


def test_a_method_rests_for_as_long_as_slack_says() -> None:
    time = Time()
    pacer = Pacer(time)
    pacer.rest("T1", "users.info", 30)
    time.now += 10

    assert pacer.delay("T1", "users.info") == 20
    assert pacer.delay("T2", "users.info") == 0
    assert pacer.delay("T1", "views.open") == 0


async def test_of_several_waiting_edits_only_the_newest_is_sent() -> None:
    tasks = Tasks()
    edits = Edits(tasks, interval=0.05)
    sent: list[int] = []

    async def send(number: int) -> None:
        sent.append(number)

    async with asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(edits.edit("C1/1", lambda number=number: send(number)))
    await edits.edit("C1/1", lambda: send(99))
    await tasks.stop(1)

    assert sent == [19, 99]


async def test_an_edit_that_fails_tells_everyone_who_waited_for_it() -> None:
    tasks = Tasks()
    edits = Edits(tasks, interval=0)

    async def fail() -> None:
        raise LookupError

    results = await asyncio.gather(*(edits.edit("a", fail) for _ in range(3)), return_exceptions=True)
    await tasks.stop(1)

    assert [type(result) for result in results] == [LookupError] * 3


async def test_the_outbox_keeps_each_persons_order_and_refuses_what_is_too_much() -> None:
    outbox = Outbox(capacity=6, lanes=4)
    done: list[tuple[str, int]] = []

    async def job(person: str, number: int) -> None:
        await asyncio.sleep(0.001 * (5 - number))
        done.append((person, number))

    taken = [outbox.offer(p, lambda p=p, n=n: job(p, n)) for n in range(4) for p in ("ann", "bob")]
    assert taken == [True] * 6 + [False] * 2
    assert outbox.offer("ann", lambda: job("ann", 9), urgent=True)
    outbox.start()
    await outbox.stop(1)

    assert [number for person, number in done if person == "bob"] == [0, 1, 2]
    assert [number for person, number in done if person == "ann"] == [0, 1, 2, 9]
    assert outbox.waiting == 0


async def test_replies_let_a_burst_of_clicks_go_first_but_not_for_ever() -> None:
    pressure = 50
    outbox = Outbox(lanes=8, pressure=lambda: pressure)
    done: list[int] = []

    async def job(number: int) -> None:
        done.append(number)

    outbox.start()
    for number in range(40):
        outbox.offer(f"person {number}", lambda number=number: job(number))
    await asyncio.sleep(0.1)
    during = len(done)
    outbox.hurry(lambda: job(99))
    await until(lambda: 99 in done)
    pressure = 0
    await outbox.stop(5)

    assert 0 < during < 20
    assert len(done) == 41


async def test_a_job_that_fails_does_not_stop_its_lane() -> None:
    outbox = Outbox(lanes=1)
    done: list[int] = []

    async def fail() -> None:
        raise ValueError

    async def fine() -> None:
        done.append(1)

    outbox.start()
    outbox.offer("ann", fail)
    outbox.offer("ann", fine)
    await outbox.stop(1)

    assert done == [1]


async def test_a_repeated_delivery_gets_the_first_ones_outcome_also_while_that_is_being_heard() -> None:
    deliveries: Deliveries[int] = Deliveries()
    times = 0

    async def hear() -> int:
        nonlocal times
        times += 1
        await asyncio.sleep(0.02)
        return times

    results = await asyncio.gather(*(deliveries.once("a", hear) for _ in range(5)))

    assert results == [1] * 5
    assert await deliveries.once("b", hear) == 2
    assert await deliveries.once("a", hear) == 1


async def test_a_delivery_that_failed_may_come_again() -> None:
    deliveries: Deliveries[int] = Deliveries()

    async def fail() -> int:
        raise ValueError

    async def fine() -> int:
        return 3

    with pytest.raises(ValueError):
        await deliveries.once("a", fail)
    assert await deliveries.once("a", fine) == 3


async def test_only_so_many_deliveries_are_remembered() -> None:
    deliveries: Deliveries[int] = Deliveries(remembered=2)
    heard: list[str] = []

    async def hear(name: str) -> int:
        heard.append(name)
        return 0

    for name in ("a", "b", "c", "a"):
        await deliveries.once(name, lambda name=name: hear(name))

    assert heard == ["a", "b", "c", "a"]


async def test_tasks_that_take_too_long_are_cancelled_when_stopping() -> None:
    tasks = Tasks()
    task = tasks.start(asyncio.sleep(60))

    await tasks.stop(0.01)

    await until(task.cancelled)
