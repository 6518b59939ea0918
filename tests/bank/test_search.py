"""Facts found by the words of a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank import Bank, load, search
from bot.bank.words import expanded, stem, stems
from tests.bank.authored import Authored, fact

STATEMENTS = {
    "sqs.what-is": "SQS is a managed queue that decouples producers from consumers.",
    "sqs.visibility-timeout": "A received message is hidden for its visibility timeout, 30 seconds at first.",
    "sqs.dlq": "A dead-letter queue takes messages that were received too often.",
    "sqs.retention": "Messages are kept for four days by default, for 14 days at most.",
    "sqs.long-polling": "Long polling waits up to 20 seconds for messages to arrive.",
    "dynamodb.what-is": "DynamoDB is a serverless key-value database.",
    "dynamodb.gsi-later": "A global secondary index can be added to a table at any time.",
    "dynamodb.lsi-creation": "Local secondary indexes are created together with the table.",
    "dynamodb.rcu": "One RCU serves one strongly consistent read of up to 4 KB a second.",
    "dynamodb.transactions": "Transactions write up to 100 items all together or not at all.",
}


@pytest.fixture(scope="module")
def knowing(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    authored = Authored(tmp_path_factory.mktemp("search"))
    for topic in authored.facts:
        mine = {name: text for name, text in STATEMENTS.items() if name.startswith(f"{topic}.")}
        authored.facts[topic] = [fact(name, statement=text) for name, text in mine.items()]
    authored.questions = {}
    return load([authored.write()])


@pytest.mark.parametrize(
    ("asked", "fact_id"),
    [
        ("How long is the visibility timeout?", "sqs.visibility-timeout"),
        ("DLQ", "sqs.dlq"),
        ("what is a dead letter queue", "sqs.dlq"),
        ("how long are messages kept?", "sqs.retention"),
        ("retention", "sqs.retention"),
        ("can I add a GSI later?", "dynamodb.gsi-later"),
        ("when must LSIs be created", "dynamodb.lsi-creation"),
        ("read capacity unit", "dynamodb.rcu"),
        ("transactional writes", "dynamodb.transactions"),
        ("what is dynamo", "dynamodb.what-is"),
        ("What's DynamoDB?", "dynamodb.what-is"),
        ("what is sqs", "sqs.what-is"),
        ("visibilty timout", "sqs.visibility-timeout"),
    ],
)
def test_the_best_fact_comes_first(knowing: Bank, asked: str, fact_id: str) -> None:
    assert [hit.fact.id for hit in search(knowing, asked)][:1] == [fact_id]


@pytest.mark.parametrize(
    "asked",
    ["", "what is the", "how do I bake bread", "the capital of France", "who won the cup", "asdf qwer", "?!"],
)
def test_nonsense_finds_nothing(knowing: Bank, asked: str) -> None:
    assert search(knowing, asked) == ()


def test_one_known_word_among_strangers_is_no_answer(knowing: Bank) -> None:
    assert search(knowing, "which wizard taught Harry about messages and dragons") == ()


def test_hits_are_limited_and_in_order(knowing: Bank) -> None:
    hits = search(knowing, "messages", limit=2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score > 0


@given(st.text(max_size=300))
def test_any_text_may_be_asked(knowing: Bank, asked: str) -> None:
    assert len(search(knowing, asked, 3)) <= 3


def test_an_empty_bank_knows_nothing() -> None:
    assert search(Bank.of(), "queue") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("replicas", "replica"),
        ("scaling", "scaled"),
        ("policies", "policy"),
        ("indexes", "index"),
        ("stopping", "stops"),
        ("encrypted", "encrypting"),
        ("messages", "message"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["status", "access", "aws", "ring", "dns", "15", "bus"])
def test_words_that_only_look_inflected_are_left(word: str) -> None:
    assert stem(word) == word


def test_abbreviations_and_their_long_forms_find_each_other() -> None:
    assert "dlq" in expanded(stems("a dead-letter queue"))
    assert stem("secondary") in expanded(stems("GSI"))
