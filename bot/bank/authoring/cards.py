"""Questions and facts as readable cards."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase
from textwrap import fill

from bot.bank.bank import Bank
from bot.model.knowledge import Fact, Item, Kind

WIDTH = 100


def question_card(bank: Bank, question_id: str, seed: int) -> str:
    """All that a reviewer needs of a question. Options stand as authored, save for drawn numbers.

    Raises KeyError for an unknown question.
    """
    item = bank.item(question_id, seed)
    return "\n".join(_question_lines(bank, item))


def fact_card(bank: Bank, fact_id: str) -> str:
    """A fact with what is said about it and who asks for it. Raises KeyError for an unknown fact."""
    fact = bank.facts[fact_id]
    asked = ", ".join(question.id for question in bank.by_fact.get(fact_id, ())) or "no question yet"
    return "\n".join([*_fact_lines(bank, fact), _wrapped(f"asked by {asked}", "  ")])


def lettered(item: Item) -> dict[str, str]:
    """The options' texts under the letters that a person sees."""
    return {letter: option.text for letter, option in zip(ascii_uppercase, item.options, strict=False)}


def _question_lines(bank: Bank, item: Item) -> Iterator[str]:
    question = item.question
    yield f"{question.id}  ({question.kind}, {question.style}, difficulty {question.difficulty})"
    yield from ("", _wrapped(item.stem), "")
    authored = question.kind is not Kind.NUMERIC
    options = sorted(item.options, key=lambda option: option.position) if authored else item.options
    for letter, option in zip(ascii_uppercase, options, strict=False):
        confuses = f" [{option.confuses}]" if option.confuses else ""
        yield _wrapped(f"{'✓' if option.right else ' '} {letter}  {option.text}", "", "     ")
        yield _wrapped(f"{option.why}{confuses}", "       ")
    yield from ("", *(_wrapped(line) for line in item.explanation.splitlines()), "")
    for fact in question.facts:
        yield from _fact_lines(bank, bank.facts[fact])


def _fact_lines(bank: Bank, fact: Fact) -> Iterator[str]:
    tasks = ", ".join(
        f"{exam} {task} ({bank.exams[exam].domain_of(task).slug})" for exam, task in fact.exams.items()
    )
    yield f"{fact.id}: {tasks or 'no exam'}"
    yield _wrapped(fact.statement, "  ")
    if fact.changed:
        yield _wrapped(f"until {fact.changed.when}: {fact.changed.was} Now: {fact.changed.now}", "  ")
    yield f"  {fact.link or 'no link'}, verified {fact.verified_on}"


def _wrapped(text: str, indent: str = "", later: str | None = None) -> str:
    return fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if later is None else later,
        break_long_words=False,
        break_on_hyphens=False,
    )
