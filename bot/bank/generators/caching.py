"""Caches in front of an origin: the requests that still reach it.

Source: Amazon CloudFront Developer Guide, "Increasing the proportion of requests that are served from
caches", and API Gateway Developer Guide, "Cache settings for REST APIs": what is no hit goes to the origin.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from bot.bank.generators.drawn import Mistake, Solution
from bot.bank.generators.generator import Generator
from bot.bank.generators.numbers import counted, plain, up
from bot.bank.generators.parameter import Parameter, Values, exact
from bot.bank.generators.units import PERCENT, REQUESTS
from bot.wording.speech import _, grouped, marked


def _through(values: Values) -> Solution:
    requests, hits = exact(values["requests"]), exact(values["hit_percent"])
    missed = requests * (100 - hits) / 100
    working = _("100% - {hits}% = {misses}% miss the cache: {requests} × {share} = {missed}.")
    if missed.denominator != 1:
        working = _(
            "100% - {hits}% = {misses}% miss the cache: {requests} × {share} = {missed}, so {rounded}."
        )
    filled = working.format(
        hits=plain(hits),
        misses=plain(100 - hits),
        requests=plain(requests),
        share=plain((100 - hits) / 100, 4),
        missed=plain(missed),
        rounded=grouped(up(missed)),
    )
    return Solution(up(missed), filled)


def _mistakes(values: Values) -> Iterator[Mistake]:
    requests, hits = exact(values["requests"]), exact(values["hit_percent"])
    missed = requests * (100 - hits) / 100
    yield Mistake(requests * hits / 100, "Counts the hits, which the cache answers itself.")
    yield Mistake(requests, "Lets every request through, as if nothing were cached.")
    if hits:
        yield Mistake(missed * hits / 100, "Takes the hits off twice.")
    yield Mistake(missed / 10, "Slips a digit when turning percent into a share.")
    yield Mistake(Fraction(requests, 2), "Lets half of the requests through, whatever the ratio.")


def _cache(name: str, title: str, aliases: tuple[str, ...]) -> Generator:
    return Generator(
        name=name,
        title=title,
        parameters=(
            Parameter(
                "requests",
                maximum=10**12,
                unit=marked("requests"),
                step=500,
                usual=(2000, 200_000),
                units=REQUESTS,
            ),
            Parameter("hit_percent", minimum=0, maximum=99, unit="%", usual=(40, 98), units=PERCENT),
        ),
        solution=_through,
        mistakes=_mistakes,
        write=counted("{n} request", "{n} requests"),
        aliases=aliases,
        example=f"{aliases[0]} 10000 requests 80%",
    )


FAMILY: tuple[Generator, ...] = (
    _cache("cloudfront-cache", marked("Requests that pass CloudFront"), ("cloudfront", "cdn", "hit-ratio")),
    _cache(
        "api-gateway-cache",
        marked("Requests that pass API Gateway's cache"),
        ("api-gateway", "apigw", "api-cache"),
    ),
)
