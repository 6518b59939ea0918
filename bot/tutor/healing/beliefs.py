"""What is believed of memory, ability and difficulty, computed anew with a corrected key.

How hard a question is and how able those are who answer it depend on one another, so all answers are entered
anew, in their order, into a ledger that lies in memory: what was long ago beside the event loop and before the
transaction, the last minute within it. The result is that of a replay. Where old answers are no longer kept, or
there are too many of them, beliefs stay as they are, but for the difficulty of the one question.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot.bank.bank import Bank
from bot.learning import ability
from bot.learning.ability import PRIOR, Difficulty
from bot.model.knowledge import Question
from bot.model.study import Attempt, Community, Learner
from bot.storage import fits, people, progress, rebuilding
from bot.storage.difficulties import Known, put_difficulties
from bot.storage.fits import KnownFit
from bot.storage.retention import forgotten
from bot.tutor import showing
from bot.tutor.ledger import Ledger
from bot.tutor.replay import submission_of
from bot.tutor.tutor import Tutor

CHUNK = 500
MOST = 1_000_000
SETTLED = dt.timedelta(minutes=1)
"""Answers of the last minute may still be on their way in another replica: they are entered last."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    attempts: Sequence[Attempt]
    learners: Mapping[int, Learner]
    places: Mapping[int, Community]
    fits: Mapping[int, list[KnownFit]]


class Rehearsal:
    """All answers entered anew, those of `corrected` (attempts by number) as right or wrong as it says."""

    def __init__(self, bank: Bank, retention: float, corrected: Mapping[int, bool]) -> None:
        self.corrected = corrected
        self._bank = bank
        self._last = 0
        self._ledger = Ledger(retention, {}, {}, {}, {}, {}, {}, {}, {})

    async def begin(self, tutor: Tutor) -> bool:
        """Enter all answers but those of the last minute. False when that cannot be done with all of them."""
        if await tutor.store.read(forgotten):
            return False
        before = tutor.clock.now() - SETTLED
        entered = 0
        while chunk := await tutor.store.read(lambda db: _read(db, self._last)):
            settled = [attempt for attempt in chunk.attempts if attempt.answered_at < before]
            entered += len(settled)
            if entered > MOST or any(a.question_id not in self._bank.questions for a in chunk.attempts):
                return False
            await asyncio.to_thread(self._enter, replace(chunk, attempts=settled))
            if len(settled) < len(chunk.attempts):
                break
        return True

    def finish(self, db: Connection, question: Question, affected: Sequence[int]) -> None:
        """Enter the rest and write what has changed, in a transaction that holds everybody."""
        while chunk := _read(db, self._last):
            self._enter(chunk)
        ledger = self._ledger
        pairs = ((learner, fact) for learner in affected for fact in question.facts)
        progress.put_memories(db, {pair: ledger.memories[pair] for pair in pairs if pair in ledger.memories})
        progress.put_abilities(db, ledger.abilities)
        put_difficulties(db, ledger.difficulties)

    def _enter(self, chunk: _Chunk) -> None:
        self._ledger.fits.update(chunk.fits)
        for attempt in chunk.attempts:
            self._last = attempt.id
            if attempt.learner_id in chunk.learners:
                correct = self.corrected.get(attempt.id, attempt.correct)
                submission = submission_of(self._bank, attempt, chunk.learners, chunk.places)
                self._ledger.apply(submission, replace(attempt, correct=correct))


def _read(db: Connection, last: int) -> _Chunk | None:
    attempts = [attempt for _, attempt in rebuilding.attempts_after(db, last, CHUNK)]
    if not attempts:
        return None
    ids = {attempt.learner_id for attempt in attempts}
    places = people.communities_by_id(db, {attempt.community_id for attempt in attempts})
    return _Chunk(attempts, people.learners_by_id(db, ids), places, fits.fits_in(db, ids))


def judge_again(db: Connection, bank: Bank, question: Question, answers: Sequence[Attempt]) -> None:
    """Estimate one question's difficulty from its first answers and what is believed of who gave them."""
    firsts = [attempt for attempt in answers if attempt.first and attempt.scored]
    if not firsts:
        return
    profile = showing.profile_of(bank, bank.item(question.id, 0))
    abilities = progress.abilities_in(db, {attempt.learner_id for attempt in firsts})
    level = Difficulty.prior(question.difficulty)
    for attempt in firsts:
        before = level
        for domain in profile.domains:
            able = abilities.get((attempt.learner_id, domain), PRIOR)
            _, level = ability.update(able, before, attempt.correct, profile.chance)
    known: Known = (level, sum(attempt.correct for attempt in firsts))
    put_difficulties(db, {question.id: known})
