"""Which question a learner practises next.

What is about to be forgotten comes first, then the topic where one more answer is expected to raise readiness
most. Reviews that are due take the first question of a session and every third one after it as long as there
is anything new to learn: served alone they keep what is known and leave no time for the rest (measured in
bench/simulation.py; /review serves nothing else).

One more fact known in a domain adds (items of the domain in the exam) / (facts of the domain)
to the expected score, if the learner did not know it before; and a small rise of the expected score raises
the probability to pass by the same factor wherever it comes from, namely the probability of being one short
of the cut. So topics are ranked by the expected rise of the score.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from bot.learning.ability import PRIOR, Ability, Difficulty, p_right
from bot.learning.candidate import Candidate, shares
from bot.model.knowledge import Exam

WEEK = dt.timedelta(days=7)
AIM = (0.70, 0.85)
REVIEW_EVERY = 3
LOOKED_AT = 120
UNEXAMINED = ""
"""Stands among the domains for facts that serve no exam, which a team's own need not."""
LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Pool:
    """Questions to practise from. Built once and shared by many learners."""

    candidates: Sequence[Candidate]
    by_id: Mapping[str, Candidate]
    by_fact: Mapping[str, Sequence[Candidate]]

    @staticmethod
    def of(candidates: Iterable[Candidate]) -> Pool:
        """A pool of these candidates."""
        by_id = {each.question_id: each for each in candidates}
        by_fact: dict[str, list[Candidate]] = defaultdict(list)
        for each in by_id.values():
            for fact in each.facts:
                by_fact[fact].append(each)
        return Pool(tuple(by_id.values()), by_id, dict(by_fact))

    def without(self, ids: Collection[str]) -> Pool:
        """The pool without some questions."""
        if not any(each in self.by_id for each in ids):
            return self
        return Pool.of(each for each in self.candidates if each.question_id not in ids)


@dataclass(frozen=True, slots=True)
class Learner:
    """What choosing needs to know of the learner who practises.

    `due_facts` stand in the order of urgency, best the least retrievable first; `met` are all facts that
    have a memory, due or not. `asked_at` tells when a question was last asked (aware UTC), `session` holds
    the questions of this session. `abilities` are by domain name ("dva/security"); a missing one counts as
    the prior.
    """

    due_facts: Sequence[str] = ()
    met: Set[str] = frozenset()
    asked_at: Mapping[str, dt.datetime] = field(default_factory=dict)
    session: Collection[str] = frozenset()
    abilities: Mapping[str, Ability] = field(default_factory=dict)


def fact_worth(exams: Iterable[Exam], pool: Pool) -> dict[str, float]:
    """What one more known fact of a domain adds to an exam's expected score, in items, by domain name.

    A fact that serves no exam is worth as much as one of a middling domain, or it would never be asked.
    """
    facts: dict[str, set[str]] = defaultdict(set)
    for each in pool.candidates:
        for domain in each.domains:
            facts[domain].update(each.facts)
    items = {name: number for exam in exams for name, number in shares(exam, exam.items_scored).items()}
    worth = {name: number / len(facts[name]) for name, number in items.items() if name in facts}
    return worth | {UNEXAMINED: statistics.median(worth.values()) if worth else 1.0}


def choose(
    pool: Pool,
    learner: Learner,
    difficulties: Mapping[str, Difficulty],
    worth: Mapping[str, float],
    rng: random.Random,
    now: dt.datetime,
) -> Candidate | None:
    """The next question, or None when the session has had all of them.

    A due fact is asked through a question that was not asked within a week, if it has one. `difficulties`
    are by question id, a missing one follows the authored level; `worth` is what `fact_worth` says. Of a
    large pool a random part is looked at, so that the cost does not grow with it.
    """
    due = _due(pool, learner, rng, now)
    if due is not None and len(learner.session) % REVIEW_EVERY == 0:
        return due
    return _new(pool, learner, difficulties, worth, rng, now) or due or _again(pool, learner, rng)


