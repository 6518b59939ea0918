"""A corrected key regrades history: shown first, then done in one transaction, and told to whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import structlog
from sqlalchemy import Connection

from bot import wording
from bot.messages import Button, ButtonStyle, Notice, Reply, Section, Sheet, Tone
from bot.messages.acts import DecideCase, RunCommand
from bot.model.study import Attempt, Community
from bot.storage import audits, people, regrading
from bot.storage.audits import Deed
from bot.storage.quarantine import EVERYWHERE
from bot.tutor import showing
from bot.tutor.healing import versions
from bot.tutor.healing.beliefs import MovedError, Rehearsal, judge_again
from bot.tutor.healing.operators import is_operator
from bot.tutor.healing.plans import Plan, plan
from bot.tutor.healing.references import named, stem_of
from bot.tutor.healing.telling import tell
from bot.tutor.ledger import UNSCORED
from bot.tutor.people import Who
from bot.tutor.timetable import boards_at
from bot.tutor.tutor import Tutor

WORDS = ("now", "anyway")
SOON = 5_000
"""So many answers are entered anew while people wait; more of them in the background."""
TRIES = 3
log = structlog.get_logger(__name__)


async def regrade(tutor: Tutor, who: Who, question_id: str, word: str) -> Reply:
    """Show what the present key would change; with `now` do it, with `anyway` also where texts have changed.

    An admin regrades the answers of their own community, an operator those of all.
    """
    await versions.remember(tutor)
    question_id = named(tutor, question_id)
    found = await tutor.store.read(lambda db: _planned(db, tutor, who, question_id))
    if not found.changes:
        return await _nothing(tutor, who, found)
    if not word or (found.in_doubt and word != "anyway"):
        return Reply(_preview(found, doubted=bool(word)))
    waiting = await tutor.store.read(regrading.last_number)
    if waiting > SOON:
        tutor.send(_in_background(tutor, who, found))
        return Reply(Notice(wording.regrade_under_way(waiting), Tone.INFO))
    summary = await _perform(tutor, who, found)
    return Reply(Notice(summary, Tone.GOOD))


async def _nothing(tutor: Tutor, who: Who, found: Plan) -> Reply:
    said = wording.regrade_nothing(len(found.older))

    def work(db: Connection) -> None:
        if found.question.id in versions.not_regraded(db, tutor.bank, who.community.id):
            _note(db, who, found, versions.CHECKED, said)

    await tutor.store.write(work)
    return Reply(Notice(said, Tone.INFO))


def _preview(found: Plan, *, doubted: bool) -> Sheet:
    righted = sum(change.righted > 0 for change in found.changes)
    wronged = len(found.changes) - righted
    people_ = len({attempt.learner_id for attempt in found.older})
    lead = wording.regrade_plan(len(found.older), people_, righted, wronged, len(found.credits))
    reworded = [(showing.LETTERS[place], old, new) for place, old, new in found.reworded]
    doubts = wording.regrade_doubt(reworded, found.unknown)
    if doubted:
        doubts = [wording.regrade_doubted(), *doubts]
    question_id = found.question.id
    word = "anyway" if found.in_doubt else "now"
    return Sheet(
        wording.regrade_title(question_id),
        lead,
        (
            Section(lines=(_keys(found), wording.regrade_scope(found.everywhere))),
            *([Section(wording.regrade_ask(), tuple(doubts))] if doubts else []),
        ),
        buttons=(
            Button(
                wording.regrade_button(found.in_doubt),
                DecideCase(f"regrade-{word}", question_id),
                ButtonStyle.PRIMARY,
            ),
            Button(wording.case_button("case"), RunCommand(f"bank reports {question_id}")),
        ),
    )


def _keys(found: Plan) -> str:
    now = versions.wording_of(found.question).key
    then = " / ".join(_letters(key) for key in found.keys) or "?"
    return wording.regrade_keys(then, _letters(now))


def _letters(key: Iterable[int]) -> str:
    return ", ".join(showing.LETTERS[place] for place in sorted(key))


async def _in_background(tutor: Tutor, who: Who, found: Plan) -> None:
    try:
        await _perform(tutor, who, found, note=True)
    except Exception as error:  # whoever asked was promised a word
        log.exception("regrade_failed", error=type(error).__name__)
        failed = wording.regrade_failed(found.question.id)
        await tutor.store.write(
            lambda db: tell(
                db, who.community, {who.learner.id: lambda _: failed}, f"regrade-failed:{who.now.isoformat()}",
                tutor.clock.now(), tone=Tone.WARN,
            )
        )  # fmt: skip
        tutor.wake()


async def _perform(tutor: Tutor, who: Who, found: Plan, *, note: bool = False) -> str:
    """Regrade; return the summary, which with `note` is also written to whoever asked."""
    for attempt in range(TRIES):
        rehearsal = Rehearsal(tutor, found.corrected)
        anew = await rehearsal.begin()
        work = partial(
            _commit, tutor=tutor, who=who, found=found, rehearsal=rehearsal if anew else None, note=note
        )
        try:
            summary = await tutor.store.write(work)
            break
        except MovedError:
            if attempt == TRIES - 1:
                raise
            found = await tutor.store.read(
                partial(_planned, tutor=tutor, who=who, question_id=found.question.id)
            )
    tutor.wake()
    return summary


def _planned(db: Connection, tutor: Tutor, who: Who, question_id: str) -> Plan:
    scope = None if is_operator(tutor, who) else who.community.id
    return plan(db, tutor.bank, question_id, scope)


def _commit(
    db: Connection, *, tutor: Tutor, who: Who, found: Plan, rehearsal: Rehearsal | None, note: bool
) -> str:
    regrading.hold_everybody(db)
    fresh = _planned(db, tutor, who, found.question.id)
    if fresh.corrected != found.corrected:
        raise MovedError
    if not fresh.changes:
        # Somebody else has done it while the answers were entered anew.
        return _said(db, tutor, who, wording.regrade_nothing(len(fresh.older)), note=note)
    places = people.communities_by_id(db, {change.attempt.community_id for change in fresh.changes})
    regrading.apply_changes(db, fresh.changes, partial(_boards, places))
    affected = sorted({change.attempt.learner_id for change in fresh.changes})
    if rehearsal is not None:
        rehearsal.finish(db, fresh.question, affected)
    else:
        judge_again(db, tutor.bank, fresh.question, regrading.answers_to(db, fresh.question.id, None))
    summary = f"{_summary(fresh)} {wording.regrade_beliefs(rehearsal is not None)}"
    number = _note(db, who, fresh, versions.REGRADE, _summary(fresh))
    _tell_learners(db, tutor, fresh, places, number)
    return _said(db, tutor, who, summary, note=note)


def _said(db: Connection, tutor: Tutor, who: Who, said: str, *, note: bool) -> str:
    """What is said of it, with `note` also in a direct message to whoever asked."""
    if note:
        key = f"regraded:{who.community.id}:{who.now.isoformat()}"
        tell(db, who.community, {who.learner.id: lambda _: said}, key, tutor.clock.now())
    return said


def _boards(places: dict[int, Community], attempt: Attempt) -> tuple[str, ...]:
    place = places.get(attempt.community_id)
    if place is None or attempt.origin in UNSCORED:
        return ()
    return boards_at(place, attempt.answered_at)


def _summary(found: Plan) -> str:
    righted = sum(change.righted > 0 for change in found.changes)
    wronged = len(found.changes) - righted
    points = sum(found.credits.values())
    return wording.regrade_done(len(found.changes), righted, wronged, len(found.credits), points)


def _note(db: Connection, who: Who, found: Plan, action: str, detail: str) -> int:
    deed = Deed(
        who.community.id, who.learner.id, action, versions.subject_of(found.question), who.now, detail
    )
    if found.everywhere:
        audits.add_deed(db, replace(deed, community_id=EVERYWHERE))
    return audits.add_deed(db, deed)


def _tell_learners(
    db: Connection, tutor: Tutor, found: Plan, places: dict[int, Community], number: int
) -> None:
    homes = {change.attempt.learner_id: change.attempt.community_id for change in found.changes}
    stem = stem_of(tutor, found.question.id)
    for place in places.values():
        notes = {
            learner: lambda _, points=points: wording.regrade_told(stem, points)
            for learner, points in found.credits.items()
            if homes[learner] == place.id
        }
        tell(db, place, notes, f"regrade:{number}", tutor.clock.now())
