"""A message as Slack takes it."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.slack.blocks import MESSAGE_TEXT, Json
from adapters.slack.mrkdwn import clip
from bot.messages import File, Picture, QuestionCard


@dataclass(frozen=True, slots=True)
class Rendered:
    """Blocks with the text for notifications and screen readers, which is never empty.

    `card` is the question whose checkboxes open in a modal; it has to be kept until then.
    """

    text: str
    blocks: tuple[Json, ...] = ()
    card: QuestionCard | None = None
    pictures: tuple[Picture, ...] = ()
    files: tuple[File, ...] = ()

    @property
    def body(self) -> Json:
        """The part of a request that says it."""
        return {"text": self.text, "blocks": list(self.blocks)} if self.blocks else {"text": self.text}


def fallback(*parts: str) -> str:
    """The text for those who do not see the blocks. The parts are already escaped."""
    said = "\n".join(part for part in parts if part.strip())
    return clip(said, MESSAGE_TEXT) or "Cloudlark"