def _due(pool: Pool, learner: Learner, rng: random.Random, now: dt.datetime) -> Candidate | None:
    stale: Candidate | None = None
    for fact in learner.due_facts:
        open_ = [each for each in pool.by_fact.get(fact, ()) if each.question_id not in learner.session]
        if not open_:
            continue
        best = min(_shuffled(open_, rng), key=lambda each: learner.asked_at.get(each.question_id, LONG_AGO))
        if not _is_recent(best, learner, now):
            return best
        stale = stale or best
    return stale


def _new(
    pool: Pool,
    learner: Learner,
    difficulties: Mapping[str, Difficulty],
    worth: Mapping[str, float],
    rng: random.Random,
    now: dt.datetime,
) -> Candidate | None:
    unknown = [each for each in _some(pool, learner, rng) if _unknown(each, learner)]
    unknown = [each for each in unknown if not _is_recent(each, learner, now)]
    if not unknown:
        return None
    right = {each.question_id: _p_right(each, learner.abilities, difficulties) for each in unknown}
    gains = {each.question_id: _gain(each, learner, right[each.question_id], worth) for each in unknown}
    topic = _best_topic(pool, learner, unknown, gains)
    return min(topic, key=lambda each: (_off_aim(right[each.question_id]), -gains[each.question_id]))


def _again(pool: Pool, learner: Learner, rng: random.Random) -> Candidate | None:
    """The question that was not asked for longest, when nothing is due and nothing is new."""
    left = list(_some(pool, learner, rng))
    return min(left, key=lambda each: learner.asked_at.get(each.question_id, LONG_AGO), default=None)


def _some(pool: Pool, learner: Learner, rng: random.Random) -> Iterator[Candidate]:
    """Questions that the session has not had, in random order: all, or enough of a large pool."""
    order: Iterable[Candidate]
    if len(pool.candidates) > LOOKED_AT + len(learner.session):
        tries = LOOKED_AT + len(learner.session)
        picked = (int(rng.random() * len(pool.candidates)) for _ in range(tries))
        order = (pool.candidates[at] for at in dict.fromkeys(picked))
    else:
        order = _shuffled(pool.candidates, rng)
    return (each for each in order if each.question_id not in learner.session)


def _best_topic(
    pool: Pool, learner: Learner, unknown: Sequence[Candidate], gains: Mapping[str, float]
) -> list[Candidate]:
    """The questions of the topic with the highest mean gain; topics that the session had count for less."""
    had = Counter(pool.by_id[each].topic for each in learner.session if each in pool.by_id)
    topics: dict[str, list[Candidate]] = defaultdict(list)
    for each in unknown:
        topics[each.topic].append(each)

    def promise(topic: str) -> float:
        mean = sum(gains[each.question_id] for each in topics[topic]) / len(topics[topic])
        return mean / (1 + 0.5 * had[topic])

    return topics[max(topics, key=promise)]


def _gain(each: Candidate, learner: Learner, right: float, worth: Mapping[str, float]) -> float:
    """The rise of the expected score if all that was missing is known after the answer."""
    return (
        (1 - right)
        * _unknown(each, learner)
        * sum(worth.get(domain, 0.0) for domain in each.domains or (UNEXAMINED,))
    )


def _p_right(
    each: Candidate, abilities: Mapping[str, Ability], difficulties: Mapping[str, Difficulty]
) -> float:
    difficulty = difficulties.get(each.question_id) or Difficulty.prior(each.level)
    chances = [p_right(abilities.get(name, PRIOR), difficulty, each.chance) for name in each.domains]
    return sum(chances) / len(chances) if chances else p_right(PRIOR, difficulty, each.chance)


def _unknown(each: Candidate, learner: Learner) -> int:
    """How many of its facts the learner has never met."""
    return sum(fact not in learner.met for fact in each.facts)


def _off_aim(right: float) -> float:
    """How far a chance of success lies from what is aimed at."""
    low, high = AIM
    return max(low - right, right - high, 0.0)


def _is_recent(each: Candidate, learner: Learner, now: dt.datetime) -> bool:
    return now - learner.asked_at.get(each.question_id, LONG_AGO) < WEEK


def _shuffled(candidates: Sequence[Candidate], rng: random.Random) -> list[Candidate]:
    return sorted(candidates, key=lambda _: rng.random())
