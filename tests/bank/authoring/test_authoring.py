"""Cards, blind sheets, coverage and counts as authors see them."""

from __future__ import annotations

import pytest

from bot.bank import Bank
from bot.bank.authoring import blind, cards, counts


def test_a_card_shows_keys_reasons_facts_and_links(bank: Bank) -> None:
    card = cards.question_card(bank, "sqs.delay-both", seed=0)
    assert "✓ B  green" in card
    assert "  A  red" in card
    assert "Because red. [sqs]" in card
    assert "sqs.retention: dva 2.1 (security)" in card
    assert "https://docs.aws.amazon.com/a/page.html, verified 2026-01-31" in card


def test_a_numeric_card_is_drawn_by_the_seed(bank: Bank) -> None:
    first, second = (cards.question_card(bank, "dynamodb.rcu-drawn", seed) for seed in (1, 2))
    assert first != second
    assert first == cards.question_card(bank, "dynamodb.rcu-drawn", 1)
    assert "✓" in first


def test_a_fact_card_says_who_asks_for_it(bank: Bank) -> None:
    assert "asked by sqs.delay-both, sqs.retention-limit" in cards.fact_card(bank, "sqs.retention")


def test_a_blind_sheet_gives_nothing_away(bank: Bank) -> None:
    sheet = blind.sheet(bank, bank.by_topic["sqs"], seed=5)
    assert "sqs.delay-limit" in sheet
    assert "A) " in sheet
    assert "Because" not in sheet
    assert "✓" not in sheet


def test_options_of_a_sheet_stand_as_the_seed_shuffles_them(bank: Bank) -> None:
    item = bank.item("sqs.delay-limit", 5)
    lines = [f"  {letter}) {option.text}" for letter, option in zip("ABCD", item.options, strict=True)]
    assert "\n".join(lines) in blind.sheet(bank, [item.question], seed=5)


def test_answers_are_read_in_many_hands() -> None:
    text = "# by hand\n\nsqs.a: B\n  sqs.b :a, C \nsqs.c:f\n"
    assert blind.answers_of(text) == {"sqs.a": {"B"}, "sqs.b": {"A", "C"}, "sqs.c": {"F"}}


@pytest.mark.parametrize("line", ["sqs.a", "sqs.a: G", "sqs.a: B C", "sqs.a: B\nsqs.a: C", ": A"])
def test_answers_that_cannot_be_read_name_their_line(line: str) -> None:
    with pytest.raises(blind.AnswersError, match=r"^Line \d "):
        blind.answers_of(line)


def test_right_answers_agree_and_wrong_ones_are_set_against_the_key(bank: Bank) -> None:
    questions = bank.by_topic["sqs"]
    keys = {}
    for question in questions:
        texts = cards.lettered(bank.item(question.id, 9))
        keys[question.id] = frozenset(letter for letter, text in texts.items() if text == "green")
    assert blind.compare(bank, questions, keys, 9) == blind.Verdict(3, (), ())
    red = next(k for k, text in cards.lettered(bank.item("sqs.delay-limit", 9)).items() if text == "red")
    verdict = blind.compare(bank, questions, {"sqs.delay-limit": frozenset(red)}, 9)
    (told,) = verdict.disagreements
    assert f"reviewer: {red}) red" in told
    assert ") green" in told
    assert verdict.unanswered == ("sqs.delay-both", "sqs.retention-limit")


def test_a_letter_beyond_the_options_is_a_disagreement(bank: Bank) -> None:
    verdict = blind.compare(bank, bank.by_topic["sqs"], {"sqs.delay-limit": frozenset("F")}, 0)
    assert "there is no such option" in verdict.disagreements[0]


def test_answers_to_other_questions_are_refused(bank: Bank) -> None:
    with pytest.raises(blind.AnswersError, match="not on the sheet"):
        blind.compare(bank, bank.by_topic["sqs"], {"dynamodb.rcu-drawn": frozenset("A")}, 0)


def test_coverage_tells_missing_facts_and_rare_ones(bank: Bank) -> None:
    found = counts.coverage_of(bank, ["sqs.delay", "sqs.gone", "dynamodb.rcu", "sqs.gone"])
    assert found == counts.Coverage(wanted=3, missing=("sqs.gone",), asked_rarely=("dynamodb.rcu",))


def test_counts_go_by_every_heading(bank: Bank) -> None:
    tables = counts.counts_of(bank)
    assert tables["total"] == {"questions": 4, "facts": 3, "topics": 2}
    assert tables["task"] == {"dva 1.1": 3, "dva 1.2": 0, "dva 2.1": 2}
    assert tables["style"] == {"direct": 1, "scenario": 3}
    assert tables["kind"] == {"numeric": 1, "single": 3}
    assert tables["topic"] == {"sqs": 3, "dynamodb": 1}
