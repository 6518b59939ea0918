"""A small content folder, sound in all respects, that tests write and then spoil."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import yaml

WORDS = ["queue", "table", "stream", "bucket", "role", "key", "cache", "index", "shard", "node"]
EXAM: dict[str, Any] = {
    "slug": "dva",
    "code": "DVA-C02",
    "name": "Developer",
    "items_total": 65,
    "items_scored": 50,
    "minutes": 130,
    "scale": [100, 1000],
    "pass_scaled": 720,
    "domains": [
        {
            "number": 1,
            "slug": "development",
            "name": "Development",
            "weight": 0.75,
            "tasks": [{"id": "1.1", "title": "Write code"}, {"id": "1.2", "title": "Tune functions"}],
        },
        {
            "number": 2,
            "slug": "security",
            "name": "Security",
            "weight": 0.25,
            "tasks": [{"id": "2.1", "title": "Sign people in"}],
        },
    ],
}
TOPICS: list[dict[str, Any]] = [
    {
        "slug": "sqs",
        "name": "Amazon SQS",
        "aliases": ["simple queue service", "queue"],
        "summary": "Queues.",
        "link": "https://docs.aws.amazon.com/sqs/x.html",
    },
    {
        "slug": "dynamodb",
        "name": "Amazon DynamoDB",
        "aliases": ["ddb", "dynamo"],
        "summary": "Tables.",
        "link": "https://docs.aws.amazon.com/dynamodb/x.html",
    },
]


def fact(name: str, **changes: Any) -> dict[str, Any]:
    """A fact of an exam's task 1.1."""
    sound = {
        "id": name,
        "statement": f"This is true of {name}.",
        "exams": {"dva": "1.1"},
        "link": "https://docs.aws.amazon.com/a/page.html",
        "verified_on": "2026-01-31",
    }
    return sound | changes


def option(text: str, right: bool = False, **changes: Any) -> dict[str, Any]:
    """An option with its reason; a wrong one confuses the queue's own topic."""
    why = f"Because {text}."
    sound = (
        {"text": text, "right": True, "why": why} if right else {"text": text, "why": why, "confuses": "sqs"}
    )
    return sound | changes


def question(name: str, *facts: str, **changes: Any) -> dict[str, Any]:
    """A sound single-answer question whose second option is right."""
    sound = {
        "id": name,
        "facts": list(facts) or ["sqs.delay"],
        "kind": "single",
        "style": "scenario",
        "difficulty": 2,
        "stem": " ".join(random.Random(name).choices(WORDS, k=12)) + "?",
        "options": [option("red"), option("green", right=True), option("blue"), option("gold")],
        "explanation": "It is green.",
    }
    return sound | changes


def numeric(name: str, **changes: Any) -> dict[str, Any]:
    """A sound numeric question."""
    sound = question(name, "dynamodb.rcu", kind="numeric", style="direct")
    del sound["options"]
    sound |= {
        "stem": "A table serves {rate} reads a second of {size_kb} KB. How many units?",
        "generator": "dynamodb-read-capacity",
        "ranges": {"rate": [10, 400], "size_kb": [1, 30]},
        "fixed": {"consistency": "strong"},
    }
    return sound | changes


class Authored:
    """A content folder on disk. Change the lists, then write."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.exams = {"dva-c02": copy.deepcopy(EXAM)}
        self.topics = copy.deepcopy(TOPICS)
        self.facts: dict[str, list[Any]] = {
            "sqs": [fact("sqs.delay"), fact("sqs.retention", exams={"dva": "2.1"})],
            "dynamodb": [fact("dynamodb.rcu")],
        }
        self.questions: dict[str, list[Any]] = {
            "sqs": [
                question("sqs.delay-limit"),
                question("sqs.delay-both", "sqs.delay", "sqs.retention"),
                question("sqs.retention-limit", "sqs.retention"),
            ],
            "dynamodb": [numeric("dynamodb.rcu-drawn")],
        }

    def write(self) -> Path:
        """Writes every file and returns the root."""
        for name, exam in self.exams.items():
            self.put(f"exams/{name}.yaml", exam)
        if self.topics:
            self.put("topics.yaml", {"topics": self.topics})
        for topic, facts in self.facts.items():
            self.put(f"{topic}/facts.yaml", {"facts": facts})
        for topic, questions in self.questions.items():
            self.put(f"{topic}/questions.yaml", {"questions": questions})
        return self.root

    def put(self, name: str, data: Any) -> Path:
        """Writes one file of this name, from data or as given text."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = data if isinstance(data, str) else yaml.safe_dump(data, sort_keys=False)
        path.write_text(text, encoding="utf-8")
        return path
