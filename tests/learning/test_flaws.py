"""What answers say is wrong with a question, and what they leave unsaid."""

from __future__ import annotations

import random

import pytest

from bot.learning.flaws import LEAST, Finding, Flaw, Given, examine

KEY = frozenset({0})
POSITIONS = range(4)


def crowd(*picks: tuple[int, float, int]) -> list[Given]:
    """People by (pick, share right elsewhere, how many of them)."""
    return [
        Given(frozenset({pick}), pick == 0, rest + 0.001 * n)
        for pick, rest, number in picks
        for n in range(number)
    ]


def found(*picks: tuple[int, float, int]) -> Finding:
    return examine(POSITIONS, KEY, crowd(*picks), 0.25)


SOUND = ((0, 0.8, 60), (1, 0.4, 15), (2, 0.4, 15), (3, 0.4, 10))


def test_a_sound_question_has_no_flaws() -> None:
    one = found(*SOUND)
    assert one.flaws == ()
    assert one.facility == pytest.approx(60)
    assert one.discrimination is not None
    assert one.discrimination > 80
    assert [option.picks for option in one.options] == [60, 15, 15, 10]


def test_below_ten_answers_nothing_is_said() -> None:
    few = found((0, 0.8, LEAST - 1))
    assert few.answers == 9
    assert few.facility is None
    assert few.options == ()
    assert found((0, 0.8, LEAST)).facility == 100


@pytest.mark.parametrize(
    ("picks", "flaw"),
    [
        (((0, 0.6, 97), (1, 0.5, 1), (2, 0.5, 1), (3, 0.5, 1)), Flaw.EASY),
        (((0, 0.6, 28), (1, 0.5, 24), (2, 0.5, 24), (3, 0.5, 24)), Flaw.HARD),
        (((0, 0.3, 50), (1, 0.7, 20), (2, 0.7, 20), (3, 0.7, 10)), Flaw.NEGATIVE),
        (((0, 0.7, 60), (1, 0.4, 25), (2, 0.4, 14), (3, 0.4, 1)), Flaw.DEAD),
        (((0, 0.4, 50), (1, 0.8, 30), (2, 0.3, 10), (3, 0.3, 10)), Flaw.KEY),
    ],
)
def test_each_flaw_is_found(picks: tuple[tuple[int, float, int], ...], flaw: Flaw) -> None:
    assert flaw in found(*picks).flaws


def test_the_rival_and_the_dead_are_named_by_their_positions() -> None:
    assert found((0, 0.4, 50), (1, 0.3, 20), (2, 0.9, 25), (3, 0.3, 5)).rival == 2
    assert found((0, 0.7, 60), (1, 0.4, 39), (2, 0.4, 1)).dead == (2, 3)


def test_options_that_nobody_picks_are_not_dead_before_thirty_answers_or_where_all_are_right() -> None:
    assert found((0, 0.7, 20), (1, 0.4, 9)).dead == ()
    assert found((0, 0.7, 99), (1, 0.4, 1)).dead == ()


def test_who_has_answered_little_else_counts_for_facility_alone() -> None:
    unknown = [Given(frozenset({1}), False, None)] * 40
    one = examine(POSITIONS, KEY, [*crowd(*SOUND), *unknown], 0.25)
    assert one.answers == 140
    assert one.compared == 100
    assert one.facility == pytest.approx(100 * 60 / 140)
    assert one.discrimination == found(*SOUND).discrimination
    nobody = examine(POSITIONS, KEY, unknown, 0.25)
    assert nobody.discrimination is None
    assert Flaw.NEGATIVE not in nobody.flaws
    assert all(option.point_biserial is None for option in nobody.options)


def test_mere_chance_is_seldom_called_a_wrong_key_or_a_negative_discrimination() -> None:
    rng = random.Random(5)
    called = 0
    for _ in range(400):
        given = []
        for _ in range(40):
            able = rng.random()
            pick = 0 if rng.random() < 0.3 + 0.5 * able else rng.randrange(1, 4)
            given.append(Given(frozenset({pick}), pick == 0, able))
        called += bool({Flaw.KEY, Flaw.NEGATIVE} & set(examine(POSITIONS, KEY, given, 0.25).flaws))
    assert called < 400 / 50
