"""Packs: opened without trusting them, looked at whole, and kept under a name of their own."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from bot.bank import Bank, search
from bot.bank.joining import JoinedBank
from bot.bank.namespaces import LONGEST, local, under
from bot.bank.packs import MAX_ID, MAX_NAME, check, namespace, recalled, stored
from bot.bank.unpacking import MAX_FILES, MAX_UPLOAD, UnpackingError, packed, unpacked
from tests.support.bank import small_bank
from tests.support.packs import document, folder, pack, written

TODAY = dt.date(2026, 11, 16)


def told(data: bytes, name: str = "pack.yaml") -> str:
    """The faults of a pack."""
    return "\n".join(map(str, check(name, data, small_bank(), TODAY).faults))


def test_a_document_and_a_folder_make_the_same_bank() -> None:
    one = check("pack.yaml", document(), small_bank(), TODAY)
    other = check("pack.zip", folder(), small_bank(), TODAY)
    assert one.is_sound
    assert other.is_sound
    assert dict(one.bank.questions) == dict(other.bank.questions)
    assert dict(one.bank.facts) == dict(other.bank.facts)


def test_every_fault_is_told_at_its_line() -> None:
    broken = pack("x" * 701)
    broken["facts"][0] |= {"exams": {"ex": "1.1"}}
    broken["topics"].append({"slug": "other", "name": "Our deploys", "summary": "s"})
    lines = told(written(broken)).splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["pack.yaml:6", "pack.yaml:12", "pack.yaml:21"]
    assert "is taken by the topic deploys" in lines[0]
    assert "no exam is called 'ex'" in lines[1]
    assert "701 characters, at most 700 fit" in lines[2]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("topics: [", "not valid YAML"),
        ("- 1", "pack.yaml:1: a pack in one file holds three lists"),
        ("topics: []\nfacts: []\nquestions: []\n", ".:1: there is no question in it"),
        ("topics: 1\nfacts: []\nquestions: []\n", "the file must hold one list named 'topics'"),
        ("a: &a [1]\nb: [" + "*a, " * 20 + "]", "over 16 aliases"),
        ("x: " + "[" * 40, "nested deeper than 12"),
    ],
)
def test_what_is_no_pack_is_a_fault(text: str, fault: str) -> None:
    assert fault in told(text.encode())


def test_files_that_nothing_reads_are_faults_and_hidden_ones_are_none() -> None:
    sound = unpacked("pack.zip", folder())
    strays = {
        "questions.yaml": b"questions: []",
        "deploys/questions.yml": b"x",
        "a/topics.yaml": b"topics: []",
    }
    checked = check("pack.zip", packed(sound | strays), small_bank(), TODAY)
    assert [(str(fault.path), fault.message[:23]) for fault in checked.faults] == [
        ("a/topics.yaml", "a topic folder holds fa"),
        ("deploys/questions.yml", "nothing reads this file"),
        ("questions.yaml", "nothing reads this file"),
    ]
    assert check("pack.zip", packed(sound | {".ci/x.yaml": b"x"}), small_bank(), TODAY).is_sound


def test_a_pack_of_too_many_questions_is_told_so_without_a_closer_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.bank.packs.MAX_QUESTIONS", 1)
    monkeypatch.setattr("bot.bank.packs.lint", None)
    assert told(document("One?", "Two?")) == ".:1: 2 questions; a pack has at most 1"


def test_what_a_card_could_not_show_is_a_fault() -> None:
    large = pack()
    question = large["questions"][0]
    question |= {"stem": "s" * 700, "explanation": "e" * 900}
    question["options"] = [{"text": f"{n}" * 200, "why": "w" * 240, "right": n == 0} for n in range(5)]
    assert "3800 characters in all, at most 3400 fit a card" in told(written(large))


def test_an_option_may_confuse_what_the_main_bank_teaches() -> None:
    mixed = pack()
    mixed["questions"][0]["options"][1]["confuses"] = "t1.f2"
    mixed["questions"][0]["options"][2]["confuses"] = "deploys.freeze"
    checked = check("pack.yaml", written(mixed), small_bank(), TODAY)
    assert checked.is_sound
    (question,) = under(checked.bank, "ours-7").questions.values()
    assert [option.confuses for option in question.options] == [None, "t1.f2", "ours-7/deploys.freeze"]


def test_the_longest_ids_fit_into_a_button() -> None:
    assert len(f"{namespace('n' * MAX_NAME, 99_999_999)}/{'i' * MAX_ID}") == LONGEST
    assert len(f"of:report:{'i' * LONGEST}") <= 100
    long = pack()
    long["questions"][0]["id"] = "deploys." + "q" * 50
    assert f"in a pack they are at most {MAX_ID}" in told(written(long))


def zipped(*files: tuple[str, bytes]) -> bytes:
    """Files in a zip, whatever their names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (zipped(("../../etc/x.yaml", b"")), "no .yaml file"),
        (zipped(("/etc/x.yaml", b"")), "cannot be read"),
        (zipped(("a/b/c/x.yaml", b"")), "does not belong"),
        (zipped(("a/../x.yaml", b"")), "no .yaml file"),
        (zipped(("C:\\x.yaml", b"")), "does not belong"),
        (zipped(("x.txt", b"")), "no .yaml file"),
        (zipped(("a/x.yaml", bytes(9_000_000))), "come out of the zip"),
        (zipped(*[(f"{n}.yaml", b"") for n in range(MAX_FILES + 1)]), "more than 400 files"),
        (b"PK\x03\x04nonsense", "cannot be read"),
        (b"x" * (MAX_UPLOAD + 1), "larger than 2 MB"),
    ],
)
def test_zips_that_mean_harm_are_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnpackingError, match=sentence):
        unpacked("pack.zip", data)


