"""The one port through which the tutor starts to speak. Each adapter has one Messenger.

DeliveryFailedError    it certainly did not arrive; trying again is safe
  NotYetError          because it is not its turn: too much was said there lately
DeliveryUnknownError   it may have arrived; only a platform that de-duplicates may try again
ChannelGoneError       it cannot arrive until somebody acts: no such channel, no permission
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from bot.messages.message import Message
from bot.model.people import Channel, MessageRef, Person


class DeliveryFailedError(Exception):
    """The platform certainly did not take the message. `retry_after` is in seconds."""

    def __init__(self, reason: str, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class NotYetError(DeliveryFailedError):
    """The place takes no message before `retry_after` seconds are over: no fault, and no use to wait here."""


class DeliveryUnknownError(Exception):
    """Nobody knows whether the platform took the message."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ChannelGoneError(Exception):
    """The tutor may not speak there. `reason` is a sentence for the admin."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Messenger(Protocol):
    """Speaks first, to channels and to people. `nonce` (at most 25 characters) names a message for ever:
    posting twice with one nonce shows one message where the platform can tell."""

    platform: str

    async def post(
        self, channel: Channel, message: Message, *, nonce: str, thread: MessageRef | None = None
    ) -> MessageRef:
        """Post to a channel, or into the thread below `thread`. Raises one of the errors above.

        What has to wait more than a few seconds for the platform's limits is refused with NotYetError."""
        ...

    async def edit(self, ref: MessageRef, message: Message) -> None:
        """Replace a message that the tutor posted. Harmless to repeat."""
        ...

    async def direct(self, person: Person, message: Message, *, nonce: str) -> MessageRef:
        """Write to one person. Raises ChannelGoneError when they do not accept messages."""
        ...

    async def find(self, channel: Channel, nonce: str, since: dt.datetime) -> MessageRef | None:
        """The message that carries `nonce`, if it is there since that time, else None.

        Raises DeliveryUnknownError where the platform does not let the tutor look.
        """
        ...

    async def close(self) -> None:
        """Finish what is on its way and let go."""
        ...
