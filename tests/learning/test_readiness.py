import datetime as dt
import random

import pytest

from bot.learning.ability import Ability, Difficulty, p_right
from bot.learning.memory import Grade, retrievability, review
from bot.learning.pooling import general, given
from bot.learning.readiness import TYPICAL_ITEM, readiness, recalled_shares
from bot.learning.scores import at_least, number_correct
from tests.learning.samples import DVA, exam

NAMES = [f"dva/d{n}" for n in (1, 2, 3, 4)]
ITEMS = {name: [Difficulty(b / 10, 0.05, 40) for b in range(-10, 11)] for name in NAMES}


def everywhere(mean: float, variance: float = 0.1) -> dict[str, Ability]:
    return dict.fromkeys(NAMES, Ability(mean, variance, 30))


def told(mean: float, **more: object):
    found = readiness(DVA, everywhere(mean), ITEMS, 60, **more)
    assert found is not None
    return found


def test_is_not_told_below_thirty_answers():
    assert readiness(DVA, everywhere(1.0), ITEMS, 29) is None
    assert readiness(DVA, everywhere(1.0), ITEMS, 30) is not None


def test_of_a_known_ability_it_is_the_number_correct_distribution():
    known = everywhere(0.8, 1e-9)
    same = {name: [Difficulty(0.2, 1e-9, 999)] for name in NAMES}
    found = readiness(DVA, known, same, 30, chance=0.25)
    expected = number_correct([p_right(known[NAMES[0]], same[NAMES[0]][0], 0.25)] * 50)
    assert found is not None
    assert found.distribution == pytest.approx(expected, abs=1e-6)
    assert (found.low, found.high) == pytest.approx(
        (at_least(expected, 38), at_least(expected, 32)), abs=1e-6
    )


def test_agrees_with_learners_drawn_at_random():
    rng = random.Random(5)
    found = readiness(DVA, everywhere(0.8, 0.4), {}, 40, chance=0.2)
    passed = 0
    belief = general(list(everywhere(0.8, 0.4).values()))
    for _ in range(3000):
        g = rng.gauss(belief.mean, belief.variance**0.5)
        right = 0
        for items in (16, 13, 12, 9):
            mean, variance = given(Ability(0.8, 0.4, 30), g)
            able = Ability(rng.gauss(mean, variance**0.5), 0.0, 0)
            right += sum(rng.random() < p_right(able, TYPICAL_ITEM, 0.2) for _ in range(items))
        passed += right >= 32
    assert found is not None
    assert found.high == pytest.approx(passed / 3000, abs=0.03)


def test_rises_with_ability_and_with_what_is_remembered():
    chances = [told(mean).low for mean in (-1.0, 0.0, 0.5, 1.0, 2.0)]
    assert chances == sorted(chances)
    assert chances[0] < 0.01
    assert chances[-1] > 0.95
    assert told(0.5, recalled=dict.fromkeys(NAMES, 0.5)).low > told(0.5).low


def test_everything_remembered_passes_whatever_the_ability():
    assert told(-2.0, recalled=dict.fromkeys(NAMES, 1.0)).low == pytest.approx(1.0)


def test_is_a_range_from_the_highest_cut_to_the_lowest():
    found = told(0.8)
    assert found.low < found.high
    assert (found.cuts, found.items, found.answers) == ((32, 38), 50, 60)
    assert sum(found.distribution) == pytest.approx(1.0)
    items = dict(zip(NAMES, (16, 13, 12, 9), strict=True))
    assert found.expected_right == pytest.approx(sum(items[name] * found.domains[name] for name in NAMES))


def test_less_certainty_brings_a_good_chance_down():
    chances = []
    for variance in (0.05, 0.6):
        found = readiness(exam(1.0), {"dva/d1": Ability(1.5, variance, 30)}, {}, 60)
        assert found is not None
        chances.append(found.low)
    assert chances[1] < chances[0]


def test_domains_that_agree_support_one_another():
    alone = readiness(DVA, {"dva/d1": Ability(0.8, 0.4, 8)}, ITEMS, 60)
    together = readiness(DVA, everywhere(0.8, 0.4), ITEMS, 60)
    assert alone is not None
    assert together is not None
    assert together.domains["dva/d1"] > alone.domains["dva/d1"]


def test_shows_the_weak_domain_as_the_weak_one():
    abilities = {**everywhere(1.0), "dva/d3": Ability(-0.8, 0.1, 30)}
    found = readiness(DVA, abilities, ITEMS, 120)
    assert found is not None
    assert min(found.domains, key=lambda name: found.domains[name]) == "dva/d3"


def test_is_the_same_every_time():
    assert told(0.7) == told(0.7)


def test_counts_what_was_never_met_as_not_remembered():
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    memory = review(None, Grade.GOOD, now)
    later = now + dt.timedelta(days=4)
    found = recalled_shares({"a": memory, "elsewhere": memory}, {"x": ["a", "b"], "y": ["c"], "z": []}, later)
    assert found == {"x": pytest.approx(retrievability(memory, later) / 2), "y": 0.0, "z": 0.0}
