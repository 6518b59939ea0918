"""The JSON Schemas that editors use, and the sentences made from them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.bank.schemas import FILES, departures, schema, schema_text
from tests.bank.authored import Authored, fact, question

SHIPPED = Path(__file__).parents[2] / "content" / "schema"


@pytest.mark.parametrize("name", FILES)
def test_the_shipped_schemas_are_those_of_the_program(name: str) -> None:
    assert (SHIPPED / f"{name}.json").read_text(encoding="utf-8") == schema_text(name), (
        "run `cloudlark content schema`"
    )


@pytest.mark.parametrize("name", FILES)
def test_schemas_are_valid_themselves(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


def test_sound_files_fit_their_schemas(authored: Authored) -> None:
    root = authored.write()
    files = {"exam": "exams/dva-c02.yaml", "topics": "topics.yaml"}
    files |= {"facts": "sqs/facts.yaml", "questions": "dynamodb/questions.yaml"}
    for name, file in files.items():
        data = yaml.safe_load((root / file).read_text())
        assert list(Draft202012Validator(schema(name)).iter_errors(data)) == []


def test_every_departure_of_a_document_is_told() -> None:
    broken = fact("sqs.delay", statement="", verified_on="yesterday", links="x")
    assert sorted(message.partition(":")[0] for _, message in departures("fact", broken)) == [
        "here",
        "statement",
        "verified_on",
    ]


def test_sentences_stay_short_whatever_was_written() -> None:
    broken = question("sqs.delay", stem=["x" * 5_000])
    assert all(len(message) < 200 for _, message in departures("question", broken))
