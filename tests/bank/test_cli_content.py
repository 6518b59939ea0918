"""`cloudlark content` as typed: what it prints and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.content import app
from tests.bank.authored import Authored


def run(authored: Authored, *words: str) -> Result:
    content = () if words[0] == "schema" else ("--content", str(authored.write()))
    return CliRunner().invoke(app, [*words, *content])


def test_lint_prints_a_tally_and_succeeds_without_errors(authored: Authored) -> None:
    result = run(authored, "lint", "--topic", "sqs")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1].startswith("0 errors, ")


def test_lint_fails_with_errors_and_prints_json(authored: Authored) -> None:
    authored.questions["sqs"][0]["stem"] = ""
    result = run(authored, "lint", "--json")
    assert result.exit_code == 1
    rows = json.loads(result.stdout)
    assert {"path", "line", "rule", "severity", "message"} == set(rows[0])
    assert any(row["rule"] == "content" and row["line"] for row in rows)


def test_coverage_fails_when_facts_are_missing(authored: Authored, tmp_path: Path) -> None:
    ids = tmp_path / "ids"
    ids.write_text("sqs.delay\nsqs.gone\n\n")
    result = run(authored, "coverage", "--ids", str(ids))
    assert result.exit_code == 1
    assert "missing: sqs.gone" in result.output
    ids.write_text("sqs.delay\n")
    assert run(authored, "coverage", "--ids", str(ids), "--json").exit_code == 0


def test_preview_shows_questions_and_facts(authored: Authored) -> None:
    assert "✓ B  green" in run(authored, "preview", "sqs.delay-limit").output
    assert "asked by" in run(authored, "preview", "sqs.delay").output
    assert "RCU" in run(authored, "preview", "dynamodb.rcu-drawn", "--seed", "4").output


def test_blind_and_compare_go_together(authored: Authored, tmp_path: Path) -> None:
    sheet = run(authored, "blind", "sqs", "--seed", "3").output
    assert sheet.startswith("# seed 3")
    answers = tmp_path / "answers"
    answers.write_text("sqs.delay-limit: F\n")
    result = run(authored, "compare", "sqs", str(answers), "--seed", "3")
    assert result.exit_code == 1
    assert "1 answered, 1 disagree, 2 not answered" in result.output


def test_blind_takes_one_file_of_a_topic(authored: Authored) -> None:
    more = [authored.questions["sqs"].pop()]
    file = authored.put("sqs/questions-more.yaml", {"questions": more})
    sheet = run(authored, "blind", "sqs", "--file", str(file)).output
    assert "sqs.retention-limit" in sheet
    assert "sqs.delay-limit" not in sheet


def test_stats_count_by_every_heading(authored: Authored) -> None:
    assert "     3  sqs" in run(authored, "stats").output
    assert json.loads(run(authored, "stats", "--json").output)["total"]["questions"] == 4


def test_giveaways_list_every_guesser(authored: Authored) -> None:
    assert "longest: " in run(authored, "giveaways").output
    assert len(json.loads(run(authored, "giveaways", "--topic", "sqs", "--json").output)) == 6
    assert run(authored, "giveaways", "--guesser", "longest").output.split() == [
        "sqs.delay-limit",
        "sqs.delay-both",
        "sqs.retention-limit",
    ]


def test_schema_writes_every_schema(authored: Authored, tmp_path: Path) -> None:
    assert run(authored, "schema", str(tmp_path)).exit_code == 0
    assert {path.name for path in tmp_path.glob("*.json")} == {
        "exam.json",
        "facts.json",
        "pack.json",
        "questions.json",
        "topics.json",
    }


@pytest.mark.parametrize(
    "words",
    [
        ("lint", "--topic", "nothing"),
        ("giveaways", "--topic", "nothing"),
        ("giveaways", "--guesser", "oracle"),
        ("coverage", "--ids", "/proc/nowhere/ids"),
        ("preview", "sqs.delay-limits"),
        ("preview", "x"),
        ("blind", "nothing"),
        ("blind", "sqs", "--file", "/nowhere.yaml"),
        ("compare", "sqs", "/proc/nowhere"),
        ("compare", "sqs", "/dev/null/x"),
        ("schema", "/proc/nowhere"),
    ],
)
def test_bad_input_gives_one_sentence_and_exit_code_two(authored: Authored, words: tuple[str, ...]) -> None:
    result = run(authored, *words)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.strip()[-1] in ".?"


def test_a_missing_content_folder_is_one_sentence() -> None:
    result = CliRunner().invoke(app, ["stats", "--content", "/proc/nowhere"])
    assert result.exit_code == 2
    assert result.stderr == "There is no content folder /proc/nowhere.\n"


def test_answers_that_are_not_text_are_one_sentence(authored: Authored, tmp_path: Path) -> None:
    (tmp_path / "answers").write_bytes(b"\xff\xfe\x00")
    result = run(authored, "compare", "sqs", str(tmp_path / "answers"))
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
