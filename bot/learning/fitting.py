"""Personal FSRS parameters, fitted to one learner's own reviews by the fsrs-rs library.

Source of the method: "The mechanism of optimization", open-spaced-repetition/fsrs4anki wiki.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

from bot.learning import memory

LEAST_REVIEWS = 400
GROWTH = 1.25
Review = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fit:
    """Parameters, and the mean log loss of their predictions beside that of the defaults."""

    parameters: tuple[float, ...]
    log_loss: float
    default_log_loss: float


def is_due(reviews: int, fitted: int) -> bool:
    """Whether to fit: from 400 reviews on, and again after each quarter more. `fitted` is 0 before the first."""
    return reviews >= max(LEAST_REVIEWS, fitted * GROWTH)


def fit(histories: Sequence[Sequence[Review]]) -> Fit | None:
    """Parameters that predict these histories better than the defaults do; None when none are found.

    A history is one fact's reviews in order: the grade, 1 to 4, and the whole days since the review before
    (0 for the first). Deterministic. Takes up to seconds and holds no lock on the interpreter's behalf, so
    it belongs into a process of its own.
    """
    items = [_item(history[:end]) for history in histories for end in range(2, len(history) + 1)]
    # An item teaches something only when a night lay between its reviews.
    items = [item for item in items if item.long_term_review_cnt() > 0]
    if not items:
        return None
    fitted = tuple(FSRS([]).compute_parameters(items))
    found = Fit(fitted, _loss(fitted, items), _loss(memory.DEFAULTS, items))
    return found if found.log_loss < found.default_log_loss and memory.allows(fitted) else None


def _item(history: Sequence[Review]) -> FSRSItem:
    return FSRSItem([FSRSReview(grade, days) for grade, days in history])


def _loss(parameters: Sequence[float], items: list[FSRSItem]) -> float:
    return float(FSRS(list(parameters)).evaluate(items).log_loss)
