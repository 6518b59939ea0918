"""A question to answer: texts in the body, the controls bear only letters."""

from __future__ import annotations

from dataclasses import replace

from adapters.discord import words
from adapters.discord.layout import Block, Choices, Gallery, Page, Rule, Text, rows
from adapters.discord.markdown import heading, moment, plain, small
from adapters.discord.render_buttons import controls
from bot.messages import ButtonStyle, QuestionCard, encode

COLOUR = 0x5865F2


def card_page(card: QuestionCard) -> Page:
    """A question: stem, options, small print, and answer controls while it is open."""
    small_print = _small_print(card)
    blocks: list[Block] = [Text(heading(card.heading)), Text(plain(card.stem), spare=1)]
    if card.picture:
        blocks.append(Gallery((card.picture,)))
    blocks.append(Text("\n".join(f"**{o.letter}.** {plain(o.text)}" for o in card.options)))
    if small_print:
        blocks.append(Text(small_print))
    if card.open or card.buttons:
        blocks.append(Rule())
    if card.open:
        blocks += _answers(card)
    return Page(COLOUR, (*blocks, *controls(card.buttons)))


def _answers(card: QuestionCard) -> tuple[Block, ...]:
    if card.picks > 1:
        return (_choices(card),)
    chosen = {o.letter for o in card.options if o.position in card.selected}
    buttons = [
        replace(button, style=ButtonStyle.PRIMARY) if button.label in chosen else button
        for button in card.option_buttons()
    ]
    return rows(buttons)


def _choices(card: QuestionCard) -> Choices:
    return Choices(
        encode(card.answer),
        words.choose(card.picks),
        tuple((str(o.position), o.letter, o.text, o.position in card.selected) for o in card.options),
        card.picks,
    )


def _small_print(card: QuestionCard) -> str:
    lines = [small(note) for note in card.notes if note.strip()]
    facts = []
    if card.progress:
        facts.append(words.place_of(*card.progress))
    if card.closes_at:
        facts.append(words.closes(moment(card.closes_at)))
    if card.answered is not None:
        facts.append(words.answered(card.answered))
    return "\n".join([*lines, *([f"-# {' · '.join(facts)}"] if facts else [])])
