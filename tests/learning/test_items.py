"""The first figures are Moodle's own: 25 attempts at 7 questions and the statistics it expects of them."""

import random
from math import sqrt

import pytest

from bot.learning.items import analysis, item_statistics

MARKS = """
1 1 1 1 1 0 1
1 1 1 1 .5 1 0
1 1 1 1 .5 0 1
0 0 1 1 1 0 0
1 0 1 0 0 1 .5
1 1 1 1 .5 0 .5
0 1 1 1 .5 1 .5
1 1 1 0 .5 1 .5
1 0 1 1 1 1 1
0 1 1 0 .5 1 .5
.8 0 1 1 .5 1 .5
1 1 1 0 .5 1 1
1 0 1 1 .5 1 .5
1 0 1 1 1 0 .5
0 0 1 1 0 1 1
1 0 1 0 .5 1 1
.8 0 1 1 .5 0 1
1 0 1 1 0 1 .5
1 0 1 1 .5 0 .5
0 1 1 0 .5 1 0
1 1 .3333333 1 .5 0 .5
1 1 1 0 .5 0 .5
1 1 1 1 0 1 .5
0 0 1 0 .5 1 1
0 0 1 1 1 1 1
"""
ROWS = [[float(cell) for cell in line.split()] for line in MARKS.strip().splitlines()]
PUBLISHED = {
    "facility": [70.4, 48.0, 97.3333332, 68.0, 52.0, 64.0, 62.0],
    "sd": [45.13682901, 50.99019514, 13.333334, 47.60952286, 30.55050463, 48.98979486, 33.1662479],
    "discrimination": [
        -7.0650767526, -28.8982125772, -9.1230674268, -22.6306444113, -17.6997047674, -45.3785178421, -5.6543166602,
    ],
    "efficiency": [
        -9.4550536967, -36.7834118938, -21.6545012165, -31.4411395613, -21.1794802584, -56.9365974439, -6.5043742058,
    ],
}  # fmt: skip
WEIGHTS = [
    21.2922742344, 18.8979800309, 4.443012573, 18.9347251357, 11.1450138688, 9.8081339177, 15.4788602394,
]  # fmt: skip


@pytest.mark.parametrize("figure", list(PUBLISHED))
def test_agrees_with_the_figures_that_moodle_publishes(figure):
    found = [getattr(each.item, figure) for each in analysis(ROWS).items]
    assert found == pytest.approx(PUBLISHED[figure], rel=1e-6)


def test_agrees_with_moodle_on_effective_weights():
    assert [each.effective_weight for each in analysis(ROWS).items] == pytest.approx(WEIGHTS, rel=1e-6)
    assert [each.intended_weight for each in analysis(ROWS).items] == pytest.approx([100 / 7] * 7)


def test_consistency_error_ratio_and_standard_error_of_a_test_worked_by_hand():
    # Totals 3, 2, 1, 0: variance 5/3. Items: variances 1/4, 1/3, 1/4, so alpha = 3/2 (1 - (5/6)/(5/3)) = 3/4.
    found = analysis([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]])
    assert found.cic == pytest.approx(75)
    assert found.error_ratio == pytest.approx(50)
    assert found.sd == pytest.approx(100 / 3 * sqrt(5 / 3))
    assert found.standard_error == pytest.approx(50 / 3 * sqrt(5 / 3))
    assert (found.mean, found.median, found.skewness) == pytest.approx((50, 50, 0))
    assert found.kurtosis == pytest.approx(-1.2)


def test_what_never_varies_has_no_discrimination():
    found = analysis([[1, 1], [1, 0], [1, 1]]).items[0]
    assert (found.item.facility, found.item.sd) == (100, 0)
    assert found.item.discrimination is None
    assert found.item.efficiency is None


def test_a_negative_covariance_has_no_effective_weight():
    found = analysis([[1, 0, 0], [1, 0, 0], [0, 1, 1], [0, 1, 1]])
    assert found.items[0].effective_weight is None
    assert found.items[1].effective_weight == pytest.approx(50)


def test_marks_count_against_the_highest_mark():
    assert item_statistics([2, 4], [1, 2], highest=4).facility == 75


def test_a_single_attempt_has_means_only():
    found = analysis([[1, 0]])
    assert found.mean == 50
    assert (found.sd, found.cic, found.standard_error, found.skewness) == (None, None, None, None)


def test_refuses_nothing_and_ragged_rows():
    for rows in ([], [[]], [[1, 0], [1]]):
        with pytest.raises(ValueError, match="at least one attempt"):
            analysis(rows)
    with pytest.raises(ValueError, match="at least one answer"):
        item_statistics([], [])


def test_a_question_that_knowledge_decides_discriminates():
    rng = random.Random(2)
    able = [rng.gauss(0, 1) for _ in range(400)]
    marks = [float(rng.gauss(each, 0.5) > 0) for each in able]
    found = item_statistics(marks, able)
    assert found.discrimination is not None
    assert found.discrimination > 50
