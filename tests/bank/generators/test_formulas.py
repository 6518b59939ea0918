"""Every sum against a formula written independently: step by step, by counting, or with other arithmetic."""

import ipaddress
from decimal import Decimal
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank.generators import GENERATORS


def number(name: str, **values: object) -> Decimal:
    """The number in the answer."""
    answer = GENERATORS[name].solve(values).answer
    return Decimal(answer.split()[0].strip("%").replace(",", ""))


def half_units(size_kb: float, step: int) -> int:
    units = 0
    while units * step < size_kb:
        units += 1
    return units


sizes = st.one_of(st.integers(1, 400), st.integers(1, 4000).map(lambda tenths: tenths / 10))


@given(st.integers(1, 5000), sizes, st.sampled_from(["eventual", "strong", "transactional"]))
def test_read_capacity(rate, size, consistency):
    halves = {"eventual": 1, "strong": 2, "transactional": 4}[consistency]
    total = rate * half_units(size, 4) * halves
    expected = (total + 1) // 2
    found = number("dynamodb-read-capacity", rate=rate, size_kb=size, consistency=consistency)
    assert found == expected


@given(st.integers(1, 5000), sizes, st.sampled_from(["standard", "transactional"]))
def test_write_capacity(rate, size, mode):
    expected = sum(half_units(size, 1) for _ in range(2 if mode == "transactional" else 1)) * rate
    assert number("dynamodb-write-capacity", rate=rate, size_kb=size, mode=mode) == expected


@given(st.integers(1, 100_000), st.integers(1, 3600), st.integers(1, 40))
def test_capacity_for_items_per_period_is_enough_and_not_one_too_many(items, seconds, size):
    needed = items * half_units(size, 1)
    found = int(number("dynamodb-write-capacity", items=items, seconds=seconds, size_kb=size))
    assert (found - 1) * seconds < needed <= found * seconds


@given(st.integers(0, 90), st.integers(0, 90), st.integers(1, 900))
def test_partitions(rcu, wcu, size):
    rcu, wcu = rcu * 500, wcu * 500
    fits = next(n for n in range(1, 200) if rcu / 3000 + wcu / 1000 <= n + 1e-9 and size <= 10 * n)
    assert number("dynamodb-partitions", rcu=rcu, wcu=wcu, size_gb=size) == fits


@given(st.integers(0, 32))
def test_cidr_size(prefix):
    expected = ipaddress.ip_network(f"10.0.0.0/{prefix}", strict=False).num_addresses
    assert number("cidr-size", prefix=prefix) == expected


@given(st.integers(16, 28))
def test_cidr_usable(prefix):
    network = ipaddress.ip_network(f"10.0.0.0/{prefix}")
    kept = {network[0], network[1], network[2], network[3], network[-1]}
    assert number("cidr-usable", prefix=prefix) == network.num_addresses - len(kept)


@given(st.integers(1, 200), st.integers(0, 100_000), st.integers(0, 300))
def test_kinesis_shards(in_mb, records, out_mb):
    fits = next(n for n in range(1, 500) if in_mb <= n and records <= 1000 * n and out_mb <= 2 * n)
    found = number("kinesis-shards", in_mb_s=in_mb, in_records_s=records, out_mb_s=out_mb)
    assert found == fits


@given(st.integers(1, 5000), st.integers(1, 900_000))
def test_lambda_concurrency_is_what_littles_law_asks(rate, duration):
    found = int(number("lambda-concurrency", rate=rate, duration_ms=duration))
    assert (found - 1) * 1000 < rate * duration <= found * 1000


@given(st.integers(1, 10**8), st.integers(1, 900_000), st.integers(2, 160).map(lambda n: 64 * n))
def test_lambda_gb_seconds(invocations, duration, memory):
    expected = Decimal(invocations) * duration * memory / 1_024_000
    found = number("lambda-gb-seconds", invocations=invocations, duration_ms=duration, memory_mb=memory)
    assert abs(found - expected) <= (Decimal("0.005") if expected >= 1 else Decimal("0.00000005"))


@given(st.integers(1, 10**6))
def test_sqs_batches(messages):
    assert number("sqs-batches", messages=messages) == len(range(0, messages, 10))


@given(st.integers(1, 900), st.integers(0, 300))
def test_sqs_visibility(timeout, window):
    expected = sum([timeout] * 6, window)
    assert number("sqs-visibility", timeout_s=timeout, window_s=window) == expected


@given(st.integers(1, 5000), st.integers(5, 5120))
def test_s3_parts(gigabytes, part):
    parts = int(number("s3-multipart-parts", object_gb=gigabytes, part_mb=part))
    assert (parts - 1) * part < gigabytes * 1024 <= parts * part


