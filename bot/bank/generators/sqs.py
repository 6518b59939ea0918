"""SQS: calls for a pile of messages, and the visibility timeout before a Lambda function.

Sources: Amazon SQS Developer Guide, "Amazon SQS batch actions" (at most 10 messages a call); AWS Lambda
Developer Guide, "Creating and configuring an Amazon SQS event source mapping" (a visibility timeout of at
least six times the function's timeout, plus the batching window); 12 hours is the longest one.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.bank.generators.drawn import Mistake, Solution
from bot.bank.generators.generator import Generator
from bot.bank.generators.numbers import counted, down, plain, up
from bot.bank.generators.parameter import Parameter, Values, exact
from bot.bank.generators.units import SECONDS, things
from bot.wording.speech import _, grouped, marked

BATCH = 10
TIMES = 6
LONGEST = 43_200


def _batches(values: Values) -> Solution:
    messages = exact(values["messages"])
    calls = up(messages / BATCH)
    working = _("A call carries up to 10 messages: {messages} / 10, rounded up, is {calls}.")
    return Solution(calls, working.format(messages=plain(messages), calls=grouped(calls)))


def _batch_mistakes(values: Values) -> Iterator[Mistake]:
    messages = exact(values["messages"])
    yield Mistake(messages, "Sends every message in a call of its own.")
    yield Mistake(down(messages / BATCH), "Rounds down and leaves the last messages behind.")
    yield Mistake(up(messages / 25), "Takes 25 a call, the limit of DynamoDB's BatchWriteItem.")
    yield Mistake(up(messages / 100), "Takes 100 a call, the limit of DynamoDB's BatchGetItem.")
    yield Mistake(up(messages / BATCH) + 1, "Adds a call that would carry nothing.")


def _visibility(values: Values) -> Solution:
    timeout, window = exact(values["timeout_s"]), exact(values["window_s"])
    seconds = TIMES * timeout + window
    working = _("Six times the function's timeout: 6 × {timeout} s = {seconds} s.")
    if window:
        working = _(
            "Six times the function's timeout: 6 × {timeout} s + {window} s of batching window = {seconds} s."
        )
    working = working.format(timeout=plain(timeout), window=plain(window), seconds=plain(seconds))
    if seconds > LONGEST:
        working += " " + _("SQS allows at most 43,200 s.")
    return Solution(seconds if seconds < LONGEST else LONGEST, working)


def _visibility_mistakes(values: Values) -> Iterator[Mistake]:
    timeout, window = exact(values["timeout_s"]), exact(values["window_s"])
    if window:
        yield Mistake(TIMES * timeout, "Leaves out the batching window.")
    yield Mistake(timeout, "Is the function's timeout: no room to retry a throttled batch.")
    yield Mistake(3 * timeout + window, "Takes three times the timeout; the advice is six.")
    yield Mistake(2 * timeout + window, "Takes twice the timeout; the advice is six.")
    yield Mistake(30, "Is the queue's default, whatever the function needs.")
    yield Mistake(LONGEST, "Is the longest that SQS allows; failed messages would wait for hours.")


BATCHES = Generator(
    name="sqs-batches",
    title=marked("SQS batch calls"),
    parameters=(
        Parameter(
            "messages",
            maximum=10**12,
            unit=marked("messages"),
            usual=(21, 5000),
            units=things("message", "messages", "msg", "msgs"),
        ),
    ),
    solution=_batches,
    mistakes=_batch_mistakes,
    write=counted("{n} call", "{n} calls"),
    aliases=("batches", "sqs", "sqs-batch", "batch"),
    example="sqs 1234 messages",
)
VISIBILITY = Generator(
    name="sqs-visibility",
    title=marked("SQS visibility timeout for Lambda"),
    parameters=(
        Parameter(
            "timeout_s", maximum=900, unit="s", step=5, usual=(10, 300), units=SECONDS, marks=("timeout",)
        ),
        Parameter(
            "window_s",
            minimum=0,
            maximum=300,
            unit="s",
            default=0,
            units=SECONDS,
            marks=("window", "batching"),
        ),
    ),
    solution=_visibility,
    mistakes=_visibility_mistakes,
    write=counted("{n} second", "{n} seconds"),
    aliases=("visibility", "visibility-timeout"),
    example="visibility 30 s",
)
FAMILY: tuple[Generator, ...] = (BATCHES, VISIBILITY)
