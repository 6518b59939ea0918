"""What is written is opened by other programs' own readers, where they are installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from bot.bank.exchange import anki, anki_deck, formats, gift, qti
from bot.bank.exchange.drafts import Draft
from bot.bank.exchange.markup import plain_of
from tests.bank.exchange.samples import PLAIN, decks

PARSE = """
const { parse } = require("gift-pegjs");
process.stdout.write(JSON.stringify(parse(require("fs").readFileSync(0, "utf8"))));
"""
SETTINGS = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


def parsed_by_gift_pegjs(data: bytes) -> list[dict[str, Any]]:
    """What the parser of the npm package gift-pegjs makes of a file."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed, and gift-pegjs runs in it")
    done = subprocess.run([node, "-e", PARSE], input=data, capture_output=True, check=False)
    if b"Cannot find module 'gift-pegjs'" in done.stderr:
        pytest.skip("gift-pegjs is not installed: npm install --no-save gift-pegjs")
    assert done.returncode == 0, done.stderr.decode()
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def words(text: str) -> str:
    """Texts as gift-pegjs keeps them: it draws runs of blanks together, and a byte order mark is one to it."""
    return " ".join(text.replace("\ufeff", " ").split())


def test_gift_is_read_by_gift_pegjs() -> None:
    category, question = parsed_by_gift_pegjs(gift.write([PLAIN]))
    assert category["title"] == "$course$/top/Our deploys"
    assert (question["type"], question["title"]) == ("MC", "deploys.when")
    assert question["stem"]["text"] == PLAIN.stem
    assert question["globalFeedback"]["text"] == PLAIN.explanation
    found = [
        (each["text"]["text"], each["isCorrect"], each["feedback"]["text"]) for each in question["choices"]
    ]
    assert found == [(choice.text, choice.right, choice.why) for choice in PLAIN.choices]


@SETTINGS
@given(drafts=decks())
def test_gift_pegjs_reads_whatever_stands_in_the_texts(drafts: list[Draft]) -> None:
    # It takes an arrow in a right option that stands first for a matching pair, which Moodle does not where a tilde follows.
    assume(not any(draft.choices[0].right and "->" in draft.choices[0].text for draft in drafts))
    found = [each for each in parsed_by_gift_pegjs(gift.write(drafts)) if each["type"] == "MC"]
    assert len(found) == len(drafts)
    for question, draft in zip(found, drafts, strict=True):
        assert words(question["stem"]["text"]) == words(draft.stem)
        texts = [words(each["text"]["text"]) for each in question["choices"]]
        assert texts == [words(choice.text) for choice in draft.choices]


@pytest.fixture
def collection(tmp_path: Path) -> Any:
    """An empty collection of Anki's own program."""
    pytest.importorskip("anki.collection", reason="the package anki is not installed: pip install anki")
    from anki.collection import Collection

    made = Collection(str(tmp_path / "mine.anki2"))
    yield made
    made.close()


def brought_in(collection: Any, tmp_path: Path, drafts: list[Draft]) -> Any:
    """Let Anki import a package; return its log."""
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    path = tmp_path / "questions.apkg"
    path.write_bytes(anki_deck.write(drafts))
    options = ImportAnkiPackageOptions(merge_notetypes=True)
    return collection.import_anki_package(
        ImportAnkiPackageRequest(package_path=str(path), options=options)
    ).log


def test_anki_imports_a_deck_a_topic_with_its_media(collection: Any, tmp_path: Path) -> None:
    other = Draft("And then?", PLAIN.choices, "next.step", anki.Subject("next", "What follows"), "So.")
    log = brought_in(collection, tmp_path, [PLAIN, other])
    assert len(log.new) == 2
    names = {deck.name for deck in collection.decks.all_names_and_ids()}
    assert {"Cloudlark::Our deploys", "Cloudlark::What follows"} <= names
    note = collection.get_note(collection.find_notes("deck:Cloudlark::Our*")[0])
    assert plain_of(note["Question"]) == PLAIN.stem
    assert note["Key"] == "A"
    assert "https://wiki.example/freeze" in note["Facts"]
    assert collection.media.have(anki_deck.PICTURE)
    card = note.cards()[0]
    assert "On Monday" in card.question()
    assert "Fridays are for reading." in card.answer()


