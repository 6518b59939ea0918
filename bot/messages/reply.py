"""What a handler returns."""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages.forms import Form, FormErrors
from bot.messages.message import Message


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to one command, click or form.

    `private` answers are for the caller's eyes only. `replace` puts the answer in the place of the
    private message whose button was pressed, where there is one. A Form is opened as a modal where the
    platform has modals. FormErrors answer a submitted form only.
    """

    message: Message | Form | FormErrors
    private: bool = True
    replace: bool = False
