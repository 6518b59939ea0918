import pytest

from bot.learning.options import option_statistics, rival

RESTS = [9.0, 8.0, 8.0, 7.0, 3.0, 2.0, 2.0, 1.0]


def statistics(*picks: str, key: str = "A"):
    return option_statistics("ABC", key, picks, RESTS)


def test_counts_picks_and_correlates_them_with_the_rest_of_the_score():
    a, b, c = statistics("A", "A", "A", "A", "B", "B", "B", "B")
    assert (a.picks, a.share, a.right) == (4, 0.5, True)
    assert a.point_biserial == pytest.approx(0.9733, abs=1e-4)
    assert b.point_biserial == pytest.approx(-0.9733, abs=1e-4)
    assert (c.picks, c.point_biserial) == (0, None)


def test_suspects_the_key_when_those_who_know_more_pick_a_distractor():
    found = rival(statistics("B", "B", "B", "B", "A", "A", "A", "C"))
    assert found is not None
    assert found.option == "B"


def test_does_not_suspect_a_key_that_works():
    assert rival(statistics("A", "A", "A", "B", "B", "B", "C", "C")) is None


def test_does_not_suspect_on_two_picks():
    assert rival(statistics("B", "B", "A", "A", "A", "A", "A", "C")) is None


def test_reads_several_picks_each_for_itself():
    a, b, _ = statistics("AB", "AB", "AB", "AB", "A", "A", "A", "A", key="AB")
    assert (a.picks, b.picks) == (8, 4)
    assert a.point_biserial is None
    assert rival((a, b)) is None


def test_without_answers_nobody_picked_anything():
    assert [each.share for each in option_statistics("AB", "A", [], [])] == [0.0, 0.0]
