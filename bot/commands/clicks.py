"""Which verb each act of a button is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import wording
from bot.messages import Reply, StaleButtonError, encode
from bot.messages.acts import (
    Act,
    AnswerMock,
    AnswerPractice,
    AnswerRound,
    ChangeMock,
    DecideCase,
    ShowMock,
    ShowPractice,
    WhyRound,
)
from bot.tutor import mock, practice, rounds
from bot.tutor.healing import deciding, regrading
from bot.tutor.people import Who, is_admin
from bot.tutor.refusal import RefusalError
from bot.tutor.tutor import Tutor


async def do(tutor: Tutor, who: Who, act: Act, values: Sequence[str]) -> Reply:
    """Do what a button says. Raises StaleButtonError for an act that no button of ours bears."""
    match act:
        case AnswerRound():
            return await rounds.answer(tutor, who, act, picks_of(act.pick, values))
        case AnswerPractice():
            return await practice.answer(tutor, who, act, picks_of(act.pick, values))
        case ShowPractice():
            return await practice.show(tutor, who, act)
        case WhyRound():
            return await rounds.why(tutor, who, act)
        case AnswerMock():
            return await mock.answer(tutor, who, act, picks_of(act.pick, values))
        case ShowMock():
            return await mock.show(tutor, who, act)
        case ChangeMock():
            return await mock.change(tutor, who, act)
        case DecideCase():
            return await _decide(tutor, who, act)
    raise StaleButtonError(encode(act))


async def _decide(tutor: Tutor, who: Who, act: DecideCase) -> Reply:
    if not await is_admin(tutor, who):
        raise RefusalError(wording.admins_only())
    if act.what.startswith("regrade-"):
        reply = await regrading.regrade(tutor, who, act.question, act.what.removeprefix("regrade-"))
    elif act.what in deciding.DECISIONS:
        reply = await deciding.decide(tutor, who, act.question, act.what)
    else:
        raise StaleButtonError(encode(act))
    return replace(reply, replace=True)


def picks_of(pick: int | None, values: Sequence[str]) -> frozenset[int]:
    """The picked positions: the button's own, or the values of a multi-select."""
    if pick is not None:
        return frozenset({pick})
    if not all(value.isascii() and value.isdigit() and len(value) < 3 for value in values):
        raise StaleButtonError(",".join(values)[:40])
    return frozenset(map(int, values))
