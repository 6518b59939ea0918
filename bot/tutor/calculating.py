"""Sums that exams ask for, with the working shown."""

from __future__ import annotations

import re

from bot.bank.generators import GENERATORS
from bot.bank.generators.calc import NotUnderstood, parse
from bot.messages import Reply, Section, Sheet
from bot.tutor.refusal import RefusalError
from bot.wording.speech import DEFAULT, _, spoken

# A percentage has no thousands: 99.999 % is an availability in any language.
GROUPED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.]|\s*%)")
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=(?:\d{1,2}|\d{4,})(?!\d))")


def calculate(text: str) -> Reply:
    """The answer to a typed sum, or all the sums there are."""
    if not text.strip():
        return Reply(Sheet(_("What I can calculate"), sections=(Section(lines=_examples()),)))
    try:
        generator, values = parse(_in_english(text))
        worked = generator.solve(values)
    except (NotUnderstood, ValueError) as error:
        raise RefusalError(str(error)) from error
    return Reply(
        Sheet(_(generator.title), worked.answer, (Section(_("Working"), tuple(worked.working.splitlines())),))
    )


def _in_english(typed: str) -> str:
    """A line whose numbers are written as in English: 3,5 and 10.000 become 3.5 and 10000.

    A comma before three digits stays what it is in every text on AWS: 1,024 is more than a thousand.
    """
    if spoken() == DEFAULT:
        return typed
    return DECIMAL_COMMA.sub(".", GROUPED.sub(lambda found: found[0].replace(".", ""), typed))


def _examples() -> tuple[str, ...]:
    return tuple(f"{_(generator.title)}: {generator.example}" for generator in GENERATORS.values())