def test_s3_parts_beyond_the_limit_say_which_size_would_do():
    worked = GENERATORS["s3-multipart-parts"].solve({"object_gb": 500, "part_mb": 5})
    assert worked.answer == "102,400 parts"
    assert "at least 52 MB" in worked.working


@given(st.integers(1, 1000), st.sampled_from(["get", "put"]))
def test_s3_request_rate(prefixes, kind):
    expected = sum(5500 if kind == "get" else 3500 for _ in range(prefixes))
    assert number("s3-request-rate", prefixes=prefixes, kind=kind) == expected


@given(st.integers(4, 65_536))
def test_iops_of_a_volume(size):
    gp3 = sorted((3000, 500 * size, 80_000))[1]
    assert number("gp3-iops", size_gib=size) == gp3
    io2 = 1000 * size if size < 256 else 256_000
    assert number("io2-iops", size_gib=size) == io2


@given(st.integers(100, 80_000))
def test_smallest_volume_for_wanted_iops(iops):
    gp3 = int(number("gp3-size", iops=iops))
    assert number("gp3-iops", size_gib=gp3) >= iops
    assert gp3 == 1 or number("gp3-iops", size_gib=gp3 - 1) < iops
    io2 = int(number("io2-size", iops=iops))
    assert number("io2-iops", size_gib=io2) >= iops
    assert io2 == 4 or number("io2-iops", size_gib=io2 - 1) < iops


@given(st.integers(1, 255), st.integers(0, 2550))
def test_route53_share(weight, others):
    expected = Decimal(100) * weight / (weight + others)
    assert abs(number("route53-weight", weight=weight, others_total=others) - expected) <= Decimal("0.005")


@pytest.mark.parametrize("name", ["cloudfront-cache", "api-gateway-cache"])
@given(requests=st.integers(1, 10**6), hits=st.integers(0, 99))
def test_requests_that_pass_a_cache(name, requests, hits):
    answered = requests * hits // 100
    assert number(name, requests=requests, hit_percent=hits) == requests - answered


@given(st.integers(1, 48), st.integers(1, 500))
def test_data_lost_is_counted_from_the_last_finished_backup(every, failure):
    finished = max(hour for hour in range(0, failure, every))
    assert number("rpo-rto", every_hours=every, failure_hours=failure) == failure - finished


@given(st.integers(1, 5000), st.integers(1, 1000), st.integers(0, 60))
def test_time_until_a_restore_is_done(size, rate, detect):
    seconds = Decimal(size) * 1024 / rate + detect * 60
    expected = ceil(seconds / 60 - Decimal("1e-18"))
    assert number("rto-restore", size_gb=size, rate_mb_s=rate, detect_minutes=detect) == expected


@given(st.sampled_from(["99", "99.5", "99.9", "99.95", "99.99"]), st.integers(2, 6))
def test_availability_in_series(each, components):
    expected = Decimal(100)
    for _ in range(components):
        expected = expected * Decimal(each) / 100
    found = number("availability-series", availability=each, components=components)
    assert abs(found - expected) <= Decimal("0.00005")


@given(st.sampled_from(["90", "99", "99.5", "99.9"]), st.integers(2, 4))
def test_availability_in_parallel(each, components):
    down = Decimal(100)
    for _ in range(components):
        down = down * (100 - Decimal(each)) / 100
    found = number("availability-parallel", availability=each, components=components)
    assert abs(100 - found - down) <= down / 100


@given(st.integers(1, 99))
def test_a_commitment_pays_from_the_first_hour_at_which_on_demand_costs_more(discount):
    first = next(hours for hours in range(731) if hours * 100 >= 730 * (100 - discount))
    assert number("savings-break-even", discount_percent=discount) == first


@given(st.integers(1, 300), st.integers(1, 300), st.integers(0, 100))
def test_a_mixed_group_is_filled_one_instance_after_the_other(desired, base, share):
    on_demand = 0
    for instance in range(1, desired + 1):
        above = instance - base
        if above <= 0 or (on_demand - base) * 100 < above * share:
            on_demand += 1
    found = number("mixed-fleet", desired=desired, base=base, on_demand_percent=share)
    assert found == on_demand


@given(st.integers(1, 500), st.integers(6, 12))
def test_so_many_years_make_one_lost_object_likely(millions, nines):
    years = number("durability-loss", objects_millions=millions, nines=nines)
    lost_a_year = Decimal(millions) * 10**6 / Decimal(10) ** nines
    assert years * lost_a_year >= 1
    assert (years - 1) * lost_a_year < 1
