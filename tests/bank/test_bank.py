"""The bank's indices and selections."""

from __future__ import annotations

from typing import Any

import pytest

from bot.bank import Bank, load
from bot.model.knowledge import Question
from tests.bank.authored import Authored


def ids(questions: tuple[Question, ...]) -> list[str]:
    return [question.id for question in questions]


def test_indices_lead_to_questions(bank: Bank) -> None:
    assert ids(bank.by_fact["sqs.retention"]) == ["sqs.delay-both", "sqs.retention-limit"]
    assert ids(bank.by_topic["dynamodb"]) == ["dynamodb.rcu-drawn"]
    assert ids(bank.by_domain["dva", "security"]) == ["sqs.delay-both", "sqs.retention-limit"]
    assert ids(bank.by_task["dva", "1.1"]) == ["dynamodb.rcu-drawn", "sqs.delay-limit", "sqs.delay-both"]
    assert ("dva", "1.2") not in bank.by_task


def test_the_exams_of_a_question_come_from_its_facts(bank: Bank) -> None:
    assert bank.exams_of(bank.questions["sqs.delay-both"]) == {"dva": {"development", "security"}}


def test_select_narrows_by_topic_exam_and_domain(bank: Bank) -> None:
    assert len(bank.select()) == 4
    assert len(bank.select(["sqs"])) == 3
    assert ids(bank.select(["sqs", "dynamodb"], exam="dva", domain="security")) == [
        "sqs.delay-both",
        "sqs.retention-limit",
    ]
    assert ids(bank.select(domain="security")) == ["sqs.delay-both", "sqs.retention-limit"]


@pytest.mark.parametrize(
    "choice", [{"topics": ["none"]}, {"exam": "none"}, {"exam": "dva", "domain": "none"}]
)
def test_unknown_names_select_nothing(bank: Bank, choice: dict[str, Any]) -> None:
    assert bank.select(**choice) == ()


def test_a_topic_without_questions_is_known_but_not_offered(authored: Authored) -> None:
    authored.questions["dynamodb"] = []
    bank = load([authored.write()])
    assert "dynamodb" in bank.topics
    assert [topic.slug for topic in bank.offered] == ["sqs"]
    assert bank.find_topic("dynamodb").topic is None


def test_finds_topics_by_what_people_type(bank: Bank) -> None:
    match = bank.find_topic("dynmodb")
    assert match.topic is bank.topics["dynamodb"]


def test_a_bank_cannot_be_changed(bank: Bank) -> None:
    with pytest.raises(TypeError):
        bank.questions["x"] = bank.questions["sqs.delay-limit"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        bank.facts = {}  # type: ignore[misc]
