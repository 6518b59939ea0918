"""How much better than chance test-wise guessers do over many questions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.bank.lint.classifier import MISSING, available, classified
from bot.bank.lint.finding import Finding, error, warning
from bot.bank.lint.guessers import GUESSERS
from bot.model.knowledge import Kind, Question

TOLERANCE = 4.0
"""Points, of a hundred, by which a guesser may miss chance."""
ENOUGH = 200
"""Questions from which too good a guesser is an error; with fewer, luck is as likely."""
CLASSIFIER = "classifier"
CLASSIFIER_NEEDS = 50


@dataclass(frozen=True, slots=True)
class Guesses:
    """How a guesser did: shares of right picks, 0 to 1, and the standard error of their difference."""

    name: str
    questions: int
    score: float
    chance: float
    standard_error: float

    @property
    def excess(self) -> float:
        """Points of a hundred above chance."""
        return 100 * (self.score - self.chance)

    def __str__(self) -> str:
        points = f"{self.excess:+.1f} points (s.e. {100 * self.standard_error:.1f})"
        right = f"{self.score:.1%} right, chance {self.chance:.1%}"
        return f"{self.name}: {right}, {points}, {self.questions} questions"


def guesses(questions: Iterable[Question]) -> tuple[Guesses, ...]:
    """What every guesser makes of the questions that have options.

    The classifier is left out below fifty of them, and where scikit-learn is missing.
    """
    chosen = with_options(questions)
    return tuple(_judge(name, chosen, scores) for name, scores in _scores(chosen))


def giveaways(questions: Iterable[Question], whole: bool = True) -> Iterator[Finding]:
    """A finding for each guesser that misses chance by over four points.

    Doing better over a `whole` bank of at least 200 questions is an error, all else a warning.
    """
    for row in guesses(questions):
        if abs(row.excess) > TOLERANCE:
            told = error if whole and row.excess > 0 and row.questions >= ENOUGH else warning
            yield told("giveaway", f"a guesser misses chance by over {TOLERANCE:.0f} points: {row}")
    if not available():
        yield warning("giveaway", MISSING)


def betrayed(questions: Iterable[Question], guesser: str) -> tuple[str, ...]:
    """The ids of the questions of which a guesser picks the whole key without luck. KeyError when unknown."""
    chosen = with_options(questions)
    scores = dict(_scores(chosen))[guesser]
    pairs = zip(chosen, scores, strict=True)
    return tuple(question.id for question, score in pairs if right_picks(question, score) == 1)


def with_options(questions: Iterable[Question]) -> list[Question]:
    """The questions whose options are authored, which numeric ones are not."""
    return [question for question in questions if question.kind is not Kind.NUMERIC]


def _scores(questions: Sequence[Question]) -> Iterator[tuple[str, Sequence[Sequence[float]]]]:
    if questions:
        for name, guess in GUESSERS.items():
            yield name, [guess(question) for question in questions]
    if len(questions) >= CLASSIFIER_NEEDS and available():
        yield CLASSIFIER, classified(questions)


def right_picks(question: Question, scores: Sequence[float]) -> float:
    """The expected share of right picks of one who takes the highest scores, ties broken by lot."""
    wanted = sum(option.right for option in question.options)
    bar = sorted(scores, reverse=True)[wanted - 1]
    pairs = list(zip(question.options, scores, strict=True))
    above = [option.right for option, score in pairs if score > bar]
    tied = [option.right for option, score in pairs if score == bar]
    return (sum(above) + (wanted - len(above)) * sum(tied) / len(tied)) / wanted


def chance(question: Question) -> float:
    """The expected share of right picks of one who draws lots."""
    return sum(option.right for option in question.options) / len(question.options)


def _judge(name: str, questions: Sequence[Question], scores: Sequence[Sequence[float]]) -> Guesses:
    picks = [right_picks(*pair) for pair in zip(questions, scores, strict=True)]
    lots = [chance(question) for question in questions]
    count = len(questions)
    mean = sum(picks) / count
    gains = [pick - lot for pick, lot in zip(picks, lots, strict=True)]
    centre = sum(gains) / count
    spread = sum((gain - centre) ** 2 for gain in gains) / max(1, count - 1)
    return Guesses(name, count, mean, sum(lots) / count, math.sqrt(spread / count))
