"""Packs, imports and exports at the command line, as a person runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.bank import load
from bot.storage import packs, people
from bot.storage.packs import PackState
from bot.storage.store import open_store
from tests.bank.authored import Authored
from tests.support.commands import Ran, cloudlark
from tests.support.packs import document

NO_DATABASE = "sqlite:////dev/null/x.db"


async def content(*words: str, url: str = NO_DATABASE, **settings: str) -> Ran:
    """`cloudlark content ...`."""
    return await cloudlark(url, "content", *words, **settings)


async def test_a_new_pack_is_sound_and_tells_editors_its_schema(tmp_path: Path) -> None:
    made = await content("new", str(tmp_path / "ours"))
    assert made.code == 0
    checked = await content("check", str(tmp_path / "ours"))
    assert (checked.code, checked.out.splitlines()[-1]) == (0, "Sound: 1 question on 1 topic.")
    for file in (tmp_path / "ours").rglob("*.yaml"):
        first = file.read_text().splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / schema).is_file(), first
    again = await content("new", str(tmp_path / "ours"))
    assert (again.code, "holds something already" in again.err) == (2, True)


async def test_check_tells_faults_by_file_and_line(tmp_path: Path) -> None:
    await content("new", str(tmp_path / "ours"))
    file = tmp_path / "ours" / "deploys" / "questions.yaml"
    file.write_text(file.read_text().replace("right: true\n", "right: false\n"))
    checked = await content("check", str(tmp_path / "ours"))
    assert checked.code == 1
    assert "deploys/questions.yaml:10: deploys.friday-fix: has 0 right, needs one right option" in checked.err


async def test_a_pack_is_added_to_a_community_as_a_draft_or_published_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'c.db'}"
    store = await open_store(url)
    place = await store.write(lambda db: people.ensure_community(db, "slack", "T1", "UTC"))
    await store.close()
    (tmp_path / "onboarding.yaml").write_bytes(document())
    added = await content("add", str(tmp_path / "onboarding.yaml"), "--community", "slack:T1", url=url)
    assert (added.code, added.out.strip()) == (
        0,
        "onboarding, version 1, is a draft in slack:T1: 1 question.",
    )
    live = await content(
        "add", str(tmp_path / "onboarding.yaml"), "--community", "slack:T1", "--publish", url=url
    )
    assert "version 1, is live" in live.out
    store = await open_store(url)
    (pack,) = await store.read(lambda db: packs.packs_of(db, place.id))
    await store.close()
    assert (pack.name, pack.state, pack.added_by) == ("onboarding", PackState.LIVE, None)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("onboarding.yaml", "--community", "slack:T9"), "has not met a community"),
        (("onboarding.yaml", "--community", "x", "--name", "A B"), "cannot be called"),
        (("nothing.yaml", "--community", "slack:T1"), "cannot be read"),
    ],
)
async def test_what_cannot_be_added_is_one_sentence(
    tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "onboarding.yaml").write_bytes(document())
    ran = await content("add", str(tmp_path / words[0]), *words[1:], url=f"sqlite:///{tmp_path / 'c.db'}")
    assert (ran.code, sentence in ran.err) == (2, True)


async def test_content_comes_back_whole_from_a_sheet(tmp_path: Path, authored: Authored) -> None:
    authored.topics[0]["aliases"] = ["simple queue service", "queue | pipe"]
    authored.facts["sqs"][0]["changed"] = {"when": "2025", "was": "So.", "now": "Not so."}
    root, sheet, back = authored.write(), tmp_path / "all.csv", tmp_path / "back"
    exported = await content("export", "--format", "csv", "--out", str(sheet), "--content", str(root))
    assert (exported.code, exported.err) == (0, "")
    imported = await content("import", str(sheet), "--to", str(back), "--content", str(root))
    assert (imported.code, imported.err) == (0, "")
    (back / "exams").mkdir()
    (back / "exams" / "dva.yaml").write_text(yaml.safe_dump(authored.exams["dva-c02"]))
    before, after = load([root]), load([back])
    assert dict(after.questions) == dict(before.questions)
    assert dict(after.facts) == dict(before.facts)
    assert dict(after.topics) == dict(before.topics)


@pytest.mark.parametrize("name", ["anki", "gift", "moodle", "qti", "text"])
async def test_exports_say_what_they_cannot_hold(tmp_path: Path, authored: Authored, name: str) -> None:
    out = tmp_path / "out"
    ran = await content("export", "--format", name, "--out", str(out), "--content", str(authored.write()))
    assert ran.code == 0
    assert "4 questions: without their facts with links and dates." in ran.err
    assert "1 question: without the generator of their numbers" in ran.err
    assert out.stat().st_size > 500


async def test_an_import_of_what_is_no_question_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text("<!DOCTYPE x [<!ENTITY y 'z'>]><quiz>&y;</quiz>")
    ran = await content("import", str(tmp_path / "x.xml"), "--to", str(tmp_path / "to"))
    assert (ran.code, "not read here" in ran.err) == (2, True)
    assert not (tmp_path / "to").exists()
