"""The weekly digest: on Mondays, to admins who asked for it, when there is something to say about the bank."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import wording
from bot.messages import Notice, Reply, Tone
from bot.model.study import Community
from bot.storage import digests, people, quarantine, reports
from bot.storage.chores import claim_chore, drop_chore, due_chores, finish_chore, plan_chore
from bot.tutor.healing import facts, versions
from bot.tutor.healing.examining import Examined, examined
from bot.tutor.healing.statistics import flaw_line
from bot.tutor.healing.telling import tell
from bot.tutor.people import Who
from bot.tutor.timetable import next_fire, week_of
from bot.tutor.tutor import Tutor

PREFIX = "digest:"
MONDAY = 0b0000001
HOUR = 8
LEASE = dt.timedelta(hours=1)
MANY = 500
FLAWED = 5


@dataclass(frozen=True, slots=True)
class News:
    """What there is to say about a community's bank."""

    reported: int
    held: int
    rekeyed: Sequence[str]
    found: Examined
    stale: int

    def __bool__(self) -> bool:
        return bool(self.reported or self.held or self.rekeyed or self.found.flawed or self.stale)


async def subscribe(tutor: Tutor, who: Who, on: bool) -> Reply:
    """Write to the caller every week, or no more."""
    place = who.community

    def work(db: Connection) -> None:
        if on:
            digests.subscribe(db, place.id, who.learner.id, who.now)
            plan_chore(db, f"{PREFIX}{place.id}", _next(place, who.now))
        else:
            digests.unsubscribe(db, place.id, who.learner.id)

    await tutor.store.write(work)
    return Reply(Notice(wording.digest_set(on), Tone.GOOD))


async def send_digests(tutor: Tutor) -> int:
    """Put the digests that are due into the outbox; return for how many communities it was looked.

    Of any number of replicas one does it, and the key of each note lets it be written once a week.
    """
    now = tutor.clock.now()
    due = await tutor.store.read(lambda db: due_chores(db, PREFIX, now, MANY))
    looked = 0
    for name in due:
        if await tutor.store.write(lambda db, name=name: claim_chore(db, name, now, LEASE)):  # type: ignore[misc]
            await _send(tutor, name, int(name.removeprefix(PREFIX)))
            looked += 1
    if looked:
        tutor.wake()
    return looked


async def _send(tutor: Tutor, name: str, community_id: int) -> None:
    place = await tutor.store.read(lambda db: people.community_by_id(db, community_id))
    found = await tutor.store.read(lambda db: digests.subscribers(db, [community_id]))
    if place is None or not found:
        await tutor.store.write(lambda db: drop_chore(db, name))
        return
    known = await tutor.at(community_id)
    news = await _news(known, place)
    now = tutor.clock.now()

    def work(db: Connection) -> None:
        if news:
            notes = {learner: lambda _: _text(known, news) for learner in found[community_id]}
            tell(db, place, notes, f"{name}:{week_of(_today(place, now))}", now)
        finish_chore(db, name, _next(place, now))

    await tutor.store.write(work)


async def _news(tutor: Tutor, place: Community) -> News:
    questions = tuple(tutor.bank.questions.values())
    found = await examined(tutor, place.id, questions)
    cases = await tutor.store.read(lambda db: reports.cases_of(db, place.id))
    held = (await tutor.store.read(lambda db: quarantine.quarantined(db, [place.id])))[place.id]
    rekeyed = await tutor.store.read(lambda db: versions.not_regraded(db, tutor.bank, place.id))
    old = facts.stale(tutor.bank, questions, _today(place, tutor.clock.now()))
    return News(len(cases), len(held), rekeyed, found, len(old))


def _text(tutor: Tutor, news: News) -> str:
    flawed = list(news.found.flawed.items())
    lines = [
        wording.digest_head(),
        wording.digest_cases(news.reported, news.held) if news.reported or news.held else "",
        wording.regrade_hint(news.rekeyed) if news.rekeyed else "",
        *(flaw_line(tutor, each, finding) for each, finding in flawed[:FLAWED]),
        wording.and_more(len(flawed) - FLAWED) if len(flawed) > FLAWED else "",
        wording.digest_stale(news.stale) if news.stale else "",
        wording.digest_more(),
    ]
    return "\n".join(line for line in lines if line)


def _today(place: Community, now: dt.datetime) -> dt.date:
    return now.astimezone(ZoneInfo(place.timezone)).date()


def _next(place: Community, now: dt.datetime) -> dt.datetime:
    following = next_fire(now, HOUR * 60, ZoneInfo(place.timezone), MONDAY)
    assert following is not None, "every zone has Mondays"
    return following
