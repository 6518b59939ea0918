"""The facts below a question: where they come from, and whether somebody should look at them again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from bot import wording
from bot.bank.bank import Bank
from bot.model.knowledge import Fact, Question

STALE = dt.timedelta(days=365)


def links(bank: Bank, question: Question) -> tuple[tuple[str, str], ...]:
    """What a question rests on, with the day of its last check, and where to read it, if anywhere."""
    found = (bank.facts[each] for each in question.facts)
    return tuple((wording.case_fact(fact.id, fact.verified_on), fact.link) for fact in found if fact.link)


def stale(bank: Bank, questions: Iterable[Question], today: dt.date) -> list[Fact]:
    """The facts of questions that nobody has checked for a year, the oldest first."""
    ids = dict.fromkeys(fact for question in questions for fact in question.facts)
    old = [bank.facts[each] for each in ids if today - bank.facts[each].verified_on > STALE]
    return sorted(old, key=lambda fact: (fact.verified_on, fact.id))
