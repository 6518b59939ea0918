import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.generators import GENERATORS
from bot.bank.generators.calc import NotUnderstood, names, parse

RCU, WCU, GBS = "dynamodb-read-capacity", "dynamodb-write-capacity", "lambda-gb-seconds"


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("rcu 10 items/s 6 KB eventual", RCU, {"rate": 10, "size_kb": 6, "consistency": "eventual"}),
        ("RCU: 6KB, 10 rps, strongly consistent", RCU, {"rate": 10, "size_kb": 6, "consistency": "strong"}),
        ("dynamodb read capacity 10 6", RCU, {"rate": 10, "size_kb": 6}),
        ("rcu rate=10 size_kb=6.5", RCU, {"rate": 10, "size_kb": 6.5}),
        ("wcu 120 per minute 3.5kb", WCU, {"items": 120, "seconds": 60, "size_kb": 3.5}),
        ("wcu 1,200 items every 5 minutes 2 KB", WCU, {"items": 1200, "seconds": 300, "size_kb": 2}),
        ("wcu 9 rps 2 KB tran", WCU, {"rate": 9, "size_kb": 2, "mode": "transactional"}),
        ("wcu 2k items a second 512 bytes", WCU, {"rate": 2000, "size_kb": 0.5}),
        ("partitions 7500 RCU 3000 WCU 1 TB", "dynamodb-partitions", {"rcu": 7500, "wcu": 3000, "size_gb": 1024}),
        ("cidr 22", "cidr-size", {"prefix": 22}),
        ("cidr /22", "cidr-size", {"prefix": 22}),
        ("subnet /24", "cidr-usable", {"prefix": 24}),
        ("shards 5MB/s in 2000 rec/s", "kinesis-shards", {"in_mb_s": 5, "in_records_s": 2000}),
        ("shards out 8 MB/s in 5 MB/s", "kinesis-shards", {"in_mb_s": 5, "out_mb_s": 8}),
        ("shards 8 MB/s out 5 MB/s in", "kinesis-shards", {"in_mb_s": 5, "out_mb_s": 8}),
        ("concurrency 6000 requests per minute 1.5 s", "lambda-concurrency", {"rate": 100, "duration_ms": 1500}),
        ("gb-seconds 3M 200ms 512MB", GBS, {"invocations": 3_000_000, "duration_ms": 200, "memory_mb": 512}),
        ("gb-seconds 3 million 0.2 s 1 GB", GBS, {"invocations": 3_000_000, "duration_ms": 200, "memory_mb": 1024}),
        ("parts 100 MB part 10 GB object", "s3-multipart-parts", {"object_gb": 10, "part_mb": 100}),
        ("prefixes 10 put", "s3-request-rate", {"prefixes": 10, "kind": "put"}),
        ("gp3 2 TiB", "gp3-iops", {"size_gib": 2048}),
        ("weight 10 of others 30", "route53-weight", {"weight": 10, "others_total": 30}),
        ("weight 10 30", "route53-weight", {"weight": 10, "others_total": 30}),
        ("visibility timeout 1 min window 20 s", "sqs-visibility", {"timeout_s": 60, "window_s": 20}),
        ("rpo every 6 h failure after 20 h", "rpo-rto", {"every_hours": 6, "failure_hours": 20}),
        ("rto 500 GB 200 MB/s 15 min", "rto-restore", {"size_gb": 500, "rate_mb_s": 200, "detect_minutes": 15}),
        ("series 99.9% x 3", "availability-series", {"availability": 99.9, "components": 3}),
        ("cloudfront 10k requests 80 % hit ratio", "cloudfront-cache", {"requests": 10_000, "hit_percent": 80}),
    ],
)  # fmt: skip
def test_understands_what_people_type(text, name, values):
    generator, found = parse(text)
    assert (generator.name, found) == (name, values)
    assert generator.solve(found).answer


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Say which sum you want. For example: rcu"),
        ("   ", "Say which sum you want."),
        ("cdir 22", "I know no sum called cdir. Did you mean cidr? For example: cidr 22"),
        ("bananas", "I know no sum called bananas. For example: rcu"),
        ("rcu 10 items/s 6 KB banana", "I do not understand “banana”. For example: rcu 10"),
        ("rcu 10 items/s 6 KB 7 KB", "There is one number too many: 7 kb. For example: rcu"),
        ("cidr 22 23", "There is one number too many: 23. For example: cidr 22"),
        ("cidr -3", "I do not understand “-”."),
        ("cidr colour=3", "Addresses in a CIDR block knows no colour."),
    ],
)
def test_says_what_it_does_not_understand_with_an_example(text, sentence):
    with pytest.raises(NotUnderstood) as error:
        parse(text)
    assert str(error.value).startswith(sentence)
    assert "For example: " in str(error.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("rcu", "DynamoDB read capacity also needs the rate. For example: rcu 10 items/s 6 KB eventual"),
        ("cidr 99", "The prefix has to be 0 to 32 bits, not 99."),
        ("cidr 22.5", "The prefix has to be a whole number, not 22.5."),
        ("rcu 10 items/s 500 KB", "The size has to be 0.001 to 400 KB, not 500."),
        ("rcu 10/0 s 3", "The seconds has to be 1 to 86,400 seconds, not 0."),
        (
            "rcu 10 6 consistency=odd",
            "The consistency has to be one of strong, eventual, transactional, not odd.",
        ),
    ],
)
def test_values_that_cannot_be_are_refused_in_one_sentence(text, sentence):
    generator, values = parse(text)
    with pytest.raises(ValueError) as error:
        generator.solve(values)
    assert str(error.value) == sentence


def test_thirds_of_a_second_do_not_become_one_more():
    generator, values = parse("concurrency 100 per minute 600 ms")
    assert generator.solve(values).answer == "1 concurrent execution"


def reply(text: str) -> str:
    try:
        generator, values = parse(text)
        return generator.solve(values).answer
    except ValueError as error:
        return str(error)


@given(st.sampled_from(sorted(names())), st.text(max_size=40))
def test_whatever_is_typed_it_answers_or_says_why(name, rest):
    said = reply(f"{name} {rest}")
    assert said
    assert "\n" not in said


def test_every_alias_leads_somewhere():
    assert set(names()) >= set(GENERATORS)
    assert all(parse(f"{alias} ")[0] is generator for alias, generator in names().items())
