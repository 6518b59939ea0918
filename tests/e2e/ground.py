"""The database as the experiment sees it, beside the program: what to make due, and what to count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select, text, update

from bot.bank.bank import Bank
from bot.model.people import Person
from bot.model.study import EVERY_DAY, Origin, month_of
from bot.storage.people import add_learner, ensure_community
from bot.storage.rebuilding import DERIVED
from bot.storage.store import Store
from bot.storage.tables import attempts, posts, rounds, schedules, standings
from bot.tutor.answering import settle
from bot.tutor.showing import profile_of
from bot.tutor.submission import Submission
from bot.tutor.timetable import week_of

PLAYERS = 3
RETENTION = 0.9
TEAM = ("slack", "T1")


def now() -> dt.datetime:
    """The present, as the program sees it."""
    return dt.datetime.now(dt.UTC)


def last_week(db: Connection, bank: Bank) -> None:
    """Let a few people have answered last week, so that a board has something to say."""
    community = ensure_community(db, *TEAM, "UTC")
    then = now() - dt.timedelta(days=7)
    item = bank.item("sqs.q0", 1)
    people = [add_learner(db, Person(*TEAM, f"UEARLY{n}", f"Early {n}"), "UTC", then) for n in range(PLAYERS)]
    waiting = [
        Submission(f"p0.{n}", learner, community, item, profile_of(bank, item), item.key, Origin.PRACTICE, then,
                   then.date(), month=month_of(then))
        for n, learner in enumerate(people)
    ]  # fmt: skip
    settle(db, waiting, RETENTION)


def make_due(db: Connection, channels: Sequence[tuple[str, str, float]]) -> None:
    """A schedule for each (channel, kind, seconds from now)."""
    community = ensure_community(db, *TEAM, "UTC")
    rows = [
        {"community_id": community.id, "channel": channel, "kind": kind, "minute": 0, "timezone": "UTC",
         "weekdays": EVERY_DAY, "exam": "", "topics": "", "window_minutes": 60, "reveal": "close",
         "settings": "{}", "state": "active", "reason": "",
         "next_fire_at": now() + dt.timedelta(seconds=seconds)}
        for channel, kind, seconds in channels
    ]  # fmt: skip
    db.execute(insert(schedules), rows)


def end_windows(db: Connection, channels: Sequence[str], seconds: float) -> None:
    """Let the open rounds of these channels end soon."""
    ends = now() + dt.timedelta(seconds=seconds)
    where = (rounds.c.channel.in_(channels), rounds.c.state == "open")
    db.execute(update(rounds).where(*where).values(closes_at=ends))


def let_leases_end(db: Connection) -> None:
    """The time passes after which what a dead process had claimed is free. Nothing may be running."""
    db.execute(update(posts).where(posts.c.state == "pending").values(ready_at=posts.c.created_at))
    db.execute(update(rounds).values(tally_ends=None))


def recount(db: Connection) -> dict[tuple[int, str, int], tuple[int, int, int]]:
    """The boards, counted from the attempts alone: (community, period, learner) and points, right, answers."""
    a = attempts.c
    counted: dict[tuple[int, str, int], tuple[int, int, int]] = {}
    for row in db.execute(select(a.community_id, a.learner_id, a.points, a.correct, a.answered_at, a.origin)):
        if row.origin == "late":
            continue
        day = row.answered_at.date()
        for period in ("all", f"{day:%Y-%m}", week_of(day)):
            key = (row.community_id, period, row.learner_id)
            points, right, answers = counted.get(key, (0, 0, 0))
            counted[key] = (points + row.points, right + row.correct, answers + 1)
    return counted


def boards(db: Connection) -> dict[tuple[int, str, int], tuple[int, int, int]]:
    """The boards as they are kept."""
    return {(row.community_id, row.period, row.learner_id): (row.points, row.correct, row.answered)
            for row in db.execute(select(standings))}  # fmt: skip


def answerers(db: Connection) -> dict[tuple[str, str], int]:
    """How many attempts there are by the round's channel and the account."""
    query = text(
        "SELECT r.channel, i.external, count(*) FROM attempts a"
        " JOIN rounds r ON a.slot = 'r' || r.id JOIN identities i ON i.learner_id = a.learner_id"
        " GROUP BY r.channel, i.external"
    )
    return {(channel, account): count for channel, account, count in db.execute(query)}


def miscounted_rounds(db: Connection) -> list[Any]:
    """Rounds whose counts are not those of their attempts."""
    a, r = attempts.c, rounds.c
    query = select(a.slot, func.count(), func.sum(a.correct.cast(r.answered.type))).where(a.origin == "round")
    found = {slot: (count, right) for slot, count, right in db.execute(query.group_by(a.slot))}
    return [row.id for row in db.execute(select(rounds))
            if found.get(f"r{row.id}", (0, 0)) != (row.answered, row.correct)]  # fmt: skip


def posts_by_kind_and_state(db: Connection) -> dict[tuple[str, str], int]:
    """How many posts there are."""
    p = posts.c
    query = select(p.kind, p.state, func.count()).group_by(p.kind, p.state)
    return {(kind, state): count for kind, state, count in db.execute(query)}


def messages_of(db: Connection, kind: str) -> list[str | None]:
    """The messages that the posts of a kind are believed to have become."""
    return [row.message for row in db.execute(select(posts.c.message).where(posts.c.kind == kind))]


def derived(db: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """What follows from the attempts and does not depend on the order in which people answered."""
    own = [table for table in DERIVED if table.name not in ("abilities", "items")]
    return {table.name: sorted(map(tuple, db.execute(select(table)))) for table in own}


async def due_and_open(store: Store) -> tuple[int, int, int]:
    """How many posts wait, how many schedules have not fired, and how many rounds are over and not closed."""

    def work(db: Connection) -> tuple[int, int, int]:
        waiting = db.execute(select(func.count()).where(posts.c.state == "pending")).scalar_one()
        s = schedules.c
        late = db.execute(
            select(func.count()).where(s.next_fire_at <= now(), s.state == "active")
        ).scalar_one()
        over = (rounds.c.state == "open", rounds.c.closes_at <= now())
        unclosed = db.execute(select(func.count()).where(*over)).scalar_one()
        return waiting, late, unclosed

    return await store.read(work)


def make_wrong(db: Connection) -> None:
    """A board that says what nobody answered."""
    db.execute(update(standings).values(points=standings.c.points + 1))
