"""The line behind /calc: which sum is meant, and with which values."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterator, Mapping
from fractions import Fraction

from bot.bank.generators import GENERATORS
from bot.bank.generators.generator import Generator
from bot.bank.generators.parameter import Parameter, Value, told
from bot.bank.generators.typed import Named, Part, Quantity, read
from bot.wording import calculations

_FILLERS = frozenset(
    re.findall(
        r"\S+",
        """a an and at are by consistency consistent each every for from has in is it of on per size the to up
        with x × * / , ; ? ! . capacity total unit units provisioned hit ratio memory cache rate prefix""",
    )
)
_LEAST_LETTERS = 3
LONGEST_WORD = 30


class NotUnderstood(ValueError):
    """A typed line that is no sum. The message is one sentence, or two with an example, for its writer."""


def parse(text: str) -> tuple[Generator, dict[str, Value]]:
    """The generator and the values that a line names, as `Generator.solve` takes them.

    The sum comes first ("rcu", "cidr", a full name); numbers follow with their units in any order, or bare in
    the order of the parameters. Raises NotUnderstood.
    """
    generator, rest = _named_generator(text)
    units = {unit for each in generator.parameters for unit in each.units}
    parts = read(rest, units, any(each.per_second for each in generator.parameters))
    return generator, _Reading(generator).values(parts)


def names() -> Mapping[str, Generator]:
    """Every name and alias that may stand first in a line."""
    listed = {alias: each for each in GENERATORS.values() for alias in each.aliases}
    return listed | dict(GENERATORS)


def _named_generator(text: str) -> tuple[Generator, str]:
    words = text.lower().split()
    known = names()
    for length in (3, 2, 1):
        name = "-".join(words[:length]).strip(":,").replace("_", "-")
        if len(words) >= length and name in known:
            return known[name], " ".join(words[length:])
    raise NotUnderstood(_unknown(words, known))


def _unknown(words: list[str], known: Mapping[str, Generator]) -> str:
    said = words[0][:LONGEST_WORD] if words else ""
    close = difflib.get_close_matches(said, known, n=1)
    if close:
        meant = known[close[0]].example
        return calculations.with_example(calculations.unknown_sum(said, close[0]), meant)
    examples = ", ".join(known[name].example for name in ("rcu", "cidr", "shards"))
    return calculations.with_example(calculations.unknown_sum(said), examples)


class _Reading:
    """Finds a place for every part of one line."""

    def __init__(self, generator: Generator) -> None:
        self._generator = generator
        self._parameters = {each.name: each for each in generator.parameters}
        self._found: dict[str, Value] = {}

    def values(self, parts: tuple[Part, ...]) -> dict[str, Value]:
        """A value for each parameter that the line speaks of. Raises NotUnderstood."""
        for part in parts:
            if isinstance(part, Named):
                self._take_named(part)
            elif isinstance(part, str):
                self._take_word(part)
        labels = self._labels(parts)
        for quantity, label in labels:
            if label:
                self._put(label, quantity)
        for quantity, label in sorted(labels, key=lambda each: _is_bare(each[0])):
            if not label:
                self._put(self._place(quantity), quantity)
        return self._found

    def _labels(self, parts: tuple[Part, ...]) -> list[tuple[Quantity, Parameter | None]]:
        """The quantities, each with the parameter that a word beside it names.

        "out 8 MB/s" and "8 MB/s out" are both said: the reading that names more of them is taken.
        """
        before, after = list(_beside(parts)), list(_beside(parts[::-1]))[::-1]
        readings = [
            [(each, self._label(each, words)) for each, words in reading] for reading in (before, after)
        ]
        return max(readings, key=lambda reading: len({label.name for _, label in reading if label}))

    def _label(self, quantity: Quantity, words: list[str]) -> Parameter | None:
        fitting = (each for each in self._open() if not quantity.unit or quantity.unit in each.units)
        return next((each for each in fitting if any(word in each.marks for word in words)), None)

    def _place(self, quantity: Quantity) -> Parameter:
        places = self._open()
        if _is_bare(quantity):
            places.sort(key=lambda each: each.default is not None)
        else:
            places = [each for each in places if not quantity.unit or quantity.unit in each.units]
            places.sort(key=lambda each: each.per_second != (quantity.per is not None))
        if not places:
            raise self._error(calculations.surplus(told(_plain(quantity.number)), quantity.unit))
        return places[0]

    def _take_named(self, part: Named) -> None:
        if part.name not in self._parameters:
            raise self._error(calculations.knows_no(self._generator.title, part.name[:LONGEST_WORD]))
        number = re.fullmatch(r"[\d,.]*\d", part.value)
        self._found[part.name] = _plain(Fraction(part.value.replace(",", ""))) if number else part.value

    def _take_word(self, word: str) -> None:
        for each in self._parameters.values():
            for choice in each.choices if each.kind == "choice" else ():
                if _alike(word, choice):
                    self._found[each.name] = choice
                    return
        if word not in self._idle_words():
            raise self._error(calculations.strange_word(word[:LONGEST_WORD]))

    def _put(self, place: Parameter, quantity: Quantity) -> None:
        amount = quantity.number * place.units.get(quantity.unit, 1)
        period = next((each for each in self._parameters.values() if each.replaces == place.name), None)
        if quantity.per in (None, 1):
            self._found[place.name] = _plain(amount)
        elif period is not None:
            self._found[period.name] = _plain(amount)
            self._found["seconds"] = _plain(quantity.per or Fraction(1))
        else:
            self._found[place.name] = _plain(amount / (quantity.per or 1))

    def _open(self) -> list[Parameter]:
        filled = {*self._found, *(self._parameters[name].replaces for name in self._found)}
        return [
            each
            for each in self._parameters.values()
            if each.kind == "int" and not each.replaces and each.name not in filled
        ]

    def _idle_words(self) -> set[str]:
        own = [self._generator.name, self._generator.title.lower(), *self._generator.aliases]
        said = {word for text in own for word in re.split(r"[\s-]", text)}
        marks = {word for each in self._parameters.values() for word in (*each.marks, *each.units)}
        return said | marks | _FILLERS

    def _error(self, sentence: str) -> NotUnderstood:
        return NotUnderstood(calculations.with_example(sentence, self._generator.example))


def _beside(parts: tuple[Part, ...]) -> Iterator[tuple[Quantity, list[str]]]:
    """Each quantity with the words between it and the one before."""
    words: list[str] = []
    for part in parts:
        if isinstance(part, Quantity):
            yield part, words
            words = []
        elif isinstance(part, str):
            words.append(part)


def _is_bare(quantity: Quantity) -> bool:
    return not quantity.unit and quantity.per is None


def _alike(word: str, choice: str) -> bool:
    if min(len(word), len(choice)) < _LEAST_LETTERS:
        return False
    return word.startswith(choice) or choice.startswith(word)


def _plain(number: Fraction) -> int | float:
    # No limit is as large as the largest float, so beyond it the decimals of a number no longer matter.
    return round(number) if number.denominator == 1 or number > sys.float_info.max else float(number)
