"""Every question of the bank in every shape that the tutor gives it, held against Slack's limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from adapters.slack.picking import _kept, pick_view
from adapters.slack.render import render
from bot.bank import load
from bot.bank.bank import Bank
from bot.messages import Button, Explanation, Feedback, Message, QuestionCard, Reveal, Verdict, encode
from bot.messages.acts import AnswerMock, AnswerPractice, AnswerRound, OpenForm, RunCommand, WhyRound
from bot.model.knowledge import Item
from bot.tutor import showing
from tests.fakes.slack.block_rules import message_faults, too_long, view_faults
from tests.fakes.slack.text_rules import markup_faults

pytestmark = pytest.mark.bank

CONTENT = Path(__file__).parents[2] / "content"
HUGE = 2**31


@cache
def bank() -> Bank:
    return load([CONTENT])


def shapes(item: Item) -> Iterator[Message]:
    """A question as card, feedback, reveal and explanation, with the longest small print there is."""
    views, question = showing.option_views(item), item.question
    notes = ("Press a letter. Only you see your result; everybody sees the key when the round closes.",) * 3
    buttons = (
        Button("Practise this topic", RunCommand(f"quiz {question.topic}")),
        Button("Report", OpenForm("report", question.id)),
    )
    card = QuestionCard(
        f"Daily question · {bank().topics[question.topic].name}",
        item.stem,
        views,
        item.picks_wanted,
        AnswerRound(HUGE),
        answered=99_999,
        progress=(65, 65),
        notes=notes,
        buttons=buttons,
    )
    everything = frozenset(option.position for option in item.options)
    yield card
    yield replace(card, answer=AnswerPractice(HUGE, 99))
    yield replace(card, answer=AnswerMock(HUGE, 64), selected=everything)
    yield replace(card, open=False)
    sources = showing.sources(bank(), question)
    for picks in (item.key, everything - item.key):
        reasons = showing.reasons(item, picks)
        yield Feedback(
            Verdict.WRONG, "Not quite.", item.stem, reasons, item.explanation, sources, notes, buttons
        )
    given = showing.reasons(item, given=Counter({item.key: 3, everything: 2}))
    yield Reveal("Closed", item.stem, given, 5, 3, notes, (*buttons, Button("My answer", WhyRound(HUGE))))
    yield Explanation("Why?", given, item.explanation, sources, buttons)


@pytest.mark.parametrize("seed", [1, 2])
def test_slack_takes_every_question_in_every_shape(seed: int) -> None:
    faults = []
    for name in bank().questions:
        for message in shapes(bank().item(name, seed)):
            said = render(message)
            blocks = list(said.blocks)
            found = [*message_faults(blocks), *markup_faults(said.text.replace("\n> ", "\n"))]
            shortened = "Shortened" in str(blocks)
            if found or too_long(blocks) or shortened:
                faults.append((name, type(message).__name__, found, shortened))
            for block in blocks:
                Block.parse(block).validate_json()

    assert faults == []


def test_slack_takes_the_checkboxes_of_every_question_with_several_picks() -> None:
    several = [bank().item(name, 1) for name in bank().questions]
    faults = []
    for item in several:
        if item.picks_wanted < 2:
            continue
        card = next(iter(shapes(item)))
        assert isinstance(card, QuestionCard)
        view = pick_view(f"pick:{encode(card.answer)}", _kept(card), "m" * 3_000)
        faults += view_faults(view)
        View(**view).validate_json()

    assert faults == []
