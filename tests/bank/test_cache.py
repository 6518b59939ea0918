"""The compiled bank: quick when it fits, ignored when it does not."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.bank import Bank, ContentError, load
from bot.bank import loading as loading_module
from bot.bank.cache import recall, remember
from bot.bank.compiling import compile_content
from tests.bank.authored import Authored, question


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "bank.cache"


def loads_without_reading(root: Path, path: Path) -> bool:
    with mock.patch.object(loading_module, "compile_content", wraps=compile_content) as read:
        load([root], cache=path)
    return not read.called


def contents(bank: Bank) -> tuple[dict[str, object], ...]:
    return dict(bank.exams), dict(bank.topics), dict(bank.facts), dict(bank.questions)


def test_the_second_load_reads_no_content(authored: Authored, path: Path) -> None:
    root = authored.write()
    first = load([root], cache=path)
    assert loads_without_reading(root, path)
    assert contents(load([root], cache=path)) == contents(first)
    assert list(load([root], cache=path).questions) == list(first.questions)


def test_changed_content_is_read_again(authored: Authored, path: Path) -> None:
    load([authored.write()], cache=path)
    authored.questions["sqs"].append(question("sqs.new"))
    assert "sqs.new" in load([authored.write()], cache=path).questions


def test_an_edit_that_keeps_the_size_is_noticed(authored: Authored, path: Path) -> None:
    root = authored.write()
    load([root], cache=path)
    file = root / "sqs" / "questions.yaml"
    file.write_text(file.read_text().replace("It is green.", "It is clear."))
    os.utime(file, ns=(1, 1))
    assert load([root], cache=path).questions["sqs.delay-limit"].explanation == "It is clear."


def test_other_roots_are_other_content(authored: Authored, path: Path, tmp_path: Path) -> None:
    load([authored.write()], cache=path)
    other = Authored(tmp_path / "other")
    other.questions["sqs"] = [question("sqs.only-here")]
    assert "sqs.only-here" in load([other.write()], cache=path).questions


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(data=st.data())
def test_a_damaged_cache_is_ignored(authored: Authored, path: Path, data: st.DataObject) -> None:
    root = authored.write()
    whole = load([root], cache=path)
    stored = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(stored) - 1))
    stored[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(bytes(stored[: data.draw(st.sampled_from([place, len(stored)]))]))
    assert contents(load([root], cache=path)) == contents(whole)


@pytest.mark.parametrize("garbage", [b"", b"\x00", b"not a cache at all, but longer than a checksum"])
def test_garbage_is_ignored_and_replaced(authored: Authored, path: Path, garbage: bytes) -> None:
    root = authored.write()
    path.parent.mkdir()
    path.write_bytes(garbage)
    assert load([root], cache=path).questions
    assert loads_without_reading(root, path)


def test_a_cache_that_cannot_be_written_does_no_harm(authored: Authored, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert load([authored.write()], cache=tmp_path / "file" / "bank.cache").questions


def test_a_failed_write_leaves_nothing_behind(authored: Authored, path: Path) -> None:
    with mock.patch("os.replace", side_effect=OSError):
        assert load([authored.write()], cache=path).questions
    assert list(path.parent.iterdir()) == []


def test_faulty_content_is_never_stored(authored: Authored, path: Path) -> None:
    authored.facts["sqs"][0]["link"] = "ftp://elsewhere"
    with pytest.raises(ContentError):
        load([authored.write()], cache=path)
    assert not path.exists()


def test_five_thousand_questions_are_recalled_whole(bank: Bank, path: Path) -> None:
    sample = bank.questions["sqs.delay-limit"]
    many = [replace(sample, id=f"sqs.q{n}", stem=sample.stem * 8) for n in range(5_000)]
    remember(path, "mark", Bank.of(bank.exams.values(), bank.topics.values(), bank.facts.values(), many))
    recalled = recall(path, "mark")
    assert recalled is not None
    assert len(recalled.questions) == 5_000
