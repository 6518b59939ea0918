"""Loading: all faults together, each with its file and line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.bank import ContentError, load, scaffold
from tests.bank.authored import Authored, fact, numeric, option, question


def faults(authored: Authored) -> list[tuple[str, int, str]]:
    """File name, line and message of each fault that loading raises."""
    with pytest.raises(ContentError) as caught:
        load([authored.write()])
    return [(f.path.relative_to(authored.root).as_posix(), f.line, f.message) for f in caught.value.faults]


def messages(authored: Authored) -> str:
    return "\n".join(message for _, _, message in faults(authored))


def test_loads_exams_topics_facts_and_questions(authored: Authored) -> None:
    bank = load([authored.write()])
    assert list(bank.exams) == ["dva"]
    assert list(bank.topics) == ["sqs", "dynamodb"]
    assert list(bank.facts) == ["dynamodb.rcu", "sqs.delay", "sqs.retention"]
    assert bank.questions["sqs.delay-limit"].options[1].right


def test_the_exams_of_a_bank_know_their_domains(authored: Authored) -> None:
    exam = load([authored.write()]).exams["dva"]
    assert exam.domain_of("2.1").slug == "security"
    assert exam.scale == (100, 1000)


def test_tells_all_faults_together_in_file_order(authored: Authored) -> None:
    authored.facts["sqs"][0]["exams"] = {"dva": "9.9"}
    authored.questions["sqs"][0]["options"][0]["text"] = "x" * 201
    authored.questions["sqs"][2]["facts"] = ["sqs.nothing"]
    del authored.questions["dynamodb"][0]["stem"]
    assert [(name, message) for name, _, message in faults(authored)] == [
        ("dynamodb/questions.yaml", "dynamodb.rcu-drawn: here: 'stem' is a required property"),
        ("sqs/facts.yaml", "sqs.delay: dva has no task statement 9.9"),
        ("sqs/questions.yaml", "sqs.delay-limit: options.0.text: 201 characters, at most 200 fit"),
        ("sqs/questions.yaml", "sqs.retention-limit: there is no fact 'sqs.nothing'"),
    ]


def test_tells_the_line_of_the_very_value(authored: Authored) -> None:
    authored.questions["sqs"][1]["difficulty"] = 9
    (name, line, _), *_ = faults(authored)
    text = (authored.root / name).read_text().splitlines()
    assert text[line - 1].strip() == "difficulty: 9"


def test_the_error_prints_every_fault(authored: Authored) -> None:
    authored.questions["sqs"][0]["style"] = "joke"
    with pytest.raises(ContentError) as caught:
        load([authored.write()])
    head, line = str(caught.value).splitlines()
    assert head == "1 fault in the content"
    assert line.startswith(str(authored.root / "sqs" / "questions.yaml"))
    assert "style" in line


@pytest.mark.parametrize("right", [0, 2, 4])
def test_a_single_question_has_one_right_option(authored: Authored, right: int) -> None:
    authored.questions["sqs"][0]["options"] = [option(str(n) * 3, right=n < right) for n in range(4)]
    assert f"has {right} right, needs one right option" in messages(authored)


@pytest.mark.parametrize("right", [1, 4])
def test_a_multiple_question_has_two_or_three_right_options(authored: Authored, right: int) -> None:
    options = [option(f"option {n}", right=n < right) for n in range(5)]
    authored.questions["sqs"][0] |= {"kind": "multiple", "options": options}
    assert "needs 2 or 3 right options" in messages(authored)


@pytest.mark.parametrize(("kind", "given", "bound"), [("multiple", 2, "least 3"), ("single", 6, "most 5")])
def test_a_question_has_as_many_options_as_its_controls_can_show(
    authored: Authored, kind: str, given: int, bound: str
) -> None:
    options = [option(f"option {n}", right=n == 0) for n in range(given)]
    authored.questions["sqs"][0] |= {"kind": kind, "options": options}
    assert f"options: {given} given, at {bound} wanted" in messages(authored)


def test_options_of_a_question_differ(authored: Authored) -> None:
    authored.questions["sqs"][0]["options"][3]["text"] = "red"
    authored.questions["sqs"][1]["options"][3]["text"] = "RED"
    assert messages(authored) == "sqs.delay-limit: two options have the same text"


def test_an_option_without_a_reason_is_a_fault(authored: Authored) -> None:
    authored.questions["sqs"][0]["options"][0] |= {"why": ""}
    del authored.questions["sqs"][1]["options"][0]["why"]
    told = messages(authored)
    assert "options.0.why: must not be empty" in told
    assert "options.0: 'why' is a required property" in told


def test_misspelt_keys_are_faults(authored: Authored) -> None:
    authored.questions["sqs"][0]["explanaton"] = "typo"
    assert "'explanaton' was unexpected" in messages(authored)


def test_an_unquoted_task_number_is_explained(authored: Authored) -> None:
    authored.facts["sqs"][0]["exams"] = {"dva": 1.1}
    assert "exams.dva: 1.1 is read as a float; put it in quotes" in messages(authored)


def test_an_unknown_kind_is_told_once(authored: Authored) -> None:
    authored.questions["sqs"][0]["kind"] = "essay"
    assert messages(authored) == "sqs.delay-limit: kind: must be single, multiple or numeric"


@pytest.mark.parametrize("item", ["just text", 7, None, ["list"]])
def test_items_that_are_no_mappings_are_faults(authored: Authored, item: object) -> None:
    authored.facts["sqs"].append(item)
    assert len(faults(authored)) == 1


@pytest.mark.parametrize("data", ["", "[]", "facts: 3", "facts: []\nmore: []", "other: []"])
def test_a_file_of_another_shape_is_a_fault(authored: Authored, data: str) -> None:
    authored.put("dynamodb/facts-more.yaml", data)
    assert "the file must hold one list named 'facts'" in messages(authored)


def test_a_fact_that_is_set_aside_does_not_fault_its_questions(authored: Authored) -> None:
    authored.facts["sqs"][0]["statement"] = ""
    assert messages(authored) == "sqs.delay: statement: must not be empty"


def test_an_exam_that_is_set_aside_does_not_fault_its_facts(authored: Authored) -> None:
    authored.exams["dva-c02"]["minutes"] = 0
    assert messages(authored).count("\n") == 0


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("items_scored", 66, "more items scored than there are"),
        ("pass_scaled", 50, "the pass mark is outside the scale"),
    ],
)
def test_an_exam_has_to_make_sense(authored: Authored, field: str, value: int, told: str) -> None:
    authored.exams["dva-c02"][field] = value
    assert told in messages(authored)


def test_the_weights_of_an_exam_sum_to_one(authored: Authored) -> None:
    authored.exams["dva-c02"]["domains"][0]["weight"] = 0.7
    assert "must sum to 1" in messages(authored)


def test_a_task_belongs_to_the_domain_of_its_number(authored: Authored) -> None:
    authored.exams["dva-c02"]["domains"][0]["tasks"][0]["id"] = "2.2"
    assert "task 2.2 is not of domain 1" in messages(authored)


def test_ids_begin_with_their_folder(authored: Authored) -> None:
    authored.facts["sqs"].append(fact("dynamodb.stray"))
    assert "dynamodb.stray: must begin with 'sqs.'" in messages(authored)


def test_a_folder_without_a_topic_is_a_fault(authored: Authored) -> None:
    authored.facts["sns"] = [fact("sns.push")]
    assert "topics.yaml has no topic 'sns'" in messages(authored)


def test_stray_files_are_faults(authored: Authored) -> None:
    authored.put("sqs/notes.yaml", "x: 1")
    assert "a topic folder holds facts*.yaml and questions*.yaml only" in messages(authored)


def test_the_same_id_twice_is_a_fault_that_names_the_first(authored: Authored) -> None:
    authored.put("sqs/questions-more.yaml", {"questions": [question("sqs.delay-limit")]})
    told = faults(authored)
    assert told[0][2].startswith("the question 'sqs.delay-limit' stands already in ")


def test_two_topics_may_not_share_a_spelling(authored: Authored) -> None:
    authored.topics[1]["aliases"].append("AWS Queue")
    assert "dynamodb: 'AWS Queue' is taken by the topic sqs" in messages(authored)


def test_a_day_that_does_not_exist_is_a_fault(authored: Authored) -> None:
    authored.facts["sqs"][0]["verified_on"] = "2026-02-30"
    assert "2026-02-30 is not a day of the calendar" in messages(authored)


def test_what_an_option_confuses_has_a_known_topic(authored: Authored) -> None:
    authored.questions["sqs"][0]["options"][0]["confuses"] = "kafka.lag"
    authored.questions["sqs"][0]["options"][2]["confuses"] = "dynamodb.not-yet-written"
    assert messages(authored) == "sqs.delay-limit: confuses names no topic: 'kafka.lag'"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"generator": "no-such"}, "no generator is called 'no-such'"),
        ({"ranges": {"rate": [9, 3], "size_kb": [1, 2]}}, "rate cannot run from 9 to 3"),
        ({"ranges": {"speed": [1, 3]}}, "has no parameter speed"),
        ({"stem": "Reads of {size_kb} KB at {rate} and {pace}."}, "names {pace}"),
        ({"stem": "Reads at {rate}."}, "does not tell {size_kb}"),
        ({"stem": "Reads of {size_kb:999999999} KB at {rate}."}, "in no other way"),
        ({"stem": "Reads of {size_kb:{rate}} KB at {rate}."}, "in no other way"),
        ({"stem": "Reads of {size_kb!r} KB at {rate}."}, "in no other way"),
        ({"stem": "Reads of {size_kb} KB at {rate}, {consistency:,}."}, "in no other way"),
        ({"stem": "Reads of {size_kb} KB at {rate} {rate.__class__}."}, "names {rate.__class__}"),
        ({"stem": "Reads of {size_kb KB at {rate}."}, "the braces of the stem do not fit"),
    ],
)
def test_a_numeric_question_has_to_be_drawable(
    authored: Authored, changes: dict[str, object], told: str
) -> None:
    authored.questions["dynamodb"] = [numeric("dynamodb.rcu-drawn", **changes)]
    assert told in messages(authored)


def test_drawn_numbers_may_be_grouped_in_thousands(authored: Authored) -> None:
    stem = "A table of {consistency} reads: {rate:,} a second of {size_kb} KB. How many units?"
    authored.questions["dynamodb"] = [
        numeric("dynamodb.rcu-drawn", stem=stem, ranges={"rate": [4000, 4000], "size_kb": [1, 9]})
    ]
    item = load([authored.write()]).item("dynamodb.rcu-drawn", 1)
    assert item.stem.startswith("A table of strong reads: 4,000 a second")


def test_a_topic_may_hold_several_files(authored: Authored) -> None:
    authored.put("sqs/facts-more.yaml", {"facts": [fact("sqs.extra")]})
    authored.put("sqs/questions-more.yaml", {"questions": [question("sqs.extra-one", "sqs.extra")]})
    bank = load([authored.write()])
    assert [each.id for each in bank.by_fact["sqs.extra"]] == ["sqs.extra-one"]


def test_a_pack_adds_to_the_topics_of_another_root(authored: Authored, tmp_path: Path) -> None:
    pack = Authored(tmp_path / "pack")
    pack.exams, pack.topics = {}, []
    pack.facts = {"sqs": [fact("sqs.packed")]}
    pack.questions = {"sqs": [question("sqs.packed-one", "sqs.packed", "sqs.delay")]}
    bank = load([authored.write(), pack.write()])
    assert "sqs.packed-one" in bank.questions
    assert len(bank.by_fact["sqs.delay"]) == 3


def test_ids_of_packs_may_not_collide(authored: Authored, tmp_path: Path) -> None:
    other = Authored(tmp_path / "pack").write()
    with pytest.raises(ContentError) as caught:
        load([authored.write(), other])
    assert {fault.path.is_relative_to(other) for fault in caught.value.faults} == {True}


def test_a_missing_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no such content folder"):
        load([tmp_path / "nowhere"])


def test_the_version_moves_with_anything_authored(authored: Authored) -> None:
    before = load([authored.write()]).questions
    authored.questions["sqs"][0]["options"][2]["why"] += " Really."
    after = load([authored.write()]).questions
    moved = [name for name in after if after[name].version != before[name].version]
    assert moved == ["sqs.delay-limit"]


def test_a_folder_of_ones_own_adds_to_the_main_one(authored: Authored, tmp_path: Path) -> None:
    scaffold.write(tmp_path / "ours", dt.date(2026, 11, 16))
    bank = load([authored.write(), tmp_path / "ours"])
    assert {"sqs", "deploys"} <= set(bank.by_topic)
    assert bank.exams_of(bank.questions["deploys.friday-fix"]) == {}
