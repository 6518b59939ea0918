"""A guesser that learns: it reads the options of most questions and guesses the rest."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

from bot.model.knowledge import Question

FOLDS = 5


class MissingClassifier(Exception):
    """scikit-learn, a tool of development, is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "giveaways were not looked for: scikit-learn is missing (pip install cloudlark[dev])"
        )


def classified(questions: Sequence[Question]) -> list[list[float]]:
    """How right each option looks to a logistic regression that never saw its question.

    It knows option texts alone, as word and character n-grams; questions are dealt to five folds in
    turn. Raises MissingClassifier.
    """
    texts = [option.text for question in questions for option in question.options]
    right = [option.right for question in questions for option in question.options]
    folds = [index % FOLDS for index, question in enumerate(questions) for _ in question.options]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scores = iter(_cross_validated(texts, right, folds))
    return [[next(scores) for _ in question.options] for question in questions]


def _cross_validated(texts: list[str], right: list[bool], folds: list[int]) -> list[float]:
    try:
        import numpy as np
        from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
        from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
        from sklearn.pipeline import make_union  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingClassifier from error
    vectors: Any = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=2, sublinear_tf=True),
    ).fit_transform(texts)
    keys, fold = np.array(right), np.array(folds)
    scores = np.zeros(len(texts))
    for number in range(FOLDS):
        model = LogisticRegression(solver="liblinear").fit(vectors[fold != number], keys[fold != number])
        scores[fold == number] = model.decision_function(vectors[fold == number])
    return [float(score) for score in scores]
