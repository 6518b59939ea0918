"""Buttons in rows; more than a message can hold stand in menus instead."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.discord import words
from adapters.discord.layout import Choices, Row, rows
from bot.messages import Button, encode

MENU = "menu"
MOST_BUTTONS = 15
MENU_LENGTH = 25


def controls(buttons: Sequence[Button]) -> tuple[Row | Choices, ...]:
    """Up to 15 buttons in rows; more as menus whose values are the ids of the buttons."""
    if len(buttons) <= MOST_BUTTONS:
        return rows(buttons)
    starts = range(0, len(buttons), MENU_LENGTH)
    return tuple(_menu(start, buttons[start : start + MENU_LENGTH]) for start in starts)


def _menu(start: int, buttons: Sequence[Button]) -> Choices:
    values = dict.fromkeys(encode(button.act) for button in buttons)
    labels = {encode(button.act): button.label for button in reversed(buttons)}
    placeholder = words.more(buttons[0].label, buttons[-1].label)
    options = tuple((value, labels[value], "", False) for value in values)
    return Choices(f"{MENU}:{start}", placeholder[:150], options)
