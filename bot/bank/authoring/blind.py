"""The blind review: a sheet without keys, and what the reviewer's answers disagree with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from bot.bank.authoring.cards import lettered
from bot.bank.bank import Bank
from bot.model.knowledge import Item, Question

Letters = frozenset[str]

_ANSWER = re.compile(r"(?P<id>\S+)\s*:\s*(?P<letters>[A-Fa-f](?:\s*,\s*[A-Fa-f])*)")


class AnswersError(ValueError):
    """A sheet of answers that cannot be read; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a sheet: questions answered otherwise than keyed, and those not answered."""

    answered: int
    disagreements: tuple[str, ...]
    unanswered: tuple[str, ...]


def sheet(bank: Bank, questions: Iterable[Question], seed: int) -> str:
    """The questions without keys, their options shuffled by the seed and lettered."""
    head = f"# seed {seed}; answer one question a line:  question-id: B   or   question-id: A,C"
    return "\n".join([head, *(_blind(bank.item(question.id, seed)) for question in questions)])


def answers_of(text: str) -> Mapping[str, Letters]:
    """The letters by question id. Blank lines and those after a # are skipped. Raises AnswersError."""
    answers: dict[str, Letters] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _ANSWER.fullmatch(line.strip())
        if match is None:
            raise AnswersError(
                f"Line {number} of the answers is not like `question-id: B`: {line.strip()!r}."
            )
        if match["id"] in answers:
            raise AnswersError(f"Line {number} answers {match['id']} a second time.")
        answers[match["id"]] = frozenset(re.findall(r"[A-F]", match["letters"].upper()))
    return answers


def compare(bank: Bank, questions: Iterable[Question], answers: Mapping[str, Letters], seed: int) -> Verdict:
    """What the answers say against the keys. Raises AnswersError for answers to other questions."""
    items = {question.id: bank.item(question.id, seed) for question in questions}
    for question_id in answers:
        if question_id not in items:
            raise AnswersError(f"The answers name {question_id}, which is not on the sheet.")
    wrong = [items[q] for q, letters in answers.items() if letters != _key(items[q])]
    return Verdict(
        answered=len(answers),
        disagreements=tuple(_disagreement(item, answers[item.question.id]) for item in wrong),
        unanswered=tuple(q for q in items if q not in answers),
    )


def _blind(item: Item) -> str:
    options = (f"  {letter}) {text}" for letter, text in lettered(item).items())
    return "\n".join(["", item.question.id, item.stem, *options])


def _key(item: Item) -> Letters:
    pairs = zip(ascii_uppercase, item.options, strict=False)
    return frozenset(letter for letter, option in pairs if option.right)


def _disagreement(item: Item, answered: Letters) -> str:
    lines = [item.question.id, f"  {item.stem}"]
    lines += _named("reviewer", item, answered)
    lines += _named("key", item, _key(item))
    return "\n".join(lines)


def _named(who: str, item: Item, letters: Letters) -> Iterator[str]:
    texts = lettered(item)
    whys = dict(zip(ascii_uppercase, (option.why for option in item.options), strict=False))
    for letter in sorted(letters):
        yield f"  {who + ':':<10}{letter}) {texts.get(letter, 'there is no such option')}"
        if letter in whys:
            yield f"            because: {whys[letter]}"
