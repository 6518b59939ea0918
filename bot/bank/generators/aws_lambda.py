"""Lambda: concurrent executions, and the gigabyte-seconds that are billed.

Source: AWS Lambda Developer Guide, "Understanding Lambda function scaling" (concurrency is requests a second
times the average duration in seconds); AWS Lambda pricing (memory in GB of 1,024 MB times duration in
seconds, the duration by the millisecond since December 2020, in steps of 100 ms before).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from bot.bank.generators.drawn import Mistake, Solution
from bot.bank.generators.generator import Generator
from bot.bank.generators.numbers import Amount, counted, plain, up
from bot.bank.generators.parameter import Parameter, Values, exact
from bot.bank.generators.units import MEGABYTES, MILLISECONDS, REQUESTS
from bot.wording.speech import _, grouped, marked

_DURATION = Parameter(
    "duration_ms", maximum=900_000, unit="ms", step=50, usual=(100, 3000), units=MILLISECONDS
)


def _concurrency(values: Values) -> Solution:
    rate, seconds = exact(values["rate"]), exact(values["duration_ms"]) / 1000
    busy = rate * seconds
    working = _("{rate} per second × {seconds} s = {busy}.")
    if busy.denominator != 1:
        working = _("{rate} per second × {seconds} s = {busy}, so {rounded}.")
    filled = working.format(
        rate=plain(rate), seconds=plain(seconds, 3), busy=plain(busy, 3), rounded=grouped(up(busy))
    )
    return Solution(up(busy), filled)


def _concurrency_mistakes(values: Values) -> Iterator[Mistake]:
    rate, seconds = exact(values["rate"]), exact(values["duration_ms"]) / 1000
    yield Mistake(up(rate), "Leaves out how long each execution runs.")
    yield Mistake(up(rate / seconds), "Divides by the duration; longer runs need more at once, not fewer.")
    yield Mistake(up(rate * up(seconds)), "Rounds the duration up to whole seconds.")
    yield Mistake(up(rate * seconds / 10), "Slips a digit when turning milliseconds into seconds.")
    yield Mistake(up(rate * seconds * 2), "Counts every execution twice.")
    yield Mistake(1000, "Is the default quota of an account, not what this load needs.")


def _gb_seconds(values: Values) -> Solution:
    runs, seconds = exact(values["invocations"]), exact(values["duration_ms"]) / 1000
    memory = exact(values["memory_mb"]) / 1024
    working = _("{runs} × {seconds} s × {memory} / 1,024 GB = {total} GB-seconds.").format(
        runs=plain(runs),
        seconds=plain(seconds, 3),
        memory=plain(exact(values["memory_mb"])),
        total=plain(runs * seconds * memory),
    )
    return Solution(runs * seconds * memory, working)


def _gb_seconds_mistakes(values: Values) -> Iterator[Mistake]:
    runs, seconds = exact(values["invocations"]), exact(values["duration_ms"]) / 1000
    memory = exact(values["memory_mb"]) / 1024
    in_steps = Fraction(up(seconds * 10), 10)
    yield Mistake(runs * seconds, "Leaves out the memory.")
    yield Mistake(runs * in_steps * memory, "Rounds each run up to 100 ms, as billed before December 2020.")
    yield Mistake(runs * memory, "Leaves out the duration.")
    yield Mistake(runs * up(seconds) * memory, "Rounds each run up to a whole second.")
    yield Mistake(runs * seconds * memory * 1024 / 1000, "Takes 1,000 MB for a GB; Lambda counts 1,024.")
    yield Mistake(runs * seconds / memory, "Divides by the memory instead of multiplying.")


def _write(amount: Amount) -> str:
    return _("{amount} GB-seconds").format(amount=plain(amount, 2 if amount >= 1 else 7))


def _near(amount: Amount) -> Iterator[Mistake]:
    yield Mistake(amount * 2, "Counts everything twice.")
    yield Mistake(Fraction(amount) / 2, "Counts only half of it.")
    yield Mistake(amount * 10, "Slips a digit when turning milliseconds into seconds.")
    yield Mistake(amount * 1024, "Slips when turning MB into GB.")


CONCURRENCY = Generator(
    name="lambda-concurrency",
    title=marked("Lambda concurrency"),
    parameters=(
        Parameter(
            "rate",
            maximum=1_000_000,
            unit=marked("requests per second"),
            minimum=0.001,
            decimals=True,
            step=5,
            usual=(10, 800),
            units=REQUESTS,
            per_second=True,
        ),
        _DURATION,
    ),
    solution=_concurrency,
    mistakes=_concurrency_mistakes,
    write=counted("{n} concurrent execution", "{n} concurrent executions"),
    aliases=("concurrency", "lambda"),
    example="concurrency 100 requests/s 250 ms",
)
GB_SECONDS = Generator(
    name="lambda-gb-seconds",
    title=marked("Lambda GB-seconds"),
    parameters=(
        Parameter(
            "invocations",
            maximum=10**12,
            unit=marked("invocations"),
            step=100_000,
            usual=(100_000, 5_000_000),
            units=REQUESTS,
        ),
        _DURATION,
        Parameter(
            "memory_mb",
            choices=("128", "256", "512", "1536", "2048"),
            minimum=128,
            maximum=10_240,
            unit="MB",
            units=MEGABYTES,
        ),
    ),
    solution=_gb_seconds,
    mistakes=_gb_seconds_mistakes,
    write=_write,
    aliases=("gb-seconds", "gbs", "gbseconds", "lambda-cost"),
    example="gb-seconds 3 million invocations 200 ms 512 MB",
    near=_near,
)
FAMILY: tuple[Generator, ...] = (CONCURRENCY, GB_SECONDS)
