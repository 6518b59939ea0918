"""The nouns of studying: learners, schedules, rounds, attempts, standings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.model.people import Channel, MessageRef

WORKWEEK = 0b0011111
EVERY_DAY = 0b1111111


def month_of(moment: dt.datetime) -> int:
    """The month of a moment in UTC as a number, 202611: what the storage keeps attempts apart by."""
    return moment.year * 100 + moment.month


@dataclass(frozen=True, slots=True)
class Season:
    """A stretch of time with a board of its own. `number` counts the seasons of a community from 1."""

    number: int
    name: str
    begins: dt.datetime
    ends: dt.datetime | None = None

    @property
    def period(self) -> str:
        """The name under which its points are kept."""
        return f"season-{self.number}"

    def covers(self, moment: dt.datetime) -> bool:
        """Whether an answer at this moment counts for it."""
        return self.begins <= moment and (self.ends is None or moment < self.ends)


@dataclass(frozen=True, slots=True)
class Community:
    """A workspace or server. Weeks and months of its boards turn by `timezone`; it is spoken to in `language`.

    `goal` is how many answers a week the team wants to give together, 0 for no goal.
    """

    id: int
    platform: str
    external: str
    timezone: str
    language: str = "en"
    goal: int = 0
    seasons: tuple[Season, ...] = ()


@dataclass(frozen=True, slots=True)
class Learner:
    """One human, on however many platforms.

    `workdays` is a bit mask, Monday the lowest bit. `home_id` is the community whose channels they were
    last seen in: what they do in a direct message counts there.
    """

    id: int
    name: str
    timezone: str
    workdays: int = WORKWEEK
    visible: bool = True
    home_id: int | None = None
    settings: Mapping[str, str] = field(default_factory=dict)


class RevealPolicy(StrEnum):
    """What the channel learns when a round closes."""

    AT_CLOSE = "close"
    PRIVATE = "private"


class ScheduleKind(StrEnum):
    """What a schedule posts."""

    QUESTION = "question"
    BOARD = "board"


class ScheduleState(StrEnum):
    """Whether a schedule fires."""

    ACTIVE = "active"
    PAUSED = "paused"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is posted to a channel and when. `minute` counts from local midnight.

    `exam` or `topics` bound the questions; with neither, all of the bank is asked.
    """

    id: int
    community: Community
    channel: Channel
    kind: ScheduleKind
    minute: int
    timezone: str
    weekdays: int
    window_minutes: int
    reveal: RevealPolicy
    state: ScheduleState
    exam: str = ""
    topics: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    next_fire_at: dt.datetime | None = None
    created_by: int | None = None


class RoundState(StrEnum):
    """A round is claimed, then open once its post is confirmed, then closed."""

    CLAIMED = "claimed"
    OPEN = "open"
    CLOSED = "closed"


def window_of(minutes: int, settings: Mapping[str, str]) -> dt.timedelta:
    """The window of a round with these settings."""
    seconds = int(settings.get("seconds", 0))
    return dt.timedelta(seconds=seconds) if seconds else dt.timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class Round:
    """One question asked to one channel. `answered` and `correct` count answers within the window.

    `month` is that of its making and never changes; 0 for one that is only shown, never answered.
    """

    id: int
    schedule_id: int | None
    community_id: int
    channel: Channel
    question_id: str
    question_version: str
    seed: int
    reveal: RevealPolicy
    state: RoundState
    window_minutes: int
    opened_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    message: MessageRef | None = None
    answered: int = 0
    correct: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)
    month: int = 0
    language: str = "en"

    @property
    def slot(self) -> str:
        """The slot of the answers to it."""
        return f"r{self.id}"

    @property
    def window(self) -> dt.timedelta:
        """How long answers count; the rounds of a quiz night are told in seconds."""
        return window_of(self.window_minutes, self.settings)

    def takes_points(self, now: dt.datetime) -> bool:
        """Whether an answer at `now` is within the window."""
        return self.state is not RoundState.CLOSED and (self.closes_at is None or now < self.closes_at)


class Origin(StrEnum):
    """What made somebody answer. VOTE is a second vote on a question, after talking about the first."""

    ROUND = "round"
    LATE = "late"
    VOTE = "vote"
    PRACTICE = "practice"
    REVIEW = "review"
    DRILL = "drill"
    MOCK = "mock"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer. `slot` names the place it was given in; a learner has one attempt in a slot.

    `month` is that of the slot's making, whenever the answer came.
    `first` says that the learner had never answered the question before, `scored` that the attempt
    speaks of ability (it was given before anybody could have read the key). `id` is the row's number where
    it was read from its table, else 0.
    """

    slot: str
    learner_id: int
    community_id: int
    question_id: str
    question_version: str
    seed: int
    origin: Origin
    picks: frozenset[int]
    correct: bool
    first: bool
    scored: bool
    confidence: str
    seconds: float | None
    points: int
    answered_at: dt.datetime
    local_date: dt.date
    month: int
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """A learner's line in a period. `rank` is shared by equal points, the next rank leaves the gap."""

    learner_id: int
    name: str
    points: int
    correct: int
    answered: int
    rank: int
