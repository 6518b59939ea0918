"""What is written and read again is what the format can hold, whatever characters stand in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from bot.bank.exchange import formats
from bot.bank.exchange.drafts import Draft, tidy
from tests.bank.exchange.samples import PLAIN, WORDS, decks

SETTINGS = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
WITH_TEXTS = ["csv", "gift", "moodle", "anki"]


def again(name: str, drafts: list[Draft]) -> list[Draft]:
    """What comes back of drafts."""
    form = formats.WRITTEN[name]
    parsed = formats.read(f"file{form.suffix}", form.write(drafts))
    assert parsed.lost == ()
    return sorted(parsed.drafts, key=lambda draft: (draft.id, draft.stem))


def held(name: str, drafts: list[Draft]) -> list[Draft]:
    """What the format holds of them."""
    form = formats.WRITTEN[name]
    return sorted(map(form.holds, drafts), key=lambda draft: (draft.id, draft.stem))


@pytest.mark.parametrize("name", [*WITH_TEXTS, "text"])
def test_a_plain_question_comes_back(name: str) -> None:
    assert again(name, [PLAIN]) == held(name, [PLAIN])


@pytest.mark.parametrize("name", WITH_TEXTS)
@SETTINGS
@given(drafts=decks())
def test_hostile_questions_come_back_whole(name: str, drafts: list[Draft]) -> None:
    assert again(name, drafts) == held(name, drafts)


@SETTINGS
@given(drafts=decks(WORDS))
def test_hostile_questions_come_back_from_plain_text_where_lines_begin_with_words(
    drafts: list[Draft],
) -> None:
    assert again("text", drafts) == held("text", drafts)


@pytest.mark.parametrize("name", formats.WRITTEN)
def test_what_a_format_cannot_hold_is_said(name: str) -> None:
    form = formats.WRITTEN[name]
    said = " ".join(form.lost([PLAIN]))
    assert ("facts" in said) == (form.holds(PLAIN).facts == ())
    assert ("confuse" in said) == (form.holds(PLAIN).choices != PLAIN.choices)
    numeric = replace(PLAIN, generator="sqs-batch", choices=())
    assert ("one drawing" in " ".join(form.lost([numeric]))) == (name != "csv")


def test_texts_are_made_such_that_every_format_can_hold_them() -> None:
    assert tidy(" a\r\nb\rc\x00\x1f\ufffe ") == "a\nb\nc\ufffd\ufffd\ufffd"
