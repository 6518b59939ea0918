"""A question that can be answered, as blocks."""

from __future__ import annotations

from collections.abc import Iterable

from adapters.slack import words
from adapters.slack.blocks import context, fit, header, sections
from adapters.slack.buttons import all_rows
from adapters.slack.mrkdwn import bold, moment, plain
from adapters.slack.rendered import Rendered, fallback
from bot.messages import OptionView, QuestionCard


def question_card(card: QuestionCard) -> Rendered:
    """The stem and the options in full; the controls bear only letters."""
    blocks = [
        *header(card.heading),
        *sections(plain(card.stem)),
        *sections(options_text(card.options)),
        *context(_small_print(card)),
        *all_rows(card, card.buttons),
    ]
    return Rendered(
        text=fallback(plain(card.heading), plain(card.stem), options_text(card.options)),
        blocks=tuple(fit(blocks)),
        card=card if card.open and card.picks > 1 else None,
        pictures=(card.picture,) if card.picture else (),
    )


def options_text(options: Iterable[OptionView]) -> str:
    """The options, one below the other."""
    return "\n".join(f"{bold(option.letter + '.')} {plain(option.text)}" for option in options)


def _small_print(card: QuestionCard) -> list[str]:
    wanted = words.pick_exactly(card.picks) if card.picks > 1 and card.open else ""
    progress = words.question_of(*card.progress) if card.progress else ""
    closes = words.closes(moment(card.closes_at)) if card.closes_at and card.open else ""
    tally = words.answered(card.answered) if card.answered is not None else ""
    first = " · ".join(filter(None, [wanted, progress, closes, tally, _selected(card)]))
    return [first, *map(plain, card.notes)]


def _selected(card: QuestionCard) -> str:
    letters = [option.letter for option in card.options if option.position in card.selected]
    return words.your_pick(", ".join(letters)) if letters else ""
