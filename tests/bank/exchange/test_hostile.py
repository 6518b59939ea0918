"""Files that mean harm: each is answered with a sentence, and what it asks for takes no more than its length.

What took time by the square of a text's length would keep these tests busy for hours.
"""

from __future__ import annotations

import datetime as dt
import io
import sqlite3
import zipfile
from pathlib import Path

import pytest

from bot.bank.bank import Bank
from bot.bank.exchange import aiken, anki, anki_file, drafts, gift, moodle, spreadsheet, xml_safe
from bot.bank.exchange.drafts import ExchangeError
from bot.bank.exchange.incoming import receive
from bot.bank.exchange.markup import plain_of
from bot.bank.exchange.naming import Names
from bot.bank.unpacking import UnpackingError, unpacked

TODAY = dt.date(2026, 11, 16)
BILLION_LAUGHS = (
    b'<!DOCTYPE q [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><quiz><question type="&b;"/></quiz>'
)
OUTSIDE = b'<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'
NOTES = "CREATE TABLE notes (id INTEGER, guid, mid, tags, flds)"
AROUND = (
    "CREATE TABLE cards (nid, did)",
    "CREATE TABLE col (models, decks)",
    "INSERT INTO col VALUES ('{}', '{}')",
)


def zipped(**files: bytes) -> bytes:
    """Files in a zip, well compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return buffer.getvalue()


def database(*statements: str) -> bytes:
    """A SQLite database of these statements."""
    db = sqlite3.connect(":memory:")
    for statement in statements:
        db.execute(statement)
    db.commit()
    data = db.serialize()
    db.close()
    return data


def package(*statements: str) -> bytes:
    """An Anki package whose collection is made by these statements, beside tables for cards and decks."""
    return zipped(collection_anki2=database(*AROUND, *statements))


@pytest.mark.parametrize(
    "part",
    ["<a ", "<!--", "<", "</", "<?", '<a href="', "<a b='\"", "<p>", "<script>", "&", "&#9", "<![CDATA["],
)
def test_markup_without_an_end_is_read_in_one_go(part: str) -> None:
    assert "word" in plain_of(f"word {part * (300_000 // len(part))}")


def test_markup_that_is_broken_keeps_its_words() -> None:
    assert plain_of(
        "a < b <b title='x > y'>bold</b> <!-- no <i> -->c<script>bad()</script> 5 <3 &amp;&#65;&lt;"
    ) == ("a < b bold c 5 <3 &A<")
    assert plain_of(f"&#{'9' * 5_000};!") == "\ufffd!"


def test_a_question_of_countless_lines_or_options_is_one_sentence() -> None:
    lines = "q\nA. x\nB. y\nANSWER: A\nEXPLANATION: z\n" + "w\n" * 200_000
    assert len(aiken.read(lines.encode()).drafts[0].explanation) > 300_000
    many = "q\n" + "A. x\n" * 200 + "ANSWER: A\n\nq\nA. x\nB. y\nANSWER: A\n"
    assert aiken.read(many.encode()).lost == ("Line 1: it has 200 options.",)
    assert gift.read(f"q {{={'~a' * 200}}}".encode()).lost == ("Line 1: it has 201 options.",)
    assert gift.read(f"q {{={'~a' * 99_000}}}".encode()).lost == ("Line 1: it has 198,005 characters.",)
    answers = "<answer/>" * 300
    assert moodle.read(f"<quiz><question type='multichoice'>{answers}</question></quiz>".encode()).lost


def test_marks_in_a_comment_without_an_end_are_looked_at_once() -> None:
    with pytest.raises(ExchangeError, match="no question in GIFT"):
        gift.read(b"//" + b"[id:" * 400_000)


def test_more_questions_than_anybody_asks_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (aiken, gift, spreadsheet):
        monkeypatch.setattr(module, "MOST_DRAFTS", 2)
    with pytest.raises(ExchangeError, match="more than 2 questions"):
        gift.read(b"q {=a ~b}\n\n" * 3)
    with pytest.raises(ExchangeError, match="more than 2 questions"):
        aiken.read(b"q\nA. x\nB. y\nANSWER: A\n\n" * 3)
    with pytest.raises(ExchangeError, match="1 to 2 questions"):
        spreadsheet.read(b"question,a,b,key\n" + b"q,a,b,1\n" * 3)
    monkeypatch.setattr(spreadsheet, "MOST_DRAFTS", drafts.MOST_DRAFTS)
    rows = "".join(f"q{n},a,b,1\n" for n in range(2_001))
    with pytest.raises(UnpackingError, match="2,001 questions are in the file; a pack has at most 2,000"):
        receive("ours", "x.csv", f"question,a,b,key\n{rows}".encode(), Bank.of(), TODAY)


@pytest.mark.parametrize(
    "sheet", [b"question," * 200_000 + b"\nx", b'question,a\n"' + b"x" * 200_000, b"question,a\x00\nx,y"]
)
def test_a_sheet_of_countless_columns_or_an_endless_cell_is_one_sentence(sheet: bytes) -> None:
    with pytest.raises(ExchangeError):
        spreadsheet.read(sheet)


def test_thousands_who_want_one_name_are_not_counted_through() -> None:
    names = Names()
    assert [names.fresh("a") for _ in range(50_000)][-1] == "a-50000"


@pytest.mark.parametrize(
    "notes",
    [
        "CREATE TABLE notes (id INTEGER, guid, mid, tags, flds AS (hex(zeroblob(400000000))))",
        "CREATE TABLE notes (id INTEGER, guid, mid, tags, flds AS (hex(guid)) STORED)",
        "CREATE VIRTUAL TABLE notes USING fts5(guid, mid, tags, flds)",
        "CREATE VIEW notes AS SELECT 1 AS id, 'g' AS guid, 1 AS mid, '' AS tags, 'a' AS flds",
    ],
)
def test_notes_that_are_computed_are_refused(notes: str) -> None:
    with pytest.raises(ExchangeError, match="holds no notes"):
        anki.read(package(notes))


def test_triggers_in_a_collection_never_run() -> None:
    trigger = "CREATE TRIGGER gone AFTER INSERT ON notes BEGIN DELETE FROM notes; END"
    rows = [f"INSERT INTO notes VALUES ({n}, 'g{n}', 1, '', 'f{n}' || char(31) || 'b{n}')" for n in range(2)]
    assert len(anki.read(package(NOTES, *rows, trigger)).drafts) == 2


def test_a_deck_of_thousands_draws_its_wrong_options_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 10000) "
    filled = f"{numbers}INSERT INTO notes SELECT x, x, 1, '', 'f' || x || char(31) || 'b' || x FROM n"
    parsed = anki.read(package(NOTES, filled))
    assert {len(draft.choices) for draft in parsed.drafts} == {4}
    monkeypatch.setattr(anki_file, "MOST_NOTES", 9_999)
    with pytest.raises(ExchangeError, match="more than 9,999 notes"):
        anki.read(package(NOTES, filled))


def test_nothing_is_fetched_for_a_document_that_includes_others(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret}" parse="text"/>'
    text = f"<quiz><question type='multichoice'><questiontext><text>q{include}</text></questiontext></question></quiz>"
    assert moodle.read(text.encode()).drafts[0].stem == "q"


def test_a_link_in_a_zip_is_a_text_like_others_and_an_encrypted_one_is_refused() -> None:
    link = zipfile.ZipInfo("topics.yaml")
    link.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert unpacked("pack.zip", buffer.getvalue()) == {"topics.yaml": b"/etc/passwd"}
    locked = bytearray(buffer.getvalue())
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnpackingError, match="cannot be read"):
        unpacked("pack.zip", bytes(locked))


@pytest.mark.parametrize("bomb", [BILLION_LAUGHS, OUTSIDE, b"<!DOCTYPE quiz><quiz/>"])
def test_xml_with_declarations_of_its_own_is_refused(bomb: bytes) -> None:
    with pytest.raises(ExchangeError, match="not read here"):
        moodle.read(bomb)


@pytest.mark.parametrize("data", [b"", b"<quiz>", b"<html/>", b"\xff\xfe\x00", b"<quiz>" + b"<a>" * 5_000])
def test_what_is_no_question_bank_is_one_sentence(data: bytes) -> None:
    with pytest.raises(ExchangeError):
        moodle.read(data)


def test_xml_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_safe, "MOST_ELEMENTS", 3)
    with pytest.raises(ExchangeError, match="more than 3 elements"):
        moodle.read(b"<quiz><a/><a/><a/></quiz>")


@pytest.mark.parametrize("name", ["collection_anki2", "collection_anki21b"])
def test_a_package_that_swells_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import zstandard

    monkeypatch.setattr(anki_file, "MOST_BYTES", 1_000_000)
    swollen = bytes(50_000_000)
    data = zstandard.ZstdCompressor().compress(swollen) if name.endswith("b") else swollen
    with pytest.raises(ExchangeError, match="come out of"):
        anki.read(zipped(**{name: data}))


def test_a_collection_whose_tables_are_queries_without_an_end_is_refused() -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
    view = database(
        "CREATE TABLE cards (nid, did)", "CREATE TABLE col (models, decks)", f"CREATE VIEW notes AS {endless}"
    )
    with pytest.raises(ExchangeError, match="holds no notes"):
        anki.read(zipped(collection_anki2=view))


@pytest.mark.parametrize(
    "data", [b"", b"PK", zipped(x=b"y"), zipped(collection_anki2=b"SQLite format 3\x00" + bytes(99))]
)
def test_what_is_no_package_is_one_sentence(data: bytes) -> None:
    with pytest.raises(ExchangeError):
        anki.read(data)
