"""Response URLs: five answers each, within half an hour, replacing the original or not."""

from __future__ import annotations

import time
from dataclasses import dataclass

from tests.fakes.slack.messages_api import checked
from tests.fakes.slack.refusals import Refusal
from tests.fakes.slack.world import Json, Message, World

USES = 5
SECONDS = 1_800


@dataclass(slots=True)
class ResponseUrl:
    """One URL and what it may do. `original` is the message whose button was pressed."""

    id: str
    channel: str
    user: str
    original: Message | None
    made_at: float
    uses: int = 0


class ResponseUrls:
    """All URLs that were given out."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._urls: dict[str, ResponseUrl] = {}

    def make(self, channel: str, user: str, original: Message | None) -> str:
        """A new URL's id."""
        number = f"R{self._world.number()}"
        self._urls[number] = ResponseUrl(number, channel, user, original, time.time())
        return number

    def expire(self) -> None:
        """Let all URLs be too old."""
        for url in self._urls.values():
            url.made_at -= SECONDS

    def use(self, number: str, body: Json) -> None:
        """Answer through a URL. Raises Refusal with the text that Slack answers."""
        url = self._urls.get(number)
        if url is None or time.time() - url.made_at >= SECONDS:
            raise Refusal("expired_url")
        if url.uses >= USES:
            raise Refusal("used_url")
        kind = body.get("response_type", "ephemeral")
        if kind not in ("ephemeral", "in_channel"):
            raise Refusal("invalid_payload")
        text, blocks = checked(self._world, "response_url", body)
        url.uses += 1
        if body.get("replace_original") and url.original is not None:
            url.original.text, url.original.blocks = text, blocks
            url.original.edits += 1
            return
        self._world.messages.append(
            Message(
                url.channel,
                self._world.stamp(),
                text,
                blocks,
                thread=str(body.get("thread_ts", "")),
                to=url.user if kind == "ephemeral" else "",
            )
        )
