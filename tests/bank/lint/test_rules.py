"""Lint's rules on wording, duplicates, coverage, references and drawn numbers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bot.bank.compiling import compile_content
from bot.bank.lint import Report, Severity, lint
from tests.bank.authored import Authored, fact, numeric, option, question

TODAY = dt.date(2026, 2, 1)


def reports(authored: Authored, rule: str, topic: str | None = None) -> list[Report]:
    found = lint(compile_content([authored.write()]), TODAY, topic)
    return [report for report in found if report.rule == rule]


def told(authored: Authored, rule: str) -> str:
    return "\n".join(str(report) for report in reports(authored, rule))


def change(authored: Authored, **changes: Any) -> None:
    authored.questions["sqs"][0] |= changes


def test_faults_of_loading_are_among_the_reports(authored: Authored) -> None:
    change(authored, difficulty=7)
    (report,) = reports(authored, "content")
    assert report.severity is Severity.ERROR
    assert report.line


def test_a_question_that_is_too_long_in_all_is_an_error(authored: Authored) -> None:
    options = [option(f"{n} " + "x" * 190, right=n == 0, why="y" * 240) for n in range(6)]
    options[1] = option("other", right=True, why="y" * 240)
    change(authored, kind="multiple", options=options, stem="Choose two. " + "z" * 400, explanation="e" * 900)
    assert "characters in all, at most 3400" in told(authored, "length")


@pytest.mark.parametrize(
    ("stem", "wrong"),
    [
        ("Which are green? Choose two.", False),
        ("Which are green? (Choose 2)", False),
        ("Which are green? Choose three.", True),
        ("Which are green?", True),
        ("Which 2 are green? Choose 20.", True),
    ],
)
def test_a_stem_says_how_many_to_choose(authored: Authored, stem: str, wrong: bool) -> None:
    options = [option(f"option {n}", right=n < 2) for n in range(5)]
    change(authored, kind="multiple", options=options, stem=stem)
    assert bool(reports(authored, "how-many")) is wrong


def test_a_single_question_does_not_ask_for_two(authored: Authored) -> None:
    change(authored, stem="Which is green? Choose two.")
    assert "the key is one" in told(authored, "how-many")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("All of the above", True),
        ("None of these options", True),
        ("Both A and B", True),
        ("All of the messages in the queue", False),
        ("None of the three items has changed", False),
    ],
)
def test_options_stand_for_themselves(authored: Authored, text: str, wrong: bool) -> None:
    authored.questions["sqs"][0]["options"][0]["text"] = text
    assert bool(reports(authored, "catch-all")) is wrong


def test_wrong_options_confuse_something_and_right_ones_nothing(authored: Authored) -> None:
    options = authored.questions["sqs"][0]["options"]
    del options[0]["confuses"]
    options[1]["confuses"] = "sqs"
    assert {report.severity for report in reports(authored, "confuses")} == {Severity.ERROR, Severity.WARNING}


def test_options_end_alike_and_are_of_like_length(authored: Authored) -> None:
    options = authored.questions["sqs"][0]["options"]
    options[0]["text"] = "A sentence that goes on and on, much longer than any of the others."
    assert "all with a full stop or none" in told(authored, "full-stop")
    assert "options of unlike length, 3 to 6" not in told(authored, "uneven")
    assert "options of unlike length" in told(authored, "uneven")


@pytest.mark.parametrize(
    ("stem", "wrong"),
    [
        ("Which is not a colour?", True),
        ("Which of these does not fade?", True),
        ("Which is NOT a colour?", False),
        ("Messages that are not deleted come back. Which setting helps?", False),
        ("Which colour does one see that others do see?", False),
    ],
)
def test_negations_in_the_question_are_written_large(authored: Authored, stem: str, wrong: bool) -> None:
    change(authored, stem=stem)
    assert bool(reports(authored, "negation")) is wrong


@pytest.mark.parametrize(
    ("explanation", "wrong"),
    [
        ("It is <b>green</b>.", True),
        ("It is **green**.", True),
        ("It is [green](https://example.org).", True),
        ("It is “green”.", True),
        ("The ARN `arn:aws:s3:::<b>` and `**` are code.", False),
        ("From <bucket> to <b2>.", False),
    ],
)
def test_markup_is_refused_outside_code(authored: Authored, explanation: str, wrong: bool) -> None:
    change(authored, explanation=explanation)
    assert bool(reports(authored, "markup")) is wrong


def test_blanks_at_the_ends_and_appeals_to_documentation_are_errors(authored: Authored) -> None:
    change(authored, explanation="Green, as the documentation says. ")
    assert reports(authored, "blank")
    assert reports(authored, "says-who")


def test_the_same_stem_in_other_order_is_a_duplicate_at_the_later_question(authored: Authored) -> None:
    change(authored, stem="Which queue keeps the order of messages within a group?")
    authored.questions["sqs"][2]["stem"] = "Within a group, which queue keeps the order of messages?"
    (report,) = reports(authored, "duplicate")
    assert report.severity is Severity.ERROR
    assert "sqs.retention-limit: the stem is 100 % that of sqs.delay-limit" in report.message


def test_a_near_stem_is_a_warning_and_a_far_one_nothing(authored: Authored) -> None:
    change(authored, stem="From where does a read of a local index take its capacity?")
    authored.questions["sqs"][2]["stem"] = "From where does a write of a local index take its capacity?"
    authored.questions["sqs"][1]["stem"] = "What happens to a message that nobody deletes?"
    assert [report.severity for report in reports(authored, "duplicate")] == [Severity.WARNING]


def test_numeric_stems_may_be_alike(authored: Authored) -> None:
    authored.questions["dynamodb"].append(numeric("dynamodb.rcu-again"))
    assert reports(authored, "duplicate") == []


def test_a_fact_wants_two_questions(authored: Authored) -> None:
    authored.facts["sqs"].append(fact("sqs.forgotten"))
    lines = told(authored, "asked-rarely")
    assert "sqs.forgotten: no questions, needs 2" in lines
    assert "dynamodb.rcu: 1 question, needs 2" in lines


def test_tasks_with_few_questions_are_warnings_at_the_exam(authored: Authored) -> None:
    found = reports(authored, "blueprint")
    assert [str(report.message).partition(":")[0] for report in found] == ["dva 1.1", "dva 1.2", "dva 2.1"]
    assert {report.severity for report in found} == {Severity.WARNING}
    assert len({report.line for report in found}) == 3


def test_a_bank_without_situations_is_warned_of(authored: Authored) -> None:
    for each in authored.questions["sqs"]:
        each["style"] = "direct"
    assert "0 of 4 questions are scenarios" in told(authored, "scenarios")


@pytest.mark.parametrize(
    ("link", "wrong"),
    [
        ("https://docs.aws.amazon.com/sqs/x.html", False),
        ("https://aws.amazon.com/sqs/faqs/", False),
        ("https://docs.aws.amazon.com/", True),
        ("https://blog.example.org/sqs", True),
        ("https://docs.aws.amazon.com.evil.example/sqs", True),
    ],
)
def test_links_lead_to_pages_of_documentation(authored: Authored, link: str, wrong: bool) -> None:
    authored.facts["sqs"][0]["link"] = link
    assert bool(reports(authored, "link")) is wrong


@pytest.mark.parametrize(
    ("day", "severities"),
    [
        ("2024-12-28", []),
        ("2024-12-27", [Severity.WARNING]),
        ("2026-02-02", [Severity.ERROR]),
    ],
)
def test_facts_are_verified_within_four_hundred_days(
    authored: Authored, day: str, severities: list[Severity]
) -> None:
    authored.facts["sqs"][0]["verified_on"] = day
    assert [report.severity for report in reports(authored, "verified")] == severities


def test_a_fact_that_an_option_names_is_missed_only_where_its_topic_has_facts(authored: Authored) -> None:
    authored.topics.append(authored.topics[0] | {"slug": "sns", "name": "SNS", "aliases": []})
    authored.questions["sqs"][0]["options"][0]["confuses"] = "dynamodb.unwritten"
    authored.questions["sqs"][0]["options"][2]["confuses"] = "sns.unwritten"
    (report,) = reports(authored, "confuses")
    assert "there is no fact 'dynamodb.unwritten'" in report.message


def test_a_topic_is_linted_by_itself(authored: Authored) -> None:
    change(authored, stem="Which is not green?")
    authored.facts["dynamodb"][0]["link"] = "https://example.org/x"
    found = lint(compile_content([authored.write()]), TODAY, "dynamodb")
    assert {report.rule for report in found if report.path} == {"link", "asked-rarely"}


def test_reports_print_like_those_of_compilers(authored: Authored) -> None:
    change(authored, stem="Which is not green?")
    line = told(authored, "negation")
    assert line.startswith(f"{authored.root / 'sqs' / 'questions.yaml'}:")
    assert ": warning negation: sqs.delay-limit: " in line


def test_a_sound_question_is_not_reported(authored: Authored) -> None:
    authored.questions["sqs"].append(question("sqs.sound"))
    found = lint(compile_content([authored.write()]), TODAY)
    assert not [report for report in found if "sqs.sound" in report.message and report.rule != "duplicate"]


def test_a_question_of_an_exam_has_as_many_options_as_the_exams_do(authored: Authored) -> None:
    del authored.questions["sqs"][0]["options"][3]
    assert "sqs.delay-limit: 3 options, a single question of an exam has 4" in told(authored, "options")


def test_a_fact_that_serves_no_exam_beside_some_that_do_asks_for_a_look(authored: Authored) -> None:
    del authored.facts["sqs"][1]["exams"]
    assert "sqs.retention: serves no exam" in told(authored, "exam")


def test_a_team_teaches_facts_without_an_exam_and_options_as_it_likes(authored: Authored) -> None:
    for taught in authored.facts["sqs"]:
        del taught["exams"]
    del authored.questions["sqs"][0]["options"][3]
    assert told(authored, "options") == told(authored, "exam") == ""
