"""The ledger of one batch of answers: read what they touch, enter them one by one, write what changed."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from sqlalchemy import Connection

from bot.learning import ability, memory, points, streaks
from bot.learning.ability import Ability, Difficulty
from bot.learning.memory import Memory
from bot.learning.streaks import Streak
from bot.model.study import Attempt, Origin, Round
from bot.storage import fits, progress
from bot.storage.difficulties import Known, merge_difficulties
from bot.storage.fits import KnownFit, Parameters
from bot.storage.people import hold_learners
from bot.storage.rounds import count_answers, rounds_by_id
from bot.storage.standings import add_standings
from bot.tutor.submission import Submission
from bot.tutor.timetable import boards_at

ROUNDS = frozenset({Origin.ROUND, Origin.LATE, Origin.VOTE})
# Given when the key was known or the matter had been talked over: they say little about ability.
UNSCORED = frozenset({Origin.LATE, Origin.VOTE})


@dataclass
class Ledger:
    """What the answers of a batch touch, by key. Keys that were not in the database start from priors."""

    retention: float
    rounds: dict[int, Round]
    encounters: dict[tuple[int, str], int]
    days: dict[tuple[int, str], list[int]]
    streaks: dict[int, Streak]
    memories: dict[tuple[int, str], Memory]
    abilities: dict[tuple[int, str], Ability]
    difficulties: dict[str, Known]
    fits: dict[int, list[KnownFit]]
    met: dict[tuple[int, str], dict[str, Any]] = field(default_factory=dict)
    standings: dict[tuple[int, str, int], list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0, 0, 0])
    )
    unlearnt: dict[str, Known] = field(default_factory=dict)
    counts: dict[int, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    @classmethod
    def load(cls, db: Connection, fresh: Sequence[Submission], retention: float) -> Ledger:
        """Read all that these answers touch, one query a table.

        Until the transaction ends nobody else enters an answer of these learners or closes one of these rounds.
        """
        learner_ids = {s.learner.id for s in fresh}
        hold_learners(db, learner_ids)
        questions = {(s.learner.id, s.item.question.id) for s in fresh}
        dates = {(s.learner.id, s.local_date.isoformat()) for s in fresh}
        facts = {(s.learner.id, fact) for s in fresh for fact in s.profile.facts}
        round_ids = {s.round_id for s in fresh if s.round_id is not None}
        known_days = progress.days_in(db, dates)
        return cls(
            retention,
            rounds_by_id(db, round_ids, hold=True) if round_ids else {},
            progress.encounters_in(db, questions),
            {key: [row.answered, row.correct, row.practice_points] for key, row in known_days.items()},
            progress.streaks_in(db, learner_ids),
            progress.memories_in(db, facts),
            progress.abilities_in(db, learner_ids),
            progress.difficulties_in(db, {s.item.question.id for s in fresh}),
            fits.fits_in(db, learner_ids),
        )

    def enter(self, submission: Submission) -> tuple[Attempt, bool]:
        """Enter one answer; return its attempt, and whether it added a day to the streak."""
        attempt = self._attempt(submission)
        return attempt, self.apply(submission, attempt)

    def apply(self, submission: Submission, attempt: Attempt) -> bool:
        """Let everything follow from an attempt; return whether it added a day to the streak."""
        self._count(submission, attempt)
        known = [self.memories.get((submission.learner.id, fact)) for fact in submission.profile.facts]
        personal = fits.in_force(self.fits.get(submission.learner.id, ()), submission.answered_at)
        recalled = memory.recall(known, submission.answered_at, personal)
        self._remember(submission, attempt, personal)
        if attempt.scored:
            self._estimate(submission, attempt, recalled)
        return self._keep_streak(submission)

    def save(self, db: Connection) -> None:
        """Write all that changed, one statement a table."""
        self.save_own(db)
        count_answers(db, [(number, all_, right) for number, (all_, right) in self.counts.items()])
        # Last, because other replicas wait for the row of a question that everybody is answering.
        merge_difficulties(db, {q: (before, self.difficulties[q]) for q, before in self.unlearnt.items()})

    def save_own(self, db: Connection) -> None:
        """Write what belongs to the learners alone."""
        progress.put_encounters(db, [self.met[key] for key in sorted(self.met)])
        progress.put_days(db, [
            {"learner_id": key[0], "day": key[1], "answered": day[0], "correct": day[1], "practice_points": day[2]}
            for key, day in sorted(self.days.items())
        ])  # fmt: skip
        progress.put_streaks(db, self.streaks)
        progress.put_memories(db, self.memories)
        progress.put_abilities(db, self.abilities)
        add_standings(db, [
            {"community_id": key[0], "period": key[1], "learner_id": key[2],
             "points": sums[0], "correct": sums[1], "answered": sums[2]}
            for key, sums in sorted(self.standings.items())
        ])  # fmt: skip

    def _attempt(self, s: Submission) -> Attempt:
        question = s.item.question
        right = s.picks == s.item.key
        first = (s.learner.id, question.id) not in self.encounters
        origin = self._origin(s)
        return Attempt(
            s.slot, s.learner.id, s.community.id, question.id, question.version, s.item.seed, origin,
            s.picks, right, first, origin not in UNSCORED, s.confidence, s.seconds,
            self._points(s, origin, right, first), s.answered_at, s.local_date, s.month,
        )  # fmt: skip

    def _origin(self, s: Submission) -> Origin:
        if s.round_id is None:
            return s.origin
        round_ = self.rounds[s.round_id]
        if not round_.takes_points(s.answered_at):
            return Origin.LATE
        return Origin.VOTE if round_.settings.get("first") else Origin.ROUND

    def _points(self, s: Submission, origin: Origin, right: bool, first: bool) -> int:
        if origin in ROUNDS:
            return points.for_round(right, in_window=origin is Origin.ROUND)
        earned = self._day(s)[2]
        return points.for_practice(right, first, earned)

    def _day(self, s: Submission) -> list[int]:
        return self.days.setdefault((s.learner.id, s.local_date.isoformat()), [0, 0, 0])

    def _count(self, s: Submission, attempt: Attempt) -> None:
        key = (s.learner.id, attempt.question_id)
        times = self.encounters[key] = self.encounters.get(key, 0) + 1
        self.met[key] = {
            "learner_id": key[0], "question_id": key[1], "times": times,
            "correct": attempt.correct, "last_at": attempt.answered_at,
        }  # fmt: skip
        day = self._day(s)
        day[0] += 1
        day[1] += attempt.correct
        if attempt.origin not in ROUNDS:
            day[2] += attempt.points
        if attempt.origin in (Origin.ROUND, Origin.VOTE) and s.round_id is not None:
            self.counts[s.round_id][0] += 1
            self.counts[s.round_id][1] += attempt.correct
        if attempt.origin not in UNSCORED:
            self._stand(s, attempt)

    def _stand(self, s: Submission, attempt: Attempt) -> None:
        for period in boards_at(s.community, s.answered_at):
            sums = self.standings[s.community.id, period, s.learner.id]
            sums[0] += attempt.points
            sums[1] += attempt.correct
            sums[2] += 1

    def _remember(self, s: Submission, attempt: Attempt, personal: Parameters | None) -> None:
        grade = memory.grade(attempt.correct, confidence=s.confidence or None, seconds=s.seconds)
        for fact in s.profile.facts:
            key = (s.learner.id, fact)
            # Chance comes from the attempt itself, so that a replay arrives at the same memory.
            rng = random.Random(crc32(f"{s.slot}/{s.learner.id}/{fact}".encode()))
            self.memories[key] = memory.review(
                self.memories.get(key), grade, s.answered_at,
                retention=self.retention, parameters=personal, rng=rng,
            )  # fmt: skip

    def _estimate(self, s: Submission, attempt: Attempt, recalled: float) -> None:
        # What was studied here is remembered, not able: memory explains its part of a right answer.
        chance = ability.chance_with_recall(s.profile.chance, recalled)
        level, correct = self.difficulties.get(attempt.question_id) or (Difficulty.prior(s.profile.level), 0)
        learned = level
        for domain in s.profile.domains:
            key = (s.learner.id, domain)
            before = self.abilities.get(key, ability.PRIOR)
            self.abilities[key], learned = ability.update(before, level, attempt.correct, chance)
        if attempt.first:
            self.unlearnt.setdefault(attempt.question_id, (level, correct))
            self.difficulties[attempt.question_id] = (learned, correct + attempt.correct)

    def _keep_streak(self, s: Submission) -> bool:
        before = self.streaks.get(s.learner.id, Streak())
        after = streaks.advance(before, s.local_date, s.learner.workdays)
        self.streaks[s.learner.id] = after
        return after.last_day > before.last_day
