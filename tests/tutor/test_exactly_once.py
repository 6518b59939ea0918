"""One post per schedule and period, whatever happens: crashes, replicas, jumps of the clock, daylight saving."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import tempfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.jobs import tick
from bot.messages import DeliveryFailedError, DeliveryUnknownError
from bot.model.people import Channel
from bot.model.study import EVERY_DAY
from bot.storage.people import ensure_community
from bot.storage.posts import nonce_of
from bot.storage.posts import posts as posts_table
from bot.tutor.schedule_form import Plan
from bot.tutor.scheduling import create
from bot.tutor.timetable import instant_of, next_fire, period_of
from bot.tutor.tutor import Tutor
from tests.support.messenger import CrashError
from tests.support.world import World, world
from tests.support.world import settings as defaults

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Asia/Tokyo")
AROUND = (
    dt.date(2026, 3, 7),
    dt.date(2026, 3, 28),
    dt.date(2026, 10, 3),
    dt.date(2026, 10, 24),
    dt.date(2026, 10, 31),
)
MINUTES = (0, 90, 120, 150, 180, 540, 1439)
A_DAY = 1440
PATIENT = {"CLOUDLARK_LATE_HOURS": "100"}

step = st.one_of(
    st.tuples(st.just("tick"), st.integers(0, 1)),
    st.tuples(st.just("both"), st.just(0)),
    st.tuples(st.just("crash-before"), st.integers(0, 1)),
    st.tuples(st.just("crash-after"), st.integers(0, 1)),
    st.tuples(st.just("refused"), st.integers(0, 1)),
    st.tuples(st.just("lost"), st.integers(0, 1)),
    st.tuples(st.just("forward"), st.sampled_from((1, 3, 30, 61, 180, 700, 1500))),
    st.tuples(st.just("back"), st.sampled_from((1, 61, 180))),
)
plan = st.tuples(st.sampled_from(ZONES), st.sampled_from(MINUTES))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    day=st.sampled_from(AROUND),
    plans=st.lists(plan, min_size=1, max_size=3),
    steps=st.lists(step, min_size=3, max_size=25),
)
@example(
    day=AROUND[1],
    plans=[("Europe/Berlin", 150)],
    steps=[("forward", 1500), ("crash-after", 0), ("back", 180), ("tick", 1)],
)
def test_every_interleaving_gives_one_post_per_schedule_and_period(
    day: dt.date, plans: list[tuple[str, int]], steps: list[tuple[str, int]]
) -> None:
    asyncio.run(play(day, plans, steps))


async def play(day: dt.date, plans: list[tuple[str, int]], steps: list[tuple[str, int]]) -> None:
    """Play the steps, then let everything recover, and look at what the channels show."""
    start = dt.datetime.combine(day, dt.time(12), dt.UTC)
    with tempfile.TemporaryDirectory() as folder:
        async with world(Path(folder), start, **PATIENT) as made:
            other = Tutor.of(
                made.tutor.bank, made.tutor.store, made.clock, random.Random(1), defaults(**PATIENT)
            )
            other.messengers = made.tutor.messengers
            await made.tutor.store.write(lambda db: schedule_all(db, made, plans))
            for kind, number in steps:
                await play_step(made, (made.tutor, other), kind, number)
            await recover(made)
            await check(made, sum(n for kind, n in steps if kind == "forward") >= A_DAY)


def schedule_all(db: object, made: World, plans: list[tuple[str, int]]) -> None:
    """A daily schedule for each plan, in a channel of its own."""
    for number, (zone, minute) in enumerate(plans):
        community = ensure_community(db, "test", f"team{number}", "UTC")  # type: ignore[arg-type]
        channel = Channel("test", f"team{number}", f"c{number}")
        create(
            db, community, channel, Plan(minute, zone, EVERY_DAY, window_minutes=60), None, made.clock.now()
        )  # type: ignore[arg-type]


async def play_step(made: World, replicas: tuple[Tutor, Tutor], kind: str, number: int) -> None:
    """One step; a crash ends the tick where it stands."""
    messenger = made.messenger
    messenger.before = messenger.after = lambda nonce: None
    if kind in ("forward", "back"):
        made.clock.forward(minutes=number if kind == "forward" else -number)
        return
    faults = {"crash-before": CrashError(), "refused": DeliveryFailedError("no")}
    after = {"crash-after": CrashError(), "lost": DeliveryUnknownError("who knows")}
    if kind in faults:
        messenger.before = raiser(faults[kind])
    if kind in after:
        messenger.after = raiser(after[kind])
    ticking = [tick(replicas[number])] if kind != "both" else [tick(replica) for replica in replicas]
    results = await asyncio.gather(*ticking, return_exceptions=True)
    assert all(result is None or died(result) for result in results), results
    messenger.before = messenger.after = lambda nonce: None


def died(result: object) -> bool:
    """Whether a tick ended by nothing but crashes."""
    return isinstance(result, BaseExceptionGroup) and result.split(CrashError)[1] is None


def raiser(error: BaseException):  # type: ignore[no-untyped-def]
    """A function that raises."""

    def raise_(nonce: str) -> None:
        raise error

    return raise_


async def recover(made: World) -> None:
    """Time passes without faults until every lease and backoff is over."""
    made.clock.forward(hours=4)
    for _ in range(12):
        await tick(made.tutor)
        made.clock.forward(minutes=16)


async def check(made: World, long: bool) -> None:
    """Every nonce was shown once, and every planned post was shown; over more than a day of faults a post
    may have been given up instead, but then it was not shown twice either."""
    shown = Counter(post.nonce for post in made.messenger.posts)
    assert all(count == 1 for count in shown.values()), shown
    rows = await made.tutor.store.read(lambda db: db.execute(posts_table.select()).all())
    questions = [row for row in rows if row.kind == "question"]
    sent = [row for row in questions if row.state == "sent"]
    assert sent == questions or long
    assert {nonce_of(row.id, row.key, row.created_at) for row in sent} <= set(shown)
    assert len({row.key for row in questions}) == len(questions)


@settings(max_examples=300, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    minute=st.integers(0, 1439),
    hours=st.integers(0, 24 * 366),
)
def test_a_daily_schedule_fires_once_on_every_local_date(zone: str, minute: int, hours: int) -> None:
    local = ZoneInfo(zone)
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=hours)
    periods = []
    for _ in range(10):
        following = next_fire(moment, minute, local, EVERY_DAY)
        assert following is not None
        assert following > moment
        moment = following
        periods.append(dt.date.fromisoformat(period_of(moment, local)))
    assert all(b - a == dt.timedelta(days=1) for a, b in pairwise(periods))


def test_a_local_time_that_does_not_exist_fires_at_the_next_one_that_does() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    fire = instant_of(dt.date(2026, 3, 29), 150, berlin)
    assert fire.astimezone(berlin).strftime("%H:%M") == "03:00"


def test_a_local_time_that_happens_twice_fires_the_first_time() -> None:
    new_york = ZoneInfo("America/New_York")
    fire = instant_of(dt.date(2026, 11, 1), 90, new_york)
    assert fire == dt.datetime(2026, 11, 1, 5, 30, tzinfo=dt.UTC)


def test_a_date_that_the_zone_left_out_has_no_fire() -> None:
    samoa = ZoneInfo("Pacific/Apia")
    fire = next_fire(dt.datetime(2011, 12, 30, 5, tzinfo=dt.UTC), 600, samoa, EVERY_DAY)
    assert fire is not None
    assert period_of(fire, samoa) == "2011-12-31"
    assert fire.astimezone(samoa).hour == 10
