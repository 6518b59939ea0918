"""A kind of sum that exams ask for: drawn afresh with plausible wrong answers, or solved for given values."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.bank.generators.distractors import near_counts, wrong_options
from bot.bank.generators.drawn import Drawn, DrawnOption, Mistake, Solution, Worked
from bot.bank.generators.numbers import Amount, Format
from bot.bank.generators.parameter import Parameter, Range, Value, Values
from bot.wording.calculations import knows_no, with_example
from bot.wording.speech import DEFAULT, _, speaking


@dataclass(frozen=True, slots=True)
class Generator:
    """A family of sums. `solution` and `mistakes` take complete, checked values.

    `write` gives every amount its text, `near` the slips that any amount allows. `aliases` are what people
    type instead of the name, `example` is a line that they may type behind /calc.
    """

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    solution: Callable[[Values], Solution]
    mistakes: Callable[[Values], Iterable[Mistake]]
    write: Format
    aliases: tuple[str, ...]
    example: str
    near: Callable[[Amount], Iterable[Mistake]] = near_counts

    def faults(self, ranges: Mapping[str, Range], fixed: Values) -> tuple[str, ...]:
        """Everything that keeps `draw` from working with these, as sentences; empty when all is well."""
        known = {each.name: each for each in self.parameters}
        faults = [f"{self.name} has no parameter {name}." for name in (*ranges, *fixed) if name not in known]
        faults += [f"{name} is both fixed and drawn." for name in ranges if name in fixed]
        faults += [fault for n, value in fixed.items() if n in known and (fault := known[n].fault(value))]
        for name, (low, high) in ranges.items():
            faults += known[name].range_faults(low, high) if name in known else []
        return tuple(faults)

    def draw(self, ranges: Mapping[str, Range], fixed: Values, rng: random.Random) -> Drawn:
        """Fresh numbers within `ranges`; the same state of `rng` draws the same. ValueError for bad input."""
        faults = self.faults(ranges, fixed)
        if faults:
            raise ValueError(" ".join(faults))
        values = self._drawn_values(ranges, fixed, rng)
        # A question is content: it keeps the language of its authors, whoever asks for it.
        with speaking(DEFAULT):
            solution = self.solution(values)
            right = DrawnOption(self.write(solution.amount), True, solution.working)
            near = self.near(solution.amount)
            wrong = wrong_options(right.text, self.write, self.mistakes(values), near, rng)
        return Drawn(values, (right, *wrong), solution.working)

    def solve(self, values: Values) -> Worked:
        """The answer for given values, in the language that is spoken.

        Raises ValueError with a sentence when they cannot be used.
        """
        solution = self.solution(self._complete(values))
        return Worked(self.write(solution.amount), solution.working)

    def _with_example(self, sentence: str) -> str:
        return with_example(sentence, self.example)

    def _drawn_values(self, ranges: Mapping[str, Range], fixed: Values, rng: random.Random) -> Values:
        replaced = self._replaced({*ranges, *fixed})
        values: dict[str, Value] = {}
        for each in self.parameters:
            if each.name in fixed:
                values[each.name] = fixed[each.name]
            elif each.name in ranges:
                values[each.name] = each.draw(ranges[each.name], rng)
            elif each.name not in replaced and not each.replaces:
                values[each.name] = each.draw(None, rng) if each.default is None else each.default
        return values

    def _complete(self, values: Values) -> Values:
        known = {each.name for each in self.parameters}
        if unknown := [name for name in values if name not in known]:
            raise ValueError(self._with_example(knows_no(self.title, unknown[0])))
        replaced = self._replaced(values)
        complete: dict[str, Value] = {}
        for each in self.parameters:
            value = values.get(each.name, each.default)
            if value is not None:
                complete[each.name] = value
            elif not each.replaces and each.name not in replaced:
                needed = _("{title} also needs the {name}.")
                raise ValueError(self._with_example(needed.format(title=_(self.title), name=_(each.spoken))))
        self._check(complete)
        return complete

    def _check(self, values: Values) -> None:
        for each in self.parameters:
            if each.name in values and (fault := each.fault(values[each.name])):
                raise ValueError(fault)

    def _replaced(self, given: Iterable[str]) -> set[str]:
        return {each.replaces for each in self.parameters if each.replaces and each.name in given}
