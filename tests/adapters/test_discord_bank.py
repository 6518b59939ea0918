"""Every question of the bank, in every card of its life, within Discord's rules."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.discord.layout import fitted
from adapters.discord.render import page_of
from adapters.discord.view import view_of
from bot.bank.bank import Bank
from bot.bank.loading import load
from bot.messages import Button, Feedback, Message, Reveal, Verdict
from bot.messages.acts import OpenForm, RunCommand
from bot.model.knowledge import Item
from bot.model.people import Channel
from bot.model.study import RevealPolicy, Round, RoundState
from bot.tutor import rounds, showing
from tests.fakes.discord.component_rules import check_layout

CONTENT = Path(__file__).parents[2] / "content"
pytestmark = pytest.mark.bank


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load([CONTENT])


def said_of(bank: Bank, question_id: str) -> Iterator[Message]:
    """All that is said of a question, with the longest notes and the most buttons."""
    round_ = Round(
        2**40,
        1,
        1,
        Channel("discord", "1", "2"),
        question_id,
        "",
        7,
        RevealPolicy.AT_CLOSE,
        RoundState.OPEN,
        480,
        closes_at=dt.datetime(2026, 11, 21, tzinfo=dt.UTC),
        answered=100_000,
    )
    item = bank.item(question_id, 7)
    given = Counter({item.key: 3, frozenset({item.options[0].position}): 2})
    yield rounds.card(bank, round_)
    yield rounds.explanation(bank, round_, given)
    yield rounds.reveal(bank, round_, given)
    yield feedback(bank, item)


def feedback(bank: Bank, item: Item) -> Feedback:
    """A verdict as long as verdicts become."""
    return Feedback(
        Verdict.WRONG,
        "You have already answered: A and C, which was wrong, the answer is B and D. The first answer counts.",
        item.stem,
        showing.reasons(item, item.key),
        item.explanation,
        showing.sources(bank, item.question),
        ("+10 points", "Streak extended: 100 workdays in a row, 3 freezes in hand."),
        (
            Button("Practise this topic", RunCommand(f"quiz {item.question.topic}")),
            Button("Report", OpenForm("report", item.question.id)),
        ),
    )


def test_every_card_of_every_question_keeps_to_the_rules(bank: Bank) -> None:
    for question_id in bank.questions:
        for message in said_of(bank, question_id):
            check_layout(view_of(page_of(message), "cloudlark-1").to_components(), [])


def test_no_reveal_and_no_reason_is_ever_shortened(bank: Bank) -> None:
    for question_id in bank.questions:
        for message in said_of(bank, question_id):
            page = page_of(message)
            spare = 0 if isinstance(message, Reveal) else 2
            kept = [block for block in page.blocks if getattr(block, "spare", 0) <= spare]
            assert all(block in fitted(page).blocks for block in kept), question_id
