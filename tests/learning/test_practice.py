import datetime as dt
import random
import time
from dataclasses import replace

import pytest

from bot.learning.ability import Ability, Difficulty
from bot.learning.candidate import Candidate
from bot.learning.practice import UNEXAMINED, Learner, Pool, choose, fact_worth
from tests.learning.samples import DVA, candidate

NOW = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
EASY, MEDIUM, HARD = Difficulty(-1.5, 0.01, 99), Difficulty(-0.4, 0.01, 99), Difficulty(2.5, 0.01, 99)


def on_fact(name: str, fact: str, topic: str = "t") -> Candidate:
    return replace(candidate(name, topic=topic), facts=(fact,))


def chosen(pool: Pool, learner: Learner, levels=None, worth=None, seed=1) -> str | None:
    found = choose(pool, learner, levels or {}, worth or fact_worth([DVA], pool), random.Random(seed), NOW)
    return found and found.question_id


def test_a_session_begins_with_the_most_urgent_due_fact():
    pool = Pool.of([on_fact("a", "f1"), on_fact("b", "f2"), on_fact("c", "f3")])
    learner = Learner(due_facts=["f2", "f1"], met={"f1", "f2"})
    assert {chosen(pool, learner, seed=seed) for seed in range(20)} == {"b"}


def test_asks_a_due_fact_through_another_question_than_last_time():
    pool = Pool.of([on_fact("a", "f"), on_fact("b", "f")])
    learner = Learner(due_facts=["f"], met={"f"}, asked_at={"a": NOW - 20 * DAY})
    assert {chosen(pool, learner, seed=seed) for seed in range(20)} == {"b"}
    both = replace(learner, asked_at={"a": NOW - 20 * DAY, "b": NOW - 10 * DAY})
    assert {chosen(pool, both, seed=seed) for seed in range(20)} == {"a"}


def test_a_due_fact_whose_only_question_was_asked_yesterday_waits_for_the_others():
    pool = Pool.of([on_fact("a", "f1"), on_fact("b", "f2")])
    learner = Learner(due_facts=["f1", "f2"], met={"f1", "f2"}, asked_at={"a": NOW - DAY})
    assert chosen(pool, learner) == "b"
    assert chosen(pool, replace(learner, due_facts=["f1"])) == "a"


def test_every_third_question_is_a_review_while_there_is_anything_new():
    pool = Pool.of([on_fact(f"due{n}", f"d{n}") for n in range(9)] + [candidate(f"new{n}") for n in range(9)])
    learner = Learner(due_facts=[f"d{n}" for n in range(9)], met={f"d{n}" for n in range(9)})
    kinds = []
    for _ in range(9):
        name = chosen(pool, learner)
        assert name is not None
        kinds.append(name[:3])
        learner = replace(learner, session=[*learner.session, name])
    assert kinds == ["due", "new", "new"] * 3


def test_serves_reviews_alone_when_nothing_is_new():
    pool = Pool.of([on_fact(f"due{n}", f"d{n}") for n in range(3)])
    facts = {f"d{n}" for n in range(3)}
    assert chosen(pool, Learner(due_facts=sorted(facts), met=facts, session=["due0"])) == "due1"


def test_never_asks_the_same_question_twice_in_a_session():
    pool = Pool.of([candidate(f"q{n}", domain=n % 4 + 1, topic=f"t{n % 3}") for n in range(30)])
    learner, had = Learner(), []
    while (name := chosen(pool, learner, seed=len(had))) is not None:
        had.append(name)
        learner = replace(learner, session=had, met={f"fact-{each}" for each in had})
    assert len(had) == len(set(had)) == 30


def test_keeps_away_from_what_was_asked_within_a_week():
    pool = Pool.of([candidate("recent"), candidate("old")])
    learner = Learner(asked_at={"recent": NOW - 6 * DAY, "old": NOW - 8 * DAY})
    assert {chosen(pool, learner, seed=seed) for seed in range(20)} == {"old"}


def test_asks_the_longest_unasked_again_when_everything_is_remembered():
    pool = Pool.of([candidate("a"), candidate("b")])
    learner = Learner(met={"fact-a", "fact-b"}, asked_at={"a": NOW - 2 * DAY, "b": NOW - 3 * DAY})
    assert chosen(pool, learner) == "b"


@pytest.mark.parametrize("seed", range(5))
def test_aims_at_seventy_to_eighty_five_percent(seed):
    levels = {"easy": EASY, "medium": MEDIUM, "hard": HARD}
    pool = Pool.of([candidate(name) for name in levels])
    learner = Learner(abilities={"dva/d1": Ability(0.5, 0.05, 50)})
    assert chosen(pool, learner, levels, seed=seed) == "medium"


def test_prefers_the_domain_where_an_answer_gains_most():
    pool = Pool.of(
        [candidate(f"strong{n}", domain=1, topic="strong") for n in range(5)]
        + [candidate(f"weak{n}", domain=2, topic="weak") for n in range(5)]
    )
    abilities = {"dva/d1": Ability(2.5, 0.05, 50), "dva/d2": Ability(-0.2, 0.05, 50)}
    assert chosen(pool, Learner(abilities=abilities), worth={"dva/d1": 0.1, "dva/d2": 0.1}) in pool.by_id
    assert "weak" in str(chosen(pool, Learner(abilities=abilities), worth={"dva/d1": 0.1, "dva/d2": 0.1}))
    assert "strong" in str(chosen(pool, Learner(abilities=abilities), worth={"dva/d1": 5.0, "dva/d2": 0.1}))


def test_changes_the_topic_within_a_session():
    pool = Pool.of([candidate(f"{topic}{n}", topic=topic) for topic in "ab" for n in range(5)])
    first = str(chosen(pool, Learner()))
    learner = Learner(session=[first], met={f"fact-{first}"})
    assert str(chosen(pool, learner))[0] != first[0]


def test_a_fact_is_worth_the_items_of_its_domain_shared_by_its_facts():
    pool = Pool.of([candidate(f"a{n}", domain=1) for n in range(8)] + [candidate("b", domain=2)])
    assert fact_worth([DVA], pool) == {"dva/d1": 2.0, "dva/d2": 13.0, UNEXAMINED: 7.5}


def test_finds_nothing_in_an_empty_pool():
    assert chosen(Pool.of([]), Learner(), worth={}) is None


def test_the_same_seed_chooses_the_same():
    pool = Pool.of([candidate(f"q{n}", domain=n % 4 + 1, topic=f"t{n % 9}") for n in range(1000)])
    assert chosen(pool, Learner(), seed=8) == chosen(pool, Learner(), seed=8)
    assert len({chosen(pool, Learner(), seed=seed) for seed in range(20)}) > 5


def test_a_hundred_times_as_many_questions_do_not_take_longer():
    def seconds(questions: int) -> float:
        pool = Pool.of([candidate(f"q{n}", domain=n % 4 + 1, topic=f"t{n % 60}") for n in range(questions)])
        worth, best = fact_worth([DVA], pool), 1.0
        for _ in range(5):
            began = time.perf_counter()
            chosen(pool, Learner(), worth=worth)
            best = min(best, time.perf_counter() - began)
        return best

    assert seconds(20_000) < 5 * seconds(200)