def test_a_file_named_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = zipped(("topics.yaml", b"a"), ("topics.yaml", b"b"))
    with pytest.raises(UnpackingError, match="stands twice"):
        unpacked("pack.zip", twice)


def test_a_file_and_a_folder_of_one_name_are_refused() -> None:
    data = zipped(("topics.yaml", b"topics: []"), ("topics.yaml/facts.yaml", b"facts: []"))
    with pytest.raises(UnpackingError):
        check("pack.zip", data, small_bank(), TODAY)


def test_what_computers_add_to_zips_is_left_alone() -> None:
    data = zipped(
        ("ours/topics.yaml", b"a"), ("__MACOSX/ours/._topics.yaml", b"x"), ("ours/.git/x.yaml", b"x")
    )
    assert unpacked("pack.zip", data) == {"topics.yaml": b"a"}
    assert packed({"b": b"1", "a": b"2"}) == packed({"a": b"2", "b": b"1"})


def test_a_kept_pack_is_read_again_from_its_source_by_another_release() -> None:
    checked = check("pack.yaml", document("When?"), small_bank(), TODAY)
    now = recalled(stored(checked.bank), checked.source, "ours-7", small_bank())
    later = recalled(b"of another release", checked.source, "ours-7", small_bank())
    assert dict(now.questions) == dict(later.questions)
    assert list(now.questions) == ["ours-7/deploys.q0"]
    assert [local(name) for name in now.facts] == ["deploys.freeze"]


def joined(own: bytes, gone: bytes) -> JoinedBank:
    """The small bank with a pack, and one that has gone."""
    banks = [check("pack.yaml", data, small_bank(), TODAY).bank for data in (own, gone)]
    return JoinedBank.join(small_bank(), under(banks[0], "ours-7"), under(banks[1], "ours-7"))


def test_a_joined_bank_is_both_banks_and_copies_neither() -> None:
    bank, main = joined(document("When?"), document("When?", "Gone?")), small_bank()
    assert len(bank.questions) == len(main.questions) + 1
    assert bank.select() == (*main.select(), bank.questions["ours-7/deploys.q0"])
    assert bank.select(exam="ex") == main.select(exam="ex")
    assert bank.by_domain is main.by_domain
    assert bank.find_topic("our deploys").topic == bank.topics["ours-7/deploys"]
    assert bank.find_topic("deploys").topic == bank.topics["ours-7/deploys"]
    assert bank.find_topic("topic t0").topic == main.topics["t0"]
    assert [hit.fact.id for hit in search(bank, "ships on Fridays")] == ["ours-7/deploys.freeze"]
    assert bank.exams_of(bank.questions["ours-7/deploys.q0"]) == {}


def test_what_has_gone_is_found_by_its_id_and_offered_nowhere() -> None:
    bank = joined(document("When?"), document("When?", "Gone?"))
    name = "ours-7/deploys.q1"
    assert name in bank.questions
    assert bank.item(name, 3).stem == "Gone?"
    assert name not in list(bank.questions)
    assert all(question.id != name for question in bank.select())
    assert all(question.id != name for question in bank.by_fact["ours-7/deploys.freeze"])


def test_names_in_other_scripts_do_not_collide() -> None:
    foreign = pack()
    foreign["topics"] = [
        {"slug": "deploys", "name": "配備", "summary": "s"},
        {"slug": "o", "name": "休日", "summary": "s"},
    ]
    checked = check("pack.yaml", written(foreign), Bank.of(), TODAY)
    assert checked.is_sound
    assert checked.bank.find_topic("配備").topic == checked.bank.topics["deploys"]
