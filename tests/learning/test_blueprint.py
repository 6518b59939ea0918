import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.learning.blueprint import Draw, draw
from tests.learning.samples import DVA, candidate

BANK = [
    candidate(f"q{n}", domain=n % 4 + 1, topic=f"t{n % 4}-{n % 7}", task=n // 4 % 2 + 1) for n in range(200)
]


def drawn(bank=BANK, scored=50, unscored=15, seed=1, **more) -> tuple[Draw, ...]:
    return draw(DVA, bank, scored, unscored, random.Random(seed), **more)


@given(st.integers(0, 10_000))
def test_a_full_exam_follows_the_blueprint_and_repeats_nothing(seed):
    found = drawn(seed=seed)
    scored = Counter(each.domain for each in found if each.scored)
    assert scored == {"dva/d1": 16, "dva/d2": 13, "dva/d3": 12, "dva/d4": 9}
    assert sum(not each.scored for each in found) == 15
    assert len({each.question_id for each in found}) == 65


def test_hides_the_unscored_items_among_the_others():
    places = [at for at, each in enumerate(drawn()) if not each.scored]
    assert places != list(range(50, 65))
    assert min(places) < 25


def test_spreads_over_tasks_and_topics():
    first = {each.question_id for each in drawn(scored=50, unscored=0) if each.domain == "dva/d1"}
    chosen = [each for each in BANK if each.question_id in first]
    tasks = Counter(each.tasks[0] for each in chosen)
    topics = Counter(each.topic for each in chosen)
    assert max(tasks.values()) - min(tasks.values()) <= 1
    assert set(topics.values()) == {2, 3}


def test_takes_what_was_used_before_last_and_the_longest_ago_of_it_first():
    bank = [candidate(f"q{n}", domain=n % 4 + 1) for n in range(60)]
    used = [f"q{n}" for n in range(50)]
    found = {each.question_id for each in drawn(bank, scored=16, unscored=0, avoid=used)}
    assert {f"q{n}" for n in range(50, 60)} <= found
    assert all(int(each[1:]) < 12 or int(each[1:]) >= 50 for each in found)


def test_unscored_items_are_those_with_the_fewest_answers():
    answered = {each.question_id: 100 for each in BANK if int(each.question_id[1:]) < 120}
    pilots = [each.question_id for each in drawn(answered=answered) if not each.scored]
    assert all(int(each[1:]) >= 120 for each in pilots)


def test_a_domain_without_enough_questions_is_made_up_from_the_others():
    bank = [each for each in BANK if "dva/d4" not in each.domains] + [candidate("only", domain=4)]
    found = drawn(bank, unscored=0)
    assert len(found) == 50
    assert Draw("only", "dva/d4", True) in found


def test_a_bank_too_small_gives_all_it_has():
    bank = [candidate("a"), candidate("b", domain=2)]
    assert {each.question_id for each in drawn(bank)} == {"a", "b"}
    assert drawn([]) == ()


def test_leaves_out_questions_of_other_exams():
    other = candidate("other")
    elsewhere = type(other)("x", ("f",), "t", ("saa/d1",), ("saa/1.1",))
    assert [each.question_id for each in drawn([other, elsewhere])] == ["other"]


def test_the_same_seed_draws_the_same_exam():
    assert drawn(seed=3) == drawn(seed=3)
    assert drawn(seed=3) != drawn(seed=4)
