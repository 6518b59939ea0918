"""Buttons as Slack shows them, and their ids.

Slack wants each action_id once in a message, so an id is the button's place, a bar, and the act.
A question with several picks has one button that opens its checkboxes; its id begins with `pick:`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from adapters.slack import words
from adapters.slack.blocks import Json, actions, plain_text
from bot.messages import Button, ButtonStyle, QuestionCard, encode

LABEL = 75
PICK = "pick:"


def action_id(place: int, button: str) -> str:
    """The id of the button at a place of its message."""
    return f"{place}|{button}"


def button_of(action: str) -> str:
    """The act's id inside an action_id; whatever was there when the id is not ours."""
    place, bar, button = action.partition("|")
    return button if bar and place.isdigit() else action


def control(place: int, button: Button, spoken: str = "") -> Json:
    """One button; `spoken` is what a screen reader says in place of the label."""
    shown: Json = {
        "type": "button",
        "action_id": action_id(place, encode(button.act)),
        "text": plain_text(button.label, LABEL),
    }
    if button.style is not ButtonStyle.PLAIN:
        shown["style"] = button.style.value
    if spoken:
        shown["accessibility_label"] = spoken[:LABEL]
    return shown


def rows(buttons: Iterable[Button], start: int = 0) -> list[Json]:
    """The actions blocks of buttons whose places begin at `start`."""
    return actions([control(place, button) for place, button in enumerate(buttons, start)])


def answer_rows(card: QuestionCard) -> list[Json]:
    """What answers an open question: a button for each letter, or one that opens the checkboxes."""
    if card.picks > 1:
        return actions([_pick_button(card)])
    spoken = [f"{option.letter}: {option.text}" for option in card.options]
    return actions(
        [control(at, _marked(card, at, b), spoken[at]) for at, b in enumerate(card.option_buttons())]
    )


def _marked(card: QuestionCard, at: int, button: Button) -> Button:
    chosen = card.options[at].position in card.selected
    return Button(f"{button.label} ✓", button.act, ButtonStyle.PRIMARY) if chosen else button


def _pick_button(card: QuestionCard) -> Json:
    label = words.pick_button(card.picks, bool(card.selected))
    return {
        "type": "button",
        "action_id": action_id(0, PICK + encode(card.answer)),
        "text": plain_text(label, LABEL),
        "style": ButtonStyle.PRIMARY.value,
    }


def all_rows(card: QuestionCard, buttons: Sequence[Button]) -> list[Json]:
    """The controls of a card: those that answer it while it is open, then its own buttons."""
    answering = answer_rows(card) if card.open else []
    return [*answering, *rows(buttons, start=len(card.options))]
