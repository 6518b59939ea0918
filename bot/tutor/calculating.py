"""Sums that exams ask for, with the working shown."""

from __future__ import annotations

from bot.bank.generators import GENERATORS
from bot.bank.generators.calc import NotUnderstood, parse
from bot.messages import Reply, Section, Sheet
from bot.tutor.refusal import RefusalError
from bot.wording.speech import _


def calculate(text: str) -> Reply:
    """The answer to a typed sum, or all the sums there are."""
    if not text.strip():
        return Reply(Sheet(_("What I can calculate"), sections=(Section(lines=_examples()),)))
    try:
        generator, values = parse(text)
        worked = generator.solve(values)
    except (NotUnderstood, ValueError) as error:
        raise RefusalError(str(error)) from error
    return Reply(
        Sheet(generator.title, worked.answer, (Section(_("Working"), tuple(worked.working.splitlines())),))
    )


def _examples() -> tuple[str, ...]:
    return tuple(f"{generator.title}: {generator.example}" for generator in GENERATORS.values())
