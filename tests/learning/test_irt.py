"""LSAT sections 6 and 7 of Bock and Lieberman (1970), in the order of patterns 00000 to 11111.

The estimates are those of the ltm and mirt packages for R, which print them in their manuals.
"""

import pytest

from bot.learning.irt import fit

LSAT6 = (
    "3 6 2 11 1 1 3 4 1 8 0 16 0 3 2 15 10 29 14 81 3 28 15 80 16 56 21 173 11 61 28 298",
    (0.825, 0.723, 0.890, 0.689, 0.657),
    (2.773, 0.990, 0.249, 1.285, 2.053),
)
LSAT7 = (
    "12 19 1 7 3 19 3 17 10 5 3 7 7 23 8 28 7 39 11 34 14 51 15 90 6 25 7 35 18 136 32 308",
    (0.988, 1.081, 1.706, 0.765, 0.736),
    (1.856, 0.808, 1.804, 0.486, 1.855),
)


@pytest.mark.parametrize(("counts", "slopes", "intercepts"), [LSAT6, LSAT7], ids=["LSAT6", "LSAT7"])
def test_agrees_with_the_published_estimates(counts, slopes, intercepts):
    people = enumerate(map(int, counts.split()))
    rows = [[int(bit) for bit in f"{pattern:05b}"] for pattern, many in people for _ in range(many)]
    items = fit(rows)
    assert len(rows) == 1000
    assert [item.discrimination for item in items] == pytest.approx(slopes, abs=0.003)
    assert [item.intercept for item in items] == pytest.approx(intercepts, abs=0.003)
    assert items[0].p_right(items[0].difficulty) == pytest.approx(0.5)


def test_stays_finite_on_items_that_part_people_perfectly():
    items = fit([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]] * 5)
    assert all(abs(item.discrimination) <= 6 and abs(item.intercept) <= 12 for item in items)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([[1, 0]] * 3, "three items"),
        ([[1, 0, 1], [1, 1, 0]], "right and with wrong"),
        ([[1, 0, 0.5], [0, 1, 1]], "0 and 1 only"),
        ([], "three items"),
    ],
)
def test_refuses_what_cannot_be_fitted(rows, message):
    with pytest.raises(ValueError, match=message):
        fit(rows)
