"""What one learner remembers of one fact: FSRS-6, computed by the fsrs library.

Source of the formulas: "The Algorithm", open-spaced-repetition/fsrs4anki wiki, FSRS-6. We use no
learning steps, because an answer in a chat is not followed by another one ten minutes later.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from fsrs import Card, Rating, Scheduler, State
from fsrs.scheduler import DEFAULT_PARAMETERS, FUZZ_RANGES

FAST_SECONDS = 10.0
LONGEST_DAYS = 36500
FUZZ_FROM_DAYS = 2.5
DAY = dt.timedelta(days=1)
DEFAULTS: tuple[float, ...] = tuple(DEFAULT_PARAMETERS)


class Grade(IntEnum):
    """How well a fact was recalled, in FSRS's own numbers."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """A learner's memory of a fact after its last review.

    `stability` is in days (after that long the chance to recall is 0.9), `difficulty` from 1 to 10.
    `due` and `last_review` are aware UTC. `reps` counts reviews, `lapses` the times it was forgotten.
    """

    stability: float
    difficulty: float
    due: dt.datetime
    last_review: dt.datetime
    reps: int
    lapses: int


_RATINGS = {each: Rating(int(each)) for each in Grade}


def grade(right: bool, *, confidence: str | None = None, seconds: float | None = None) -> Grade:
    """The grade of a first attempt: its correctness, softened by doubt and raised by sure speed.

    `confidence` is "sure", "unsure" or None when it was not asked; `seconds` is None when untimed.
    """
    if not right:
        return Grade.AGAIN
    if confidence == "unsure":
        return Grade.HARD
    if confidence == "sure" and seconds is not None and seconds < FAST_SECONDS:
        return Grade.EASY
    return Grade.GOOD


def review(
    memory: Memory | None,
    grade: Grade,
    now: dt.datetime,
    *,
    retention: float = 0.9,
    parameters: Sequence[float] | None = None,
    rng: random.Random | None = None,
) -> Memory:
    """The memory after one more review at `now` (aware UTC); None is a fact never met before.

    What was forgotten is due within a day, however stable it had been. With an `rng` the other
    intervals are spread a little, so that facts learned together do not stay together. Raises
    ValueError for a time that is not UTC, or for parameters that FSRS does not allow.
    """
    scheduler = _scheduler(retention, tuple(parameters) if parameters is not None else None)
    card, _ = scheduler.review_card(_card(memory), _RATINGS[grade], now)
    due = now + DAY if grade is Grade.AGAIN else _spread(card.due, now, rng)
    assert card.stability is not None
    assert card.difficulty is not None
    reps, lapses = (memory.reps, memory.lapses) if memory else (0, 0)
    lapsed = memory is not None and grade is Grade.AGAIN
    return Memory(card.stability, card.difficulty, due, now, reps + 1, lapses + lapsed)


def retrievability(memory: Memory, now: dt.datetime, parameters: Sequence[float] | None = None) -> float:
    """The chance, 0 to 1, that the fact is recalled at `now`. Whole days count, as in FSRS."""
    scheduler = _scheduler(0.9, tuple(parameters) if parameters is not None else None)
    return scheduler.get_card_retrievability(_card(memory), now)


def recall(
    memories: Iterable[Memory | None], now: dt.datetime, parameters: Sequence[float] | None = None
) -> float:
    """The chance that all facts of a question are recalled: that of the weakest, 0 with one never met (None)."""
    return min(
        (retrievability(each, now, parameters) if each else 0.0 for each in memories),
        default=0.0,
    )


def allows(parameters: Sequence[float]) -> bool:
    """Whether FSRS allows these 21 parameters: each within its bounds."""
    try:
        _scheduler(0.9, tuple(parameters))
    except ValueError:
        return False
    return True


def interval(memory: Memory, *, retention: float = 0.9, parameters: Sequence[float] | None = None) -> int:
    """Whole days, at least one, until the chance to recall falls to `retention`: FSRS's own interval.

    It knows neither the spread of `review` nor its rule that the forgotten comes back tomorrow.
    """
    decay = -(parameters if parameters is not None else DEFAULTS)[20]
    factor = 0.9 ** (1 / decay) - 1
    days: float = memory.stability / factor * (retention ** (1 / decay) - 1)
    return min(max(round(days), 1), LONGEST_DAYS)


@lru_cache(maxsize=4096)
def _scheduler(retention: float, parameters: tuple[float, ...] | None) -> Scheduler:
    if not 0 < retention < 1:
        raise ValueError(f"Desired retention has to lie between 0 and 1, not {retention}.")
    return Scheduler(
        parameters=DEFAULTS if parameters is None else parameters,
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )


def _card(memory: Memory | None) -> Card:
    # A card without an id sleeps for a millisecond to find one, and one without due asks the clock.
    if memory is None:
        return Card(card_id=0, due=_EPOCH)
    return Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=memory.last_review,
    )


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def _spread(due: dt.datetime, now: dt.datetime, rng: random.Random | None) -> dt.datetime:
    days = (due - now).days
    if rng is None or days < FUZZ_FROM_DAYS:
        return due
    low, high = _fuzz_range(days)
    # On random() alone, so that no Python release changes what a seed gives.
    return now + dt.timedelta(days=low + int(rng.random() * (high - low + 1)))


def _fuzz_range(days: int) -> tuple[int, int]:
    """The days between which an interval may fall, by the table that Anki and the library share."""
    delta = 1.0
    for step in FUZZ_RANGES:
        delta += step["factor"] * max(min(float(days), step["end"]) - step["start"], 0.0)
    return max(2, round(days - delta)), min(round(days + delta), LONGEST_DAYS)
