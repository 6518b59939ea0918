"""YAML from strangers: read as plain data, refused beyond its bounds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.yaml_safe import MAX_ALIASES, MAX_BYTES, MAX_DEPTH, YamlError, line_of, parse, read_text

BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)
)


def test_dates_and_versions_stay_text() -> None:
    assert parse("on_day: 2026-11-21\nwhen: 2025-08\n") == {"on_day": "2026-11-21", "when": "2025-08"}


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.system [echo]",
        "!!python/name:os.system",
        "!!python/module:os",
        "!custom x",
    ],
)
def test_no_tag_builds_an_object(tag: str) -> None:
    with pytest.raises(YamlError, match="not valid YAML"):
        parse(f"a: 1\nfacts: {tag}\n")


def test_an_alias_bomb_is_refused_before_it_is_built() -> None:
    with pytest.raises(YamlError, match=f"over {MAX_ALIASES} aliases"):
        parse(BOMB)


def test_few_aliases_that_stand_for_much_are_refused() -> None:
    levels = "".join(
        f"{name}: &{name} [{', '.join([f'*{below}'] * 4)}]\n" for below, name in ("ab", "bc", "cd", "de")
    )
    with pytest.raises(YamlError, match="stand for more than fits"):
        parse(f"a: &a {'x' * 100_000}\n{levels}")
    assert parse("a: &a [1, 2]\nb: [*a, *a]") == {"a": [1, 2], "b": [[1, 2], [1, 2]]}


@pytest.mark.parametrize("number", ["1" + ":59" * 600_000, "1" + ":59" * 600_000 + ".5", "9" * 1_000_000])
def test_a_number_of_countless_digits_is_refused_before_it_is_reckoned(number: str) -> None:
    with pytest.raises(YamlError, match="a number is too large"):
        parse(f"a: {number}")


@pytest.mark.parametrize("text", ["[" * 5_000, "- " * 5_000 + "x", "{a: " * 5_000])
def test_bottomless_nesting_is_refused(text: str) -> None:
    with pytest.raises(YamlError, match=f"deeper than {MAX_DEPTH}|not valid YAML"):
        parse(text)


def test_an_alias_within_itself_does_not_hang() -> None:
    with pytest.raises(YamlError):
        parse("a: &a [*a]\nb: *missing\n")


def test_a_key_given_twice_is_refused_with_its_line() -> None:
    with pytest.raises(YamlError, match="'stem' stands here twice") as caught:
        parse("id: x\nstem: one\nright: true\nstem: two\n")
    assert caught.value.line == 4


def test_broken_text_tells_its_line() -> None:
    with pytest.raises(YamlError) as caught:
        parse("a: 1\nb: 2\nc: [1, 2\nd: 3\n")
    assert caught.value.line == 4


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text("x" * (MAX_BYTES + 1))
    with pytest.raises(YamlError, match="larger than"):
        read_text(path)


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("a: 1\nb: é\n".encode("latin-1"))
    with pytest.raises(YamlError, match="not UTF-8") as caught:
        read_text(path)
    assert caught.value.line == 2


def test_a_missing_file_is_an_error_of_the_same_kind(tmp_path: Path) -> None:
    with pytest.raises(YamlError, match="cannot be read"):
        read_text(tmp_path / "none.yaml")


def line_of_fault(text: str) -> int | None:
    try:
        parse(text)
    except YamlError as error:
        return error.line
    return None


@given(st.text(max_size=200))
def test_any_text_is_data_or_a_yaml_error(text: str) -> None:
    line = line_of_fault(text)
    assert line is None or line >= 1


@given(st.binary(max_size=200))
def test_any_bytes_are_data_or_a_yaml_error(data: bytes) -> None:
    line = line_of_fault(data.decode("utf-8", "surrogateescape"))
    assert line is None or line >= 1


def test_lines_are_those_of_keys_and_items() -> None:
    text = "facts:\n  - id: a\n    link: x\n  - id: b\n    exams:\n      dva: y\n"
    assert line_of(text, ("facts", 1)) == 4
    assert line_of(text, ("facts", 1, "exams", "dva")) == 6
    assert line_of(text, ("facts", 0, "link")) == 3


def test_a_missing_key_has_the_line_of_its_parent() -> None:
    text = "facts:\n  - id: a\n  - id: b\n"
    assert line_of(text, ("facts", 1, "statement")) == 3
    assert line_of(text, ("nothing",)) == 1
