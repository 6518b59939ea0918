"""A guesser that learns: it reads the options of most questions and guesses the rest.

It needs scikit-learn, which is a tool of development: ask `available` first.
"""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bot.model.knowledge import Question

FOLDS = 5
MISSING = "the classifier was left out: scikit-learn is missing (pip install 'cloudlark[dev]')"


def available() -> bool:
    """Whether scikit-learn is installed."""
    return importlib.util.find_spec("sklearn") is not None


def classified(questions: Sequence[Question]) -> list[list[float]]:
    """How right each option looks to a logistic regression that never saw a question on its fact.

    It knows option texts alone, as word and character n-grams. Facts are dealt to five folds in turn, each
    with all its questions: two questions on one fact name its truth in like words, and whoever learns that
    has learned the fact and not the author's habits.
    """
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
    from sklearn.pipeline import make_union  # type: ignore[import-untyped]

    texts, keys = _options(questions)
    vectors: Any = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=2, sublinear_tf=True),
    ).fit_transform(texts)
    right = np.array(keys)
    fold = np.array(
        [fold for question, fold in zip(questions, _folds(questions), strict=True) for _ in question.options]
    )
    scores = np.zeros(len(texts))
    for number in range(FOLDS):
        model = _fitted(vectors[fold != number], right[fold != number])
        scores[fold == number] = model.decision_function(vectors[fold == number])
    dealt = iter(scores.tolist())
    return [[next(dealt) for _ in question.options] for question in questions]


def cues(questions: Sequence[Question], count: int) -> tuple[list[str], list[str]]:
    """The words and pairs of words that speak most for an option, and those that speak most against it."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts, keys = _options(questions)
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=3)
    weights = _fitted(vectorizer.fit_transform(texts), keys).coef_[0]
    names = [str(vectorizer.get_feature_names_out()[place]) for place in weights.argsort()]
    return names[: -count - 1 : -1], names[:count]


def _folds(questions: Sequence[Question]) -> list[int]:
    """A fold for each question: those with the same first fact share one, unless there are too few facts."""
    numbers: dict[str, int] = {}
    groups = [numbers.setdefault(question.facts[0], len(numbers)) for question in questions]
    return [group % FOLDS for group in (groups if len(numbers) >= FOLDS else range(len(questions)))]


def _options(questions: Sequence[Question]) -> tuple[list[str], list[bool]]:
    options = [option for question in questions for option in question.options]
    return [option.text for option in options], [option.right for option in options]


def _fitted(vectors: Any, right: Any) -> Any:
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    with _quiet():
        return LogisticRegression(solver="liblinear").fit(vectors, right)


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
