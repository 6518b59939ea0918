import pytest

from bot.learning.matrix import read


def table(text: str):
    return read([line.split(",") for line in text.split("\n")])


def test_reads_marks_with_and_without_names():
    assert table("1,0\n0,1").marks == ((1, 0), (0, 1))
    assert table("1,0\n0,1").questions == ("q1", "q2")
    assert table("id,a,b\n7,1,0\n8,0,1").marks == ((1, 0), (0, 1))
    assert table("id,a,b\n7,1,0\n8,0,1").questions == ("a", "b")
    assert table("ann,1,0.5\nbob,0,").marks == ((1, 0.5), (0, 0))
    assert table("a,b\n1,0").questions == ("a", "b")


def test_reads_picked_options_against_a_key():
    found = table("id,a,b\nkey,A,BD\nann,A,DB\nbob,C,B\ncat,,B D")
    assert found.marks == ((1, 1), (0, 0), (0, 1))
    assert found.keys == (frozenset("A"), frozenset("BD"))
    assert found.picks[1] == (frozenset("C"), frozenset("B"))
    assert found.rests(0) == [1, 0, 1]


def test_leaves_out_empty_rows():
    assert table("1,0\n,\n0,1").marks == ((1, 0), (0, 1))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("a,b", "no answers"),
        ("key,A\n", "no answers"),
        ("1,0\n1", "same number of cells; there are rows of 1 and 2"),
        ("ann,1,2\nbob,0,1", "Row 1 holds '2'"),
        ("id,a\nann,A", "a row that begins with key"),
        ("key,A\nkey,B\nann,A", "more than one key"),
        ("key,\nann,A", "empty cell"),
        ("ann\nbob", "no"),
    ],
)
def test_says_what_is_wrong_with_a_table(text, message):
    with pytest.raises(ValueError, match=message):
        table(text)
