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
from itertools import takewhile

from sqlalchemy import Connection

from bot.bank.bank import Bank
from bot.learning import ability
from bot.learning.ability import PRIOR, Difficulty
from bot.model.knowledge import Question
from bot.model.study import Attempt, Community, Learner
from bot.storage import fits, people, progress, rebuilding, regrading
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
    bank: Bank
    fits: Mapping[int, list[KnownFit]]


class MovedError(Exception):
    """Answers from before have come, gone or changed hands since they were entered: begin again."""


class Rehearsal:
    """All answers entered anew, those of `corrected` (attempts by number) as right or wrong as it says."""

    def __init__(self, tutor: Tutor, corrected: Mapping[int, bool]) -> None:
        self._tutor = tutor
        self._corrected = corrected
        self._last = 0
        self._trace = [0, 0]
        self._banks: dict[frozenset[int], Bank] = {}
        self._ledger = Ledger(tutor.retention, {}, {}, {}, {}, {}, {}, {}, {})

    async def begin(self) -> bool:
        """Enter all answers but those of the last minute. False when that cannot be done with all of them."""
        tutor = self._tutor
        if await tutor.store.read(forgotten):
            return False
        before = tutor.clock.now() - SETTLED
        while chunk := await tutor.store.read(self._read):
            known = all(attempt.question_id in chunk.bank.questions for attempt in chunk.attempts)
            if not known or self._trace[0] > MOST:
                return False
            settled = list(takewhile(lambda attempt: attempt.answered_at < before, chunk.attempts))
            await asyncio.to_thread(self._enter, replace(chunk, attempts=settled))
            if len(settled) < len(chunk.attempts):
                break
        return True

    def finish(self, db: Connection, question: Question, affected: Sequence[int]) -> None:
        """Enter the rest and write what has changed, in a transaction that holds everybody. Raises MovedError."""
        if regrading.trace_of(db, self._last) != tuple(self._trace):
            raise MovedError
        while chunk := self._read(db):
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
            self._trace[0] += 1
            self._trace[1] += attempt.learner_id
            if attempt.learner_id in chunk.learners:
                correct = self._corrected.get(attempt.id, attempt.correct)
                submission = submission_of(chunk.bank, attempt, chunk.learners, chunk.places)
                self._ledger.apply(submission, replace(attempt, correct=correct))

    def _read(self, db: Connection) -> _Chunk | None:
        """The next answers with all that they need; None behind the last."""
        attempts = [attempt for _, attempt in rebuilding.attempts_after(db, self._last, CHUNK)]
        if not attempts:
            return None
        ids = {attempt.learner_id for attempt in attempts}
        places = people.communities_by_id(db, {attempt.community_id for attempt in attempts})
        bank = self._bank(db, frozenset(places))
        return _Chunk(attempts, people.learners_by_id(db, ids), places, bank, fits.fits_in(db, ids))

    def _bank(self, db: Connection, places: frozenset[int]) -> Bank:
        """All that was ever asked in some communities, their own packs included."""
        if places not in self._banks:
            self._banks[places] = self._tutor.holdings.over(db, places, self._tutor.clock.now())
        return self._banks[places]


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
