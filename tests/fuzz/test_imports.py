"""Spoilt files that teams bring: a pack with its faults, or one sentence, and never anything else."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.bank import Bank
from bot.bank.exchange.formats import READ, WRITTEN
from bot.bank.exchange.incoming import receive
from bot.bank.packs import namespace, recalled, stored
from bot.bank.unpacking import UnpackingError, packed
from tests.bank.authored import Authored
from tests.bank.exchange.samples import PLAIN, decks
from tests.fuzz.budget import fuzzed
from tests.fuzz.texts import hostile, mostly
from tests.support.bank import small_bank

TODAY = dt.date(2026, 11, 21)
ENDINGS = (*READ, ".yaml", ".zip", ".YML", "", ".exe")
WRITERS = {form.suffix: form.write for form in WRITTEN.values()}
TOKENS = (
    b"{", b"}", b"~", b"=", b"{#", b"{1:MULTICHOICE:", b"\\", b"//", b"$CATEGORY: ", b"::", b"[html]", b"%-50%", b"ANSWER: ", b"A. ",
    b"TOPIC:", b'"', b",", b";", b"\t", b"\n\n", b"\r", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\x80", b"<", b"<![CDATA[", b"]]>", b"&#0;",
    b"&x;", b"<quiz>", b"</question>", b"<!DOCTYPE x>", b'<?xml version="1.0" encoding="utf-16"?>', b'<?xml encoding="klingon"?>',
    b"PK\x03\x04", b"PK\x05\x06", b"SQLite format 3\x00", b"9" * 400, b"1e999", b"{" * 3000, b'{"a":' * 3000, b"<a>" * 3000, b"ranges", b"'",
)  # fmt: skip


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A sound file of each kind, by its ending."""
    made = {suffix: write([PLAIN, PLAIN]) for suffix, write in WRITERS.items()}
    root = Authored(tmp_path_factory.mktemp("pack")).write()
    files = {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*.yaml")
        if path.parent.name != "exams"
    }
    return made | {
        ".zip": packed(files),
        ".yaml": files["sqs/questions.yaml"],
        ".tsv": made[".csv"].replace(b",", b"\t"),
    }


def check(name: str, data: bytes, main: Bank | None = None) -> None:
    """What becomes of a file that somebody hands in."""
    main = main or small_bank()
    try:
        received = receive("mine", name, data, main, TODAY)
    except UnpackingError as error:
        assert str(error).strip()
        assert len(str(error)) < 3000
        return
    assert all(isinstance(sentence, str) for sentence in (*received.lost, *received.checked.remarks))
    assert all(fault.line >= 1 for fault in received.checked.faults)
    if received.checked.is_sound:
        recalled(stored(received.checked.bank), received.checked.source, namespace("mine", 7), main)


@st.composite
def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes with pieces cut out, doubled, overwritten and put in."""
    for _ in range(draw(st.integers(1, 5))):
        at, size = draw(st.integers(0, len(data))), draw(st.integers(0, 40))
        token = draw(
            mostly(
                st.sampled_from(TOKENS),
                st.binary(max_size=8) | hostile.map(lambda t: t.encode("utf-8", "replace")),
            )
        )
        data = draw(st.sampled_from([
            data[:at] + token + data[at:], data[:at] + token + data[at + len(token):], data[:at] + data[at + size:],
            data[:at] + data[at : at + size] * 3 + data[at:], data[:at],
        ]))  # fmt: skip
    return data


@fuzzed(200)
@given(
    data=st.data(), ending=st.sampled_from(ENDINGS), swapped=mostly(st.none(), st.sampled_from(ENDINGS), 5)
)
def test_a_spoilt_file_of_any_kind_is_a_pack_or_a_sentence(
    seeds: dict[str, bytes], data: st.DataObject, ending: str, swapped: str | None
) -> None:
    check(f"our bank{swapped or ending}", data.draw(spoilt(seeds.get(ending, b"hello"))))


@fuzzed(100)
@given(data=st.data())
def test_a_spoilt_collection_inside_a_sound_package_is_a_sentence(
    seeds: dict[str, bytes], data: st.DataObject
) -> None:
    with zipfile.ZipFile(io.BytesIO(seeds[".apkg"])) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from([name for name in sorted(files) if "anki" in name]))
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w") as archive:
        for each, content in (files | {name: data.draw(spoilt(files[name]))}).items():
            archive.writestr(each, content)
    check("deck.apkg", again.getvalue())


@fuzzed(30)
@given(drafts=decks(), suffix=st.sampled_from(sorted(WRITERS)), name=hostile)
def test_hostile_questions_in_files_of_any_name_are_a_pack_or_a_sentence(
    drafts: list, suffix: str, name: str
) -> None:  # type: ignore[type-arg]
    check(f"{name}{suffix}", WRITERS[suffix](drafts))


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("token", ["{", "[", '{"a":', "<a>", "9", "\n", "- "])
def test_what_goes_on_without_an_end_is_a_sentence(seeds: dict[str, bytes], ending: str, token: str) -> None:
    check(f"x{ending}", token.encode() * 50_000)
    check(f"x{ending}", seeds.get(ending, b"")[:2000] + token.encode() * 50_000)
