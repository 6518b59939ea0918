"""Numeric questions as drawn: with several seeds, each card must fit and keep its key to itself."""

from __future__ import annotations

from collections.abc import Iterator

from bot.bank.bank import Bank
from bot.bank.documents import MAX_OPTION, MAX_QUESTION, MAX_WHY
from bot.bank.lint.finding import Finding, error
from bot.model.knowledge import Item, Kind

SEEDS = range(5)


def numeric(bank: Bank) -> Iterator[Finding]:
    """One finding for each numeric question of which some draw does not make a card."""
    for question in bank.questions.values():
        if question.kind is Kind.NUMERIC:
            faults = (fault for seed in SEEDS if (fault := _fault(bank.item(question.id, seed))))
            if fault := next(faults, None):
                yield error("drawn", f"{question.id}: {fault}", ("question", question.id))


def _fault(item: Item) -> str | None:
    texts = [option.text for option in item.options]
    whys = [option.why for option in item.options]
    total = sum(map(len, [item.stem, item.explanation, *texts, *whys]))
    checks = {
        "two drawn options are the same": len(set(texts)) == len(texts),
        "not exactly one drawn option is right": len(item.key) == 1,
        f"a drawn option has over {MAX_OPTION} characters": max(map(len, texts)) <= MAX_OPTION,
        f"the reason of a drawn option has over {MAX_WHY} characters": max(map(len, whys)) <= MAX_WHY,
        f"drawn, it has over {MAX_QUESTION} characters": total <= MAX_QUESTION,
    }
    failed = (fault for fault, holds in checks.items() if not holds)
    return next((f"{fault} (seed {item.seed})" for fault in failed), None)
