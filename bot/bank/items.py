"""Items: a question as shown, decided by its id and a seed alone."""

from __future__ import annotations

import random
from collections.abc import Iterable

from bot.bank.generators import GENERATORS
from bot.model.knowledge import Item, Kind, Option, Question


def draw(question: Question, seed: int) -> Item:
    """The item of a question under a seed: the same options, order and numbers in every process."""
    rng = random.Random(f"{question.id}:{seed}")
    if question.kind is Kind.NUMERIC:
        return _numeric(question, seed, rng)
    return Item(question, seed, question.stem, shuffled(question.options, rng), question.explanation)


def shuffled(options: Iterable[Option], rng: random.Random) -> tuple[Option, ...]:
    """Options in random order (Fisher-Yates, on random() alone so that no Python release changes it)."""
    order = list(options)
    for last in range(len(order) - 1, 0, -1):
        chosen = int(rng.random() * (last + 1))
        order[last], order[chosen] = order[chosen], order[last]
    return tuple(order)


def _numeric(question: Question, seed: int, rng: random.Random) -> Item:
    generator = GENERATORS[question.generator or ""]
    drawn = generator.draw(question.ranges, question.fixed, rng)
    options = (
        Option(position, option.text, option.right, option.why)
        for position, option in enumerate(drawn.options)
    )
    stem = question.stem.format_map(drawn.values)
    return Item(question, seed, stem, shuffled(options, rng), question.explanation)
