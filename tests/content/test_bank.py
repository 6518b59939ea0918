"""The shipped content, whole: it loads, it is linted, and nothing in it gives the key away."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.bank import Bank, load
from bot.bank.compiling import compile_content
from bot.bank.lint import Report, Severity, lint
from bot.bank.topics import TopicFinder

CONTENT = Path(__file__).parents[2] / "content"

pytestmark = pytest.mark.bank


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load([CONTENT])


@pytest.fixture(scope="module")
def reports() -> tuple[Report, ...]:
    return lint(compile_content([CONTENT]), dt.datetime.now(dt.UTC).date())


def test_lint_finds_no_error(reports: tuple[Report, ...]) -> None:
    assert [str(report) for report in reports if report.severity is Severity.ERROR] == []


def test_every_fact_that_an_option_confuses_is_taught_where_its_topic_is(bank: Bank) -> None:
    taught = {fact.topic for fact in bank.facts.values()}
    named = {o.confuses for q in bank.questions.values() for o in q.options if o.confuses}
    wanted = {name for name in named if "." in name and name.split(".")[0] in taught}
    assert sorted(wanted - set(bank.facts)) == []
    assert {name.split(".")[0] for name in named} <= set(bank.topics)


def test_every_item_is_whole_under_several_seeds(bank: Bank) -> None:
    for question in bank.questions.values():
        for seed in (1, 2):
            item = bank.item(question.id, seed)
            assert 1 <= len(item.key) <= 3
            assert len(item.options) >= 4
            assert "{" not in item.stem or question.generator is None


def test_both_exams_are_weighted_as_published(bank: Bank) -> None:
    weights = {exam.code: [domain.weight for domain in exam.domains] for exam in bank.exams.values()}
    assert weights == {"DVA-C02": [0.32, 0.26, 0.24, 0.18], "SAA-C03": [0.30, 0.26, 0.24, 0.20]}


def test_every_topic_is_found_by_its_slug_name_and_aliases(bank: Bank) -> None:
    finder = TopicFinder(bank.topics.values())
    for topic in bank.topics.values():
        for spelling in (topic.slug, topic.name, *topic.aliases):
            assert finder.find(spelling).topic == topic, spelling
