"""Topics found by what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.topics import MAX_SUGGESTIONS, TopicFinder, plain
from bot.model.knowledge import Topic


def topic(slug: str, name: str, *aliases: str) -> Topic:
    return Topic(slug, name, aliases, "", "")


FINDER = TopicFinder(
    [
        topic("dynamodb", "Amazon DynamoDB", "ddb", "dynamo"),
        topic("documentdb", "Amazon DocumentDB", "docdb"),
        topic("auto-scaling", "Auto Scaling", "asg", "auto scaling group"),
        topic("api-gateway", "Amazon API Gateway", "apigw"),
        topic("storage-gateway", "AWS Storage Gateway"),
        topic("transit-gateway", "AWS Transit Gateway", "tgw"),
        topic("lambda", "AWS Lambda", "lambda function"),
        topic("lambda-edge", "Lambda@Edge"),
        topic("step-functions", "AWS Step Functions", "sfn"),
        topic("s3", "Amazon S3", "simple storage service"),
        topic("sqs", "Amazon SQS"),
        topic("sns", "Amazon SNS"),
        topic("elastic-beanstalk", "AWS Elastic Beanstalk", "eb"),
        topic("elasticache", "Amazon ElastiCache", "redis"),
    ]
)


def found(text: str) -> str | None:
    match = FINDER.find(text)
    return match.topic.slug if match.topic else None


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("dynamodb", "dynamodb"),
        ("DynamoDB", "dynamodb"),
        ("Amazon DynamoDB", "dynamodb"),
        ("aws dynamodb", "dynamodb"),
        ("dynamo db", "dynamodb"),
        ("DDB", "dynamodb"),
        ("  asg ", "auto-scaling"),
        ("Auto-Scaling", "auto-scaling"),
        ("autoscaling", "auto-scaling"),
        ("AWS Auto Scaling Group", "auto-scaling"),
        ("lambda@edge", "lambda-edge"),
        ("stepfunctions", "step-functions"),
        ("elastic bean stalk", "elastic-beanstalk"),
    ],
)
def test_finds_slugs_names_and_aliases_however_written(text: str, slug: str) -> None:
    assert found(text) == slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("dynmodb", "dynamodb"),
        ("dynamobd", "dynamodb"),
        ("dynamoodb", "dynamodb"),
        ("lamda", "lambda"),
        ("lambada", "lambda"),
        ("step function", "step-functions"),
        ("api gatway", "api-gateway"),
        ("elasticcache", "elasticache"),
        ("s3 buckets", "s3"),
        ("beanstalk elastic", "elastic-beanstalk"),
        ("ddb streams", "dynamodb"),
        ("lambda edge limits", "lambda-edge"),
    ],
)
def test_near_spellings_are_sure_where_one_leads(text: str, slug: str) -> None:
    assert found(text) == slug


def test_a_word_that_several_share_gives_suggestions() -> None:
    match = FINDER.find("gateway")
    assert match.topic is None
    assert {each.slug for each in match.suggestions} == {"api-gateway", "storage-gateway", "transit-gateway"}


def test_two_names_in_one_text_are_both_suggested() -> None:
    match = FINDER.find("sqs vs sns")
    assert match.topic is None
    assert [each.slug for each in match.suggestions] == ["sqs", "sns"]


def test_two_near_names_are_not_decided_for_the_person() -> None:
    assert found("sxs") is None


@pytest.mark.parametrize("text", ["", "   ", "!!!", "weather", "xyzzy", "the capital of France"])
def test_nonsense_finds_nothing(text: str) -> None:
    match = FINDER.find(text)
    assert match.topic is None
    assert match.suggestions == ()


def test_amazon_alone_is_a_word_like_any() -> None:
    assert plain("Amazon") == "amazon"
    assert found("amazon") is None


@given(st.text(max_size=300))
def test_any_text_gives_one_topic_or_few_suggestions(text: str) -> None:
    match = FINDER.find(text)
    assert len(match.suggestions) <= MAX_SUGGESTIONS
    assert not (match.topic and match.suggestions)


@given(st.sampled_from(["dynamodb", "elasticache", "elastic-beanstalk", "step-functions"]), st.data())
def test_two_letters_swapped_still_find_the_topic(slug: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(slug) - 2))
    swapped = slug[:place] + slug[place + 1] + slug[place] + slug[place + 2 :]
    match = FINDER.find(swapped)
    assert slug in {each.slug for each in (match.topic, *match.suggestions) if each}
