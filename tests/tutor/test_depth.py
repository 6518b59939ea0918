"""Asking, calculating, drilling, and readiness, by conversation."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from bot.bank.bank import Bank
from bot.bank.loading import load
from bot.messages import Leaderboard, Notice, QuestionCard, Sheet, Tone, encode
from bot.messages.acts import AnswerPractice, RunCommand, ShowPractice
from tests.support.bank import small_bank
from tests.support.world import World, world

SHIPPED = Path(__file__).parents[2] / "content"


@cache
def shipped() -> Bank:
    """The bank that comes with the program."""
    return load([SHIPPED])


def text_of(message: object) -> str:
    assert isinstance(message, Sheet), message
    return "\n".join([message.lead, *(line for section in message.sections for line in section.lines)])


@pytest.mark.bank
async def test_a_question_is_answered_from_the_facts_with_date_and_link(tmp_path: Path) -> None:
    async with world(tmp_path, bank=shipped()) as made:
        sheet = (await made.says("ben", "/ask how long does sqs keep a message")).message
        assert "14 days" in text_of(sheet)
        assert re.search(r"Verified \d+ \w+ 20\d\d\.", text_of(sheet))
        assert isinstance(sheet, Sheet)
        assert sheet.links[0][1].startswith("https://docs.aws.amazon.com/")
        assert sheet.buttons


@pytest.mark.bank
@pytest.mark.parametrize("asked", ["what is s3", "S3?", "explain amazon s3"])
async def test_who_asks_what_a_service_is_gets_its_own_line_first(tmp_path: Path, asked: str) -> None:
    async with world(tmp_path, bank=shipped()) as made:
        sheet = (await made.says("ben", f"/ask {asked}")).message
        assert isinstance(sheet, Sheet)
        assert sheet.lead.startswith("Amazon S3: ")
        assert {section.title for section in sheet.sections} <= {"Amazon S3"}


@pytest.mark.bank
async def test_what_nobody_taught_it_says_so(tmp_path: Path) -> None:
    async with world(tmp_path, bank=shipped()) as made:
        reply = (await made.says("ben", "/ask who won the football world cup in brazil")).message
        assert isinstance(reply, Notice)
        assert "do not know" in reply.text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("rcu 10 items/s 6 KB eventual", "10"),
        ("rcu 80 items/s 3 KB strong", "80"),
        ("wcu 120 per minute 3.5kb", "8"),
        ("cidr 28", "16"),
    ],
)
async def test_a_sum_is_worked_out(tutoring: World, typed: str, answer: str) -> None:
    sheet = (await tutoring.says("ben", f"/calc {typed}")).message
    assert isinstance(sheet, Sheet)
    assert answer in sheet.lead
    assert sheet.sections[0].lines


async def test_what_is_no_sum_is_answered_with_an_example(tutoring: World) -> None:
    reply = (await tutoring.says("ben", "/calc the meaning of life")).message
    assert isinstance(reply, Notice)
    assert reply.tone is Tone.WARN
    assert isinstance((await tutoring.says("ben", "/calc")).message, Sheet)


@pytest.mark.bank
@pytest.mark.parametrize(
    "pair", ["NAT gateway vs NAT instance", "security-group-vs-network-acl", "multi-az or read replica"]
)
async def test_things_within_one_topic_can_be_drilled_by_their_words(tmp_path: Path, pair: str) -> None:
    async with world(tmp_path, bank=shipped()) as made:
        card = (await made.says("ben", f"/drill {pair}", channel=None)).message
        assert isinstance(card, QuestionCard)
        assert card.heading.startswith("Drill · ")
        assert card.progress == (1, 6)


@pytest.mark.bank
async def test_a_drill_sets_two_things_apart_and_confusions_are_remembered(tmp_path: Path) -> None:
    async with world(tmp_path, bank=shipped()) as made:
        card = (await made.says("ben", "/drill sqs-vs-kinesis", channel=None)).message
        assert isinstance(card, QuestionCard)
        assert "Drill" in card.heading
        for number in range(card.progress[1] if card.progress else 0):
            shown = (await made.desk.click(made.caller("ben", None), encode(ShowPractice(1, number)))).message
            assert isinstance(shown, QuestionCard)
            wrong = [o.position for o in shown.options][-shown.picks :]
            await made.desk.click(
                made.caller("ben", None), encode(AnswerPractice(1, number)), [str(n) for n in wrong]
            )
        sheet = (await made.says("ben", "/drill", channel=None)).message
        assert isinstance(sheet, Sheet | Notice)


async def test_a_drill_on_unknown_things_is_refused(tutoring: World) -> None:
    reply = (await tutoring.says("ben", "/drill cats-vs-dogs")).message
    assert isinstance(reply, Notice)
    assert "/drill" in reply.text


async def practise(made: World, answers: int) -> None:
    """Ben answers so many questions rightly, over some days."""
    for session in range(1, answers // 10 + 1):
        await made.says("ben", "/quiz 10", channel=None)
        for number in range(10):
            shown = (
                await made.desk.click(made.caller("ben", None), encode(ShowPractice(session, number)))
            ).message
            assert isinstance(shown, QuestionCard)
            right = [str(n) for n in range(shown.picks)]
            await made.desk.click(made.caller("ben", None), encode(AnswerPractice(session, number)), right)
        made.clock.forward(days=1)


async def test_readiness_is_hidden_below_thirty_answers_and_a_range_above(tmp_path: Path) -> None:
    async with world(tmp_path, bank=small_bank(10, 20)) as made:
        early = (await made.says("ben", "/exam readiness ex", channel=None)).message
        assert isinstance(early, Notice)
        assert "30 more answers" in early.text
        await practise(made, 40)
        later = (await made.says("ben", "/exam readiness ex", channel=None)).message
        assert isinstance(later, Sheet)
        assert "probability of" in later.lead
        assert "raw cut of 32 to 38 of 50" in text_of(later)


async def test_an_exam_date_is_kept_and_a_past_one_refused(tmp_path: Path) -> None:
    async with world(tmp_path, bank=small_bank(10, 20)) as made:
        refused = (await made.says("ben", "/exam set ex 2020-01-01", channel=None)).message
        assert isinstance(refused, Notice)
        assert "not ahead" in refused.text
        kept = (await made.says("ben", "/exam set ex 2027-02-01", channel=None)).message
        assert isinstance(kept, Notice)
        assert "77 days" in kept.text
        await practise(made, 30)
        sheet = (await made.says("ben", "/exam readiness", channel=None)).message
        days = (dt.date(2027, 2, 1) - made.clock.now().date()).days
        assert f"{days} days to go" in text_of(sheet)


async def test_no_question_comes_twice_in_a_session(tmp_path: Path) -> None:
    async with world(tmp_path, bank=small_bank(3, 8)) as made:
        await made.says("ben", "/quiz 20", channel=None)
        stems = set()
        for number in range(20):
            shown = (await made.desk.click(made.caller("ben", None), encode(ShowPractice(1, number)))).message
            assert isinstance(shown, QuestionCard)
            stems.add(shown.stem)
        assert len(stems) == 20


async def test_the_board_shows_practice_too(tmp_path: Path) -> None:
    async with world(tmp_path, bank=small_bank(10, 20)) as made:
        await practise(made, 10)
        board = (await made.says("ben", "/leaderboard all", channel=None)).message
        assert isinstance(board, Leaderboard)
        assert board.rows[0].answered == 10


def two_exams() -> Bank:
    """A bank with a second exam, so that somebody has to say which."""
    bank = small_bank()
    (exam,) = bank.exams.values()
    other = replace(exam, slug="oh", code="OH-1", name="Other exam")
    return Bank.of((exam, other), bank.topics.values(), bank.facts.values(), bank.questions.values())


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("/mock start quick", ["mock start ex quick", "mock start oh quick"]),
        ("/mock start", ["mock start ex full", "mock start oh full"]),
        ("/exam readiness", ["exam readiness ex", "exam readiness oh"]),
    ],
)
async def test_whoever_names_no_exam_is_offered_each(tmp_path: Path, typed: str, offered: list[str]) -> None:
    async with world(tmp_path, bank=two_exams()) as made:
        asked = (await made.says("ben", typed, channel=None)).message
        assert isinstance(asked, Notice)
        assert [button.act for button in asked.buttons] == [RunCommand(text) for text in offered]


@pytest.mark.bank
@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("what is a dlq", "A redrive policy names a dead-letter queue"),
        ("what is a nat gateway", "A NAT gateway is a managed service"),
        ("what is a gsi", "A global secondary index has a partition key"),
        ("what is a cold start", "A cold start is the delay"),
        ("what is an availability zone", "An Availability Zone is one or more data centers"),
        ("what is a presigned url", "A presigned URL lets its holder"),
        ("what is visibility timeout", "A received message is hidden"),
        ("what is sqs", "SQS is a managed, distributed message queue"),
        ("what is dynamo", "DynamoDB is a serverless"),
        ("max lambda timeout", "The timeout is set from 1 second to 900 seconds"),
        ("lambda memory limit", "Memory is set from 128 MB"),
        ("how long does sqs keep messages", "A queue keeps undeleted messages for four days"),
        ("max size of sqs message", "A message may have up to 1 MiB"),
        ("how big can an s3 object be", "An object may have from 0 bytes"),
        ("dynamodb item size limit", "One item may be at most 400 KB"),
        ("what does ttl do in dynamodb", "Time to Live deletes items"),
        ("security group vs nacl", "Security group: at the network interface"),
        ("difference between alb and nlb", "The listeners of an ALB take HTTP"),
        ("difference between sqs and sns", "SQS stores a message until one of its consumers"),
    ],
)
async def test_a_plain_question_is_answered_by_the_fact_that_one_expects(
    tmp_path: Path, asked: str, wanted: str
) -> None:
    async with world(tmp_path, bank=shipped()) as made:
        sheet = (await made.says("ben", f"/ask {asked}")).message
        assert isinstance(sheet, Sheet)
        facts = [section.lines[0] for section in sheet.sections if section.title]
        assert facts[0].startswith(wanted)


@pytest.mark.bank
async def test_of_two_services_each_is_said_what_it_is(tmp_path: Path) -> None:
    async with world(tmp_path, bank=shipped()) as made:
        sheet = (await made.says("ben", "/ask what is the difference between SQS and SNS?")).message
        assert isinstance(sheet, Sheet)
        assert [line.split(":")[0] for line in sheet.sections[0].lines] == ["Amazon SQS", "Amazon SNS"]
        assert "SNS is a managed publish and subscribe service" in text_of(sheet)


@pytest.mark.bank
async def test_links_to_several_pages_on_one_topic_are_told_apart(tmp_path: Path) -> None:
    async with world(tmp_path, bank=shipped()) as made:
        sheet = (await made.says("ben", "/ask what is s3")).message
        assert isinstance(sheet, Sheet)
        names = [name for name, _link in sheet.links]
        assert len(names) == len(set(names)) > 1
        assert all(name.startswith("Amazon S3: ") for name in names), names