def test_anki_knows_a_note_again_and_brings_it_up_to_date(collection: Any, tmp_path: Path) -> None:
    brought_in(collection, tmp_path, [PLAIN])
    changed = Draft("When now?", PLAIN.choices, PLAIN.id, PLAIN.topic, PLAIN.explanation)
    # Anki compares times of change in whole seconds.
    collection.db.execute("UPDATE notes SET mod = mod - 100")
    log = brought_in(collection, tmp_path, [changed])
    assert (len(log.new), len(log.updated)) == (0, 1)
    assert plain_of(collection.get_note(collection.find_notes("")[0])["Question"]) == "When now?"


@pytest.mark.parametrize("legacy", [True, False])
def test_what_anki_exports_in_either_format_is_read(collection: Any, tmp_path: Path, legacy: bool) -> None:
    from anki.collection import ExportAnkiPackageOptions

    brought_in(collection, tmp_path, [PLAIN])
    out = tmp_path / "out.apkg"
    options = ExportAnkiPackageOptions(with_scheduling=False, with_media=True, legacy=legacy)
    collection.export_anki_package(out_path=str(out), options=options, limit=None)
    with zipfile.ZipFile(out) as archive:
        assert ("collection.anki21b" in archive.namelist()) is not legacy
    parsed = anki.read(out.read_bytes())
    assert parsed.drafts == (anki_deck.holds(PLAIN),)


@SETTINGS
@given(drafts=decks())
def test_qti_items_are_sound_xml_with_a_key_and_all_texts(drafts: list[Draft]) -> None:
    with zipfile.ZipFile(BytesIO(qti.write(drafts))) as archive:
        manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
        files = [each.get("href", "") for each in manifest.iter(f"{{{qti.PACKAGE}}}file")]
        assert sorted([*files, "imsmanifest.xml"]) == sorted(archive.namelist())
        for name, draft in zip(files, drafts, strict=True):
            item = ElementTree.fromstring(archive.read(name))
            space = {"q": qti.QTI}
            prompt = item.find("q:itemBody/q:choiceInteraction/q:prompt", space)
            assert prompt is not None
            assert "".join(prompt.itertext()) == draft.stem.replace("\n", "")
            choices = item.iterfind("q:itemBody/q:choiceInteraction/q:simpleChoice", space)
            texts = [choice.text.replace("\n", "") for choice in draft.choices]
            assert ["".join(each.itertext()) for each in choices] == texts
            said = ["".join(each.itertext()) for each in item.iterfind("q:modalFeedback", space)]
            wanted = [*(choice.why for choice in draft.choices), draft.explanation]
            assert said == [text.replace("\n", "") for text in wanted if text]
            right = [
                each.text for each in item.iterfind("q:responseDeclaration/q:correctResponse/q:value", space)
            ]
            assert right == [f"choice-{at}" for at, choice in enumerate(draft.choices) if choice.right]


def test_qti_fits_the_schema_of_its_makers() -> None:
    schema = os.environ.get("QTI_XSD", "")
    if not schema:
        pytest.skip("no package carries the QTI 2.1 schema: name a copy of imsqti_v2p1.xsd in QTI_XSD")
    lxml = pytest.importorskip("lxml.etree", reason="lxml is not installed, and it reads the QTI schema")
    rules = lxml.XMLSchema(lxml.parse(schema))
    with zipfile.ZipFile(BytesIO(formats.WRITTEN["qti"].write([PLAIN]))) as archive:
        for name in [each for each in archive.namelist() if each.startswith("items/")]:
            rules.assertValid(lxml.fromstring(archive.read(name)))
