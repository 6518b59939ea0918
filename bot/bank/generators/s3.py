"""S3: parts of a multipart upload, and the request rates that prefixes give.

Sources: Amazon S3 User Guide, "Amazon S3 multipart upload limits" (parts of 5 MB to 5 GB, at most 10,000)
and "Best practices design patterns: optimizing Amazon S3 performance" (3,500 writes and 5,500 reads a second
for each prefix).
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.bank.generators.drawn import Mistake, Solution
from bot.bank.generators.generator import Generator
from bot.bank.generators.numbers import counted, down, measured, plain, up
from bot.bank.generators.parameter import Parameter, Values, exact
from bot.bank.generators.units import GIGABYTES, MEGABYTES, things
from bot.wording.speech import _, grouped, marked

MOST_PARTS = 10_000
RATES = {"get": 5500, "put": 3500}


def _parts(values: Values) -> Solution:
    size, part = exact(values["object_gb"]) * 1024, exact(values["part_mb"])
    parts = up(size / part)
    working = _("{gigabytes} GB = {size} MB; {size} / {part}, rounded up, is {parts}.").format(
        gigabytes=plain(size / 1024), size=plain(size), part=plain(part), parts=grouped(parts)
    )
    if parts > MOST_PARTS:
        larger = _("S3 allows 10,000: parts of at least {least} MB would do.")
        working += " " + larger.format(least=grouped(up(size / MOST_PARTS)))
    return Solution(parts, working)


def _part_mistakes(values: Values) -> Iterator[Mistake]:
    gigabytes, part = exact(values["object_gb"]), exact(values["part_mb"])
    size = gigabytes * 1024
    yield Mistake(up(gigabytes * 1000 / part), "Takes 1,000 MB for a GB instead of 1,024.")
    yield Mistake(down(size / part), "Rounds down and leaves the end of the object behind.")
    yield Mistake(up(size / 5), "Takes the smallest part of 5 MB instead of the given one.")
    yield Mistake(up(size / 100), "Takes parts of 100 MB, the size from which multipart is advised.")
    yield Mistake(MOST_PARTS, "Is the most that S3 allows, not what this object needs.")
    yield Mistake(up(size / part) + 1, "Adds a part that would be empty.")


def _rate(values: Values) -> Solution:
    prefixes, kind = exact(values["prefixes"]), str(values["kind"])
    total = prefixes * RATES[kind]
    if kind == "get":
        working = _("{prefixes} × {rate} GET or HEAD requests = {total} per second.")
    else:
        working = _("{prefixes} × {rate} PUT, COPY, POST or DELETE requests = {total} per second.")
    filled = working.format(prefixes=plain(prefixes), rate=grouped(RATES[kind]), total=plain(total))
    return Solution(total, filled)


def _rate_mistakes(values: Values) -> Iterator[Mistake]:
    prefixes, kind = exact(values["prefixes"]), str(values["kind"])
    other = "put" if kind == "get" else "get"
    yield Mistake(prefixes * RATES[other], f"Is the limit of {other.upper()} requests.")
    yield Mistake(RATES[kind], "Is the limit of a single prefix; every prefix has its own.")
    yield Mistake(prefixes * sum(RATES.values()), "Adds the limits of reads and writes.")
    yield Mistake(prefixes * 1000, "Takes 1,000 a second for each prefix.")
    yield Mistake(prefixes * RATES[kind] / 2, "Counts only half of the prefixes.")


PARTS = Generator(
    name="s3-multipart-parts",
    title=marked("Parts of an S3 multipart upload"),
    parameters=(
        Parameter(
            "object_gb",
            maximum=50_000,
            unit="GB",
            minimum=0.001,
            decimals=True,
            usual=(1, 200),
            units=GIGABYTES,
            marks=("object", "file"),
        ),
        Parameter(
            "part_mb",
            minimum=5,
            maximum=5120,
            unit="MB",
            step=5,
            usual=(25, 200),
            units=MEGABYTES,
            marks=("part", "parts"),
        ),
    ),
    solution=_parts,
    mistakes=_part_mistakes,
    write=counted("{n} part", "{n} parts"),
    aliases=("parts", "multipart"),
    example="parts 10 GB 100 MB",
)
REQUEST_RATE = Generator(
    name="s3-request-rate",
    title=marked("S3 request rate"),
    parameters=(
        Parameter(
            "prefixes",
            maximum=100_000,
            unit=marked("prefixes"),
            usual=(2, 40),
            units=things("prefix", "prefixes"),
        ),
        Parameter("kind", kind="choice", choices=tuple(RATES), default="get"),
    ),
    solution=_rate,
    mistakes=_rate_mistakes,
    write=measured(marked("requests per second")),
    aliases=("s3-rate", "prefixes", "s3"),
    example="prefixes 10 get",
)
FAMILY: tuple[Generator, ...] = (PARTS, REQUEST_RATE)
