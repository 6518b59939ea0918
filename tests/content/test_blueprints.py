"""Full mock exams that can be drawn from the shipped bank."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import pytest

from bot.bank import Bank, load
from bot.learning.blueprint import draw
from bot.learning.candidate import shares
from bot.tutor.pools import Pools

pytestmark = pytest.mark.bank
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load([ROOT / "content"])


SHARED = 0.3


@pytest.mark.parametrize("slug", ["dva", "saa"])
def test_twenty_full_exams_follow_the_blueprint_and_share_few_items(bank: Bank, slug: str) -> None:
    exam = bank.exams[slug]
    candidates = Pools(bank).pool((), slug).candidates
    rng = random.Random(11)
    exams = [draw(exam, candidates, 50, 15, rng) for _ in range(20)]
    for drawn in exams:
        assert len(drawn) == 65
        counted = [each.domain for each in drawn if each.scored]
        assert {name: counted.count(name) for name in set(counted)} == shares(exam, 50)
    for one, other in combinations(exams, 2):
        both = {each.question_id for each in one} & {each.question_id for each in other}
        assert len(both) < SHARED * 65
