"""Whether a numeric question can be drawn: its generator, its ranges, the names in its stem."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

from bot.bank.documents import MAX_STEM, NumericDoc
from bot.bank.generators import GENERATORS
from bot.bank.places import Keys


def faults(doc: NumericDoc) -> Iterator[tuple[Keys, str]]:
    """What keeps the question from being drawn: where it stands, and one sentence."""
    generator = GENERATORS.get(doc.generator)
    if generator is None:
        yield ("generator",), f"no generator is called {doc.generator!r}; there are {', '.join(GENERATORS)}"
        return
    found = generator.faults(doc.ranges, doc.fixed)
    for fault in found:
        yield ("ranges",), fault
    if not found:
        yield from _stem_faults(doc)


def _stem_faults(doc: NumericDoc) -> Iterator[tuple[Keys, str]]:
    values = GENERATORS[doc.generator].draw(doc.ranges, doc.fixed, random.Random(0)).values
    try:
        parsed = string.Formatter().parse(doc.stem)
        fields = [(name, spec, conversion) for _, name, spec, conversion in parsed if name is not None]
    except ValueError as error:
        yield ("stem",), f"the braces of the stem do not fit: {error}"
        return
    names = {name for name, _, _ in fields}
    for name in sorted(names - set(values)):
        yield ("stem",), f"the stem names {{{name}}}, which {doc.generator} does not draw"
    for name in sorted(set(doc.ranges) - names):
        yield ("stem",), f"the stem does not tell {{{name}}}, which is drawn"
    if any(conversion or not _plain(spec, values.get(name)) for name, spec, conversion in fields):
        yield (
            ("stem",),
            "the stem writes what is drawn as {name}, numbers also as {name:,}, in no other way",
        )
    elif names <= set(values) and len(doc.stem.format_map(values)) > MAX_STEM:
        yield ("stem",), f"the drawn stem has over {MAX_STEM} characters"


def _plain(spec: str | None, value: object) -> bool:
    return not spec or (spec == "," and not isinstance(value, str))
