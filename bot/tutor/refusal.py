"""What the tutor says no to, in a sentence for the person who asked."""

from __future__ import annotations

from bot.messages import Button


class RefusalError(Exception):
    """An ordinary no. `text` is for the person; `buttons` offer what they may want instead."""

    def __init__(self, text: str, buttons: tuple[Button, ...] = ()) -> None:
        super().__init__(text)
        self.text = text
        self.buttons = buttons
