"""Memory made personal: a learner's own FSRS parameters, fitted beside the event loop.

A fit is in force a minute after it was stored. By then no answer from before is still on its way into
the ledger, so that the time of an answer alone says which parameters it met, now and in a replay.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import structlog
from sqlalchemy import Connection

from bot.bank.bank import Bank
from bot.learning import fitting, memory
from bot.learning.fitting import Fit, Review
from bot.storage import fits
from bot.storage.fits import Answer, KnownFit
from bot.tutor.tutor import Tutor

DELAY = dt.timedelta(minutes=1)
log = structlog.get_logger(__name__)


async def consider(tutor: Tutor, learner_id: int) -> None:
    """Begin a fit in the background once the learner has made enough reviews since the last one."""
    reviews, fitted = await tutor.store.read(lambda db: _counts(db, learner_id))
    if fitting.is_due(reviews, fitted):
        tutor.send(fit(tutor, learner_id, reviews))


async def fit(tutor: Tutor, learner_id: int, reviews: int) -> None:
    """Fit a learner's parameters in a worker process and keep them."""
    answers = await tutor.store.read(lambda db: fits.answers_of(db, learner_id))
    found = await _in_a_process(histories(tutor.bank, answers))
    # What brings nothing is kept as well, with the defaults, so that it is not tried again at once.
    parameters = found.parameters if found else memory.DEFAULTS
    kept = KnownFit(tutor.clock.now() + DELAY, parameters, reviews)
    await tutor.store.write(lambda db: fits.add_fit(db, learner_id, kept))
    log.info(
        "memory_fitted",
        learner=learner_id,
        reviews=reviews,
        log_loss=found.log_loss if found else None,
        default_log_loss=found.default_log_loss if found else None,
    )


def histories(bank: Bank, answers: Sequence[Answer]) -> list[list[Review]]:
    """The reviews of each fact: grades and whole days between, as `fitting.fit` takes them."""
    found: dict[str, list[Review]] = defaultdict(list)
    last: dict[str, dt.datetime] = {}
    for answer in answers:
        question = bank.questions.get(answer.question_id)
        grade = memory.grade(answer.correct, confidence=answer.confidence or None, seconds=answer.seconds)
        for fact in question.facts if question else ():
            days = (answer.answered_at - last[fact]).days if fact in last else 0
            found[fact].append((int(grade), days))
            last[fact] = answer.answered_at
    return list(found.values())


def _counts(db: Connection, learner_id: int) -> tuple[int, int]:
    known = fits.fits_in(db, [learner_id]).get(learner_id)
    return fits.count_reviews(db, learner_id), known[0].reviews if known else 0


async def _in_a_process(found: list[list[Review]]) -> Fit | None:
    loop = asyncio.get_running_loop()
    # Spawned, because a fork would take this process's threads and connections along; fits are rare.
    pool = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
    try:
        return await loop.run_in_executor(pool, fitting.fit, found)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
