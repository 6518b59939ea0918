"""Packs, imports and exports at the command line, as a person runs them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
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
Content = Callable[..., Awaitable[Ran]]


@pytest.fixture
def content(authored: Authored) -> Content:
    """`cloudlark content ...` beside a small main bank: the shipped one takes seconds to load."""
    root = str(authored.write())

    async def run(*words: str, url: str = NO_DATABASE) -> Ran:
        beside = [] if words[0] in ("new", "add") or "--content" in words else ["--content", root]
        return await cloudlark(url, "content", *words, *beside, CLOUDLARK_CONTENT=root)

    return run


async def test_a_new_pack_is_sound_and_tells_editors_its_schema(content: Content, tmp_path: Path) -> None:
    made = await content("new", str(tmp_path / "ours"))
    assert made.code == 0
    checked = await content("check", str(tmp_path / "ours"))
    assert f"Check it with: cloudlark content check {tmp_path / 'ours'}" in made.out
    assert (checked.code, checked.out, checked.err) == (0, "Sound: 1 question on 1 topic.\n", "")
    for file in (tmp_path / "ours").rglob("*.yaml"):
        first = file.read_text().splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / schema).is_file(), first
    again = await content("new", str(tmp_path / "ours"))
    assert (again.code, "holds something already" in again.err) == (2, True)


async def test_check_tells_faults_by_file_and_line(content: Content, tmp_path: Path) -> None:
    await content("new", str(tmp_path / "ours"))
    file = tmp_path / "ours" / "deploys" / "questions.yaml"
    file.write_text(file.read_text().replace("right: true\n", "right: false\n"))
    checked = await content("check", str(tmp_path / "ours"))
    assert checked.code == 1
    assert "deploys/questions.yaml:10: deploys.friday-fix: has 0 right, needs one right option" in checked.err


async def test_check_looks_at_a_folder_as_at_a_zip_of_it(content: Content, tmp_path: Path) -> None:
    await content("new", str(tmp_path / "ours"))
    (tmp_path / "ours" / ".git").mkdir()
    (tmp_path / "ours" / ".git" / "x.yaml").write_text("hidden")
    assert (await content("check", str(tmp_path / "ours"))).code == 0
    (tmp_path / "ours" / "notes.yml").write_text("x")
    checked = await content("check", str(tmp_path / "ours"))
    assert (checked.code, "notes.yml:1: nothing reads this file" in checked.err) == (1, True)


async def test_a_pack_is_added_to_a_community_as_a_draft_or_published_at_once(
    content: Content, tmp_path: Path
) -> None:
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
    content: Content, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "onboarding.yaml").write_bytes(document())
    ran = await content("add", str(tmp_path / words[0]), *words[1:], url=f"sqlite:///{tmp_path / 'c.db'}")
    assert (ran.code, sentence in ran.err) == (2, True)


async def test_content_comes_back_whole_from_a_sheet(
    content: Content, tmp_path: Path, authored: Authored
) -> None:
    authored.topics[0]["aliases"] = ["simple queue service", "queue | pipe"]
    authored.facts["sqs"][0]["changed"] = {"when": "2025", "was": "So.", "now": "Not so."}
    root, sheet, back = authored.write(), tmp_path / "all.csv", tmp_path / "back"
    exported = await content("export", "--format", "csv", "--out", str(sheet), "--content", str(root))
    assert (exported.code, exported.err) == (0, "")
    imported = await content("import", str(sheet), "--to", str(back), "--content", str(root))
    assert (imported.code, imported.err) == (0, "")
    assert f"serve dva: put the files of these exams into {back / 'exams'}" in imported.out
    (back / "exams").mkdir()
    (back / "exams" / "dva.yaml").write_text(yaml.safe_dump(authored.exams["dva-c02"]))
    before, after = load([root]), load([back])
    assert dict(after.questions) == dict(before.questions)
    assert dict(after.facts) == dict(before.facts)
    assert dict(after.topics) == dict(before.topics)


@pytest.mark.parametrize("name", ["anki", "gift", "moodle", "qti", "text"])
async def test_exports_say_what_they_cannot_hold(
    content: Content, tmp_path: Path, authored: Authored, name: str
) -> None:
    out = tmp_path / "out"
    ran = await content("export", "--format", name, "--out", str(out), "--content", str(authored.write()))
    assert ran.code == 0
    assert "4 questions: without their facts with links and dates." in ran.err
    assert "1 question: without the generator of their numbers" in ran.err
    assert out.stat().st_size > 500


async def test_an_import_is_what_its_hint_finds_sound(content: Content, tmp_path: Path) -> None:
    rows = "".join(f"{'語' if n % 2 else 'Which'} {n}?,a,b,A\n" for n in range(501))
    (tmp_path / "ours.csv").write_text(f"question,a,b,correct\n{rows}")
    ran = await content("import", str(tmp_path / "ours.csv"), "--to", str(tmp_path / "to"))
    assert ran.err.splitlines()[0] == f"Writing 501 questions to {tmp_path / 'to'} ..."
    assert "501 questions: some options had no reason" in ran.err
    assert ran.out.splitlines()[-1] == f"Check them with: cloudlark content check {tmp_path / 'to'}"
    checked = await content("check", str(tmp_path / "to"))
    assert checked.out.splitlines()[-1] == "Sound: 501 questions on 1 topic."


async def test_an_import_of_what_is_no_question_is_one_sentence(content: Content, tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text("<!DOCTYPE x [<!ENTITY y 'z'>]><quiz>&y;</quiz>")
    ran = await content("import", str(tmp_path / "x.xml"), "--to", str(tmp_path / "to"))
    assert (ran.code, "not read here" in ran.err) == (2, True)
    assert not (tmp_path / "to").exists()
