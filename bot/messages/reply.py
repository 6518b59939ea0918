"""What a handler returns."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.messages.forms import Form, FormErrors
from bot.messages.message import Message


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to one command, click or form.

    `private` answers are for the caller's eyes only. `replace` puts the answer in the place of the
    private message whose button was pressed, where there is one. A Form is opened as a modal where the
    platform has modals. FormErrors answer a submitted form only. `language` is what an answer from the desk
    is written in, so that a platform's own words beside it are in the same; it is empty until then.
    """

    message: Message | Form | FormErrors
    private: bool = True
    replace: bool = False
    language: str = field(default="", compare=False)
