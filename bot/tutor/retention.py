"""Once a day the house is put in order: partitions ahead are made, what is older than the operator keeps goes.

Of any number of replicas one does it. Every step is a short transaction of its own, so that answers go on.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable

import structlog
from sqlalchemy import Connection

from bot.model.study import month_of
from bot.settings import Settings
from bot.storage import retention
from bot.storage.chores import claim_chore, finish_chore
from bot.storage.partitions import ensure_partitions, months_after
from bot.tutor.tutor import Tutor

CHORE = "house"
LEASE = dt.timedelta(hours=1)
EVERY = dt.timedelta(days=1)
BATCH = 2_000
PAUSE = 0.05
FOREVER = 0

Step = Callable[[Connection], int]
log = structlog.get_logger(__name__)


def months_kept(settings: Settings) -> int:
    """How many whole months are kept besides the running one; 0 keeps everything. Raises SettingsError."""
    return int(settings.number("CLOUDLARK_KEEP_MONTHS", 0, 1200))


async def keep_house(tutor: Tutor) -> bool:
    """Put the house in order if it is due and nobody else does it; whether it was done here."""
    now = tutor.clock.now()
    if not await tutor.store.write(lambda db: claim_chore(db, CHORE, now, LEASE)):
        return False
    made = await tutor.store.write(lambda db: ensure_partitions(db, now))
    gone = {name: await _all(tutor, step) for name, step in _steps(now, months_kept(tutor.settings))}
    await tutor.store.write(lambda db: finish_chore(db, CHORE, now + EVERY))
    log.info("house_kept", partitions=made, **{name: count for name, count in gone.items() if count})
    return True


def _steps(now: dt.datetime, kept: int) -> list[tuple[str, Step]]:
    expired: tuple[str, Step] = ("shelf", lambda db: retention.drop_expired(db, now, BATCH))
    if kept == FOREVER:
        return [expired]
    month = months_after(month_of(now), -kept)
    before = dt.datetime(month // 100, month % 100, 1, tzinfo=dt.UTC)
    return [
        expired,
        ("attempts", lambda db: retention.drop_attempts(db, month, now, BATCH)),
        ("practices", lambda db: retention.drop_practices(db, before, BATCH)),
        ("mocks", lambda db: retention.drop_mocks(db, before, BATCH)),
        ("rounds", lambda db: retention.drop_rounds(db, before, BATCH)),
        ("posts", lambda db: retention.drop_posts(db, before, BATCH)),
    ]


async def _all(tutor: Tutor, step: Step) -> int:
    """Repeat a step until nothing is left for it, with room for others in between."""
    total = 0
    while done := await tutor.store.write(step):
        total += done
        await asyncio.sleep(PAUSE)
    return total
