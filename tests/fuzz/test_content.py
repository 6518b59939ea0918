"""Spoilt content files: collected faults with file and line, or sound content, and never anything else."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.compiling import compile_content
from bot.bank.errors import ContentError
from bot.bank.lint import lint
from bot.bank.loading import load
from bot.bank.yaml_safe import YamlError, line_of, parse
from tests.bank.authored import Authored
from tests.fuzz.budget import fuzzed
from tests.fuzz.mutating import mutated
from tests.fuzz.texts import hostile, mostly, numbers

TODAY = dt.date(2026, 11, 21)
FILES = (
    "exams/dva-c02.yaml",
    "topics.yaml",
    "sqs/facts.yaml",
    "sqs/questions.yaml",
    "dynamodb/questions.yaml",
)
TAGS = [f"!!{kind}" for kind in ("str", "int", "float", "bool", "null", "binary", "timestamp", "set", "omap", "pairs", "map",
                                 "seq", "merge", "value", "python/tuple", "python/object/apply:os.system")]  # fmt: skip
SPICE = (
    *TAGS, "&a", "*a", "<<: *a", "? ", "? [a]", "- ", ": ", "|", ">", "---", "...", "%YAML 9.9", "\t", "#", "{", "[", "}", "]", '"', "'",
    "0x" + "f" * 5000, "9" * 5000, "1e999", ".inf", ".nan", "1:2:3", "0b2", "0o9", "~", "yes", "=", "2026-13-45", "!", "!<x>", "\x00",
    "\ufeff", "\u2028", "\x85", "&a [*a, *a, *a]",
)  # fmt: skip


SPOTS = ("before the value", "as the value", "as the line", "before the line")
PLAIN = "a: 1\nb: [x, y]\nc:\n  - d: 2026-01-01\n    e: word\n    f: ''"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound folder of content, whose files the tests spoil and mend."""
    root = Authored(tmp_path_factory.mktemp("content")).write()
    assert compile_content([root]).problems == ()
    return root


def check(root: Path, file: str, text: str | bytes) -> None:
    """What becomes of the folder with another text in one of its files."""
    path = root / file
    before = path.read_bytes()
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    try:
        try:
            load([root])
        except ContentError as error:
            assert error.faults
            assert all(
                fault.line >= 1 and fault.path.name and fault.message.strip() for fault in error.faults
            )
            assert all(len(fault.message) < 2000 for fault in error.faults)
        compiled = compile_content([root])
        assert all(finding.message.strip() for finding in lint(compiled, TODAY))
        for question in compiled.bank.questions:
            compiled.bank.item(question, random.Random(1).randrange(2**31))
    finally:
        path.write_bytes(before)


@st.composite
def rewritten(draw: st.DrawFn, root: Path) -> tuple[str, str]:
    """A file of the folder with parts of what it says replaced, removed or put elsewhere."""
    file = draw(st.sampled_from(FILES))
    data = draw(mutated(yaml.safe_load((root / file).read_text()), 4))
    return file, yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


@st.composite
def peppered(draw: st.DrawFn, text: str) -> str:
    """A text with tags, anchors, signs and numbers strewn in, mostly where a value begins."""
    for _ in range(draw(st.integers(1, 3))):
        line = draw(st.integers(0, text.count("\n")))
        grain = draw(mostly(st.sampled_from(SPICE), mostly(numbers, hostile, 1), 5))
        text = spiced(text, line, draw(st.sampled_from(SPOTS)), grain)
    return text


def spiced(text: str, line: int, spot: str, grain: str) -> str:
    """A text with a grain at a spot of one of its lines."""
    lines = text.split("\n")
    key, colon, value = lines[line].partition(": ")
    lines[line] = {
        "before the value": f"{key}{colon}{grain} {value}", "as the value": f"{key}{colon}{grain}",
        "as the line": grain, "before the line": f"{grain}{lines[line]}",
    }[spot]  # fmt: skip
    return "\n".join(lines)


@fuzzed(80)
@given(data=st.data())
def test_content_with_other_values_is_faulted_or_sound(sound: Path, data: st.DataObject) -> None:
    check(sound, *data.draw(rewritten(sound)))


@fuzzed(150)
@given(data=st.data())
def test_content_with_other_yaml_is_faulted_or_sound(sound: Path, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(FILES))
    check(sound, file, data.draw(peppered((sound / file).read_text())))


@fuzzed(60)
@given(file=st.sampled_from([*FILES, "sqs/other.yaml", "new/facts.yaml"][:5]), data=st.binary(max_size=120))
def test_content_of_any_bytes_is_faulted_or_sound(sound: Path, file: str, data: bytes) -> None:
    check(sound, file, data)


@fuzzed(250)
@given(text=peppered(PLAIN), path=st.lists(st.sampled_from(["a", "b", "c", 0, 1, "d"])))
def test_any_yaml_is_data_or_refused_with_its_line(text: str, path: list[Any]) -> None:
    is_read(text, path)


@pytest.mark.parametrize("spot", SPOTS)
def test_each_strange_thing_at_each_place_is_data_or_refused(spot: str) -> None:
    for grain in SPICE:
        for line in range(PLAIN.count("\n") + 1):
            is_read(spiced(PLAIN, line, spot, grain), ["c", 0, "d"])


def is_read(text: str, path: list[Any]) -> None:
    """Whether a text is data, or is refused with its line."""
    try:
        parse(text)
    except YamlError as error:
        assert error.line >= 1
        return
    assert line_of(text, path) >= 1


BOMBS = {
    "aliases": "a: &a [x]\n"
    + "".join(f"k{n}: &k{n} [*k{n - 1}, *k{n - 1}]\n".replace("*k-1", "*a") for n in range(40)),
    "merges": "a: &a {x: 1}\n"
    + "".join(f"k{n}: &m{n} {{<<: [{', '.join(['*a'] * 9)}]}}\n" for n in range(40)),
    "depth": "a: " + "[" * 50_000,
    "flow maps": "{a: " * 50_000,
    "width": "facts:\n" + "  - x\n" * 200_000,
    "faults": "facts:\n" + "  - x\n" * 5_000,
    "one long key": "? " + "x" * 100_000 + "\n: y\n",
    "hexadecimal": "facts:\n  - id: 0x" + "f" * 100_000 + "\n",
    "exponents": "questions:\n  - fixed: {rate: '1e999999999'}\n",
    "documents": "---\n" * 50_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_refused_before_they_go_off(sound: Path, bomb: str) -> None:
    check(sound, "sqs/facts.yaml", BOMBS[bomb])
