"""Quiz nights: live rounds with a countdown, one after the other, and a podium at the end.

What is next stands in the database, so that a night goes on after a restart where it was. A round that is never
confirmed, because its post cannot be sent, is left behind after a while.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection

from bot import wording
from bot.learning import points, rotation
from bot.messages import BoardRow, Leaderboard, Notice, Reply, Tone
from bot.model.study import Attempt, Round
from bot.storage import nights, posts, quarantine, rounds
from bot.storage.nights import Night
from bot.storage.posts import PostKind
from bot.tutor import podium
from bot.tutor.claiming import round_row
from bot.tutor.people import Who
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor

CHUNK = 100
LATEST = 20
"""Rounds of a place among which an open one of its night is looked for."""
PATIENCE = dt.timedelta(minutes=3)
"""How long a question may wait to be posted before the night goes on without it."""
MOST_BONUS = 5
SHOWN = 10


async def start(tutor: Tutor, who: Who, topic: str, number: int, seconds: int, bonus: bool) -> Reply:
    """Begin a night in the caller's channel; its first question is posted at once."""
    channel = who.caller.channel
    if channel is None:
        raise RefusalError(wording.night_needs_channel())
    if not tutor.decks.of("", (topic,) if topic else ()):
        raise RefusalError(wording.empty_bank())

    def work(db: Connection) -> bool:
        if nights.running_in(db, who.community.id, channel.id) is not None:
            return False
        nights.add_night(db, {
            "community_id": who.community.id, "channel": channel.id, "topic": topic, "rounds": number,
            "seconds": seconds, "bonus": bonus, "asked": 0, "state": nights.RUNNING, "next_at": who.now,
            "created_at": who.now,
        })  # fmt: skip
        return True

    if not await tutor.store.write(work):
        raise RefusalError(wording.night_runs())
    tutor.wake()
    return Reply(Notice(wording.night_begins(number, seconds), Tone.GOOD))


async def stop(tutor: Tutor, who: Who) -> Reply:
    """End the night in the caller's channel: its open question closes, and its podium is posted."""
    channel = who.caller.channel.id if who.caller.channel else ""

    def work(db: Connection) -> bool:
        night = nights.running_in(db, who.community.id, channel)
        if night is None or not _end(db, night, who.now):
            return False
        for round_ in rounds.latest_rounds(db, night.community_id, LATEST):
            if round_.settings.get("night") == str(night.id):
                rounds.end_round(db, round_.id, who.now)
        return True

    if not await tutor.store.write(work):
        raise RefusalError(wording.no_night())
    tutor.wake()
    return Reply(Notice(wording.night_stopped(), Tone.GOOD))


async def ask_due(tutor: Tutor) -> int:
    """Go on with every night that is due: its next question, or its podium."""
    now = tutor.clock.now()
    return await tutor.store.write(lambda db: _advance(db, tutor, now))


def _advance(db: Connection, tutor: Tutor, now: dt.datetime) -> int:
    due = nights.due_nights(db, now, CHUNK)
    for night in due:
        if night.asked < night.rounds:
            _ask(db, tutor, night, now)
        else:
            _end(db, night, now)
    return len(due)


def _ask(db: Connection, tutor: Tutor, night: Night, now: dt.datetime) -> None:
    place = (night.community_id, night.channel.id)
    tutor = tutor.within(db, night.community_id)
    seen = rounds.history_of(db, {place}).get(place, [])
    deck = tutor.decks.of("", (night.topic,) if night.topic else ())
    asked = {question: number for number, question, _ in seen}
    held = quarantine.quarantined(db, [night.community_id])[night.community_id]
    chosen = rotation.choose(deck, asked, "", tutor.rng, held) or rotation.choose(deck, asked, "", tutor.rng)
    if chosen is None:
        # Its topic has left the bank since, as that of a pack which was retired.
        _end(db, night, now)
        return
    settings = {
        "night": str(night.id), "seconds": str(night.seconds), "asked": str(night.asked + 1), "of": str(night.rounds),
    }  # fmt: skip
    row = round_row(tutor, night.community_id, night.channel.id, chosen, settings, now)
    (number,) = rounds.add_rounds(db, [row])
    posts.add_posts(
        db, [_post(night, PostKind.QUESTION, f"night:{night.id}:{night.asked}", now) | {"round_id": number}]
    )
    nights.step(db, night.id, now + dt.timedelta(seconds=night.seconds) + PATIENCE)


def _end(db: Connection, night: Night, now: dt.datetime) -> bool:
    ended = nights.end_night(db, night.id)
    if ended:
        posts.add_posts(db, [_post(night, PostKind.NIGHT, f"night:{night.id}:podium", now)])
    return ended


def _post(night: Night, kind: PostKind, key: str, now: dt.datetime) -> dict[str, object]:
    return {
        "key": key, "kind": kind.value, "community_id": night.community_id, "channel": night.channel.id,
        "data": {"night": night.id}, "created_at": now, "ready_at": now,
    }  # fmt: skip


async def results(tutor: Tutor, night_id: int) -> Leaderboard | Notice | None:
    """The podium of a night and its board, or a word where nobody can be shown; None for a night that is gone."""
    night = await tutor.store.read(lambda db: nights.find_night(db, night_id))
    if night is None:
        return None
    played, given = await tutor.store.read(lambda db: nights.answers_of(db, night))
    rows = _rows(night, played, [(name, attempt) for name, visible, attempt in given if visible])
    if not rows:
        return Notice(wording.night_without_podium(), Tone.INFO)
    picture = await podium.draw(rows)
    title = wording.night_title()
    return Leaderboard(
        title,
        wording.night_rounds(len(played)),
        rows[:SHOWN],
        learners=len(rows),
        pictures=(picture,),
        compare=False,
    )


def _rows(
    night: Night, played: Mapping[int, Round], given: list[tuple[str, Attempt]]
) -> tuple[BoardRow, ...]:
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    names: dict[int, str] = {}
    for name, attempt in given:
        names[attempt.learner_id] = name
        line = sums[attempt.learner_id]
        line[0] += points.for_round(attempt.correct, in_window=True) + _bonus(night, played, attempt)
        line[1] += attempt.correct
        line[2] += 1
    best = sorted(sums, key=lambda learner: (-sums[learner][0], names[learner], learner))
    better = {learner: sum(sums[other][0] > sums[learner][0] for other in best) for learner in best}
    return tuple(
        BoardRow(better[learner] + 1, names[learner], sums[learner][0], sums[learner][1], sums[learner][2])
        for learner in best
    )


def _bonus(night: Night, played: Mapping[int, Round], attempt: Attempt) -> int:
    """Up to five points more for the quick, where the night was begun so."""
    opened = played[int(attempt.slot[1:])].opened_at
    if not night.bonus or not attempt.correct or opened is None:
        return 0
    left = 1 - (attempt.answered_at - opened).total_seconds() / night.seconds
    return round(MOST_BONUS * max(0.0, left))
