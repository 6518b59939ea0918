"""What went wrong at Discord, in the messenger's three words: failed, unknown, or nobody there.

429                                     NotYetError            it did not arrive, and will when it is its turn
cannot connect, refused content         DeliveryFailedError    it certainly did not arrive
5xx, a lost connection, no answer       DeliveryUnknownError   it may have arrived
403, 404                                ChannelGoneError       somebody must act first
"""

from __future__ import annotations

import aiohttp
import discord

from bot.messages import ChannelGoneError, DeliveryFailedError, DeliveryUnknownError, NotYetError
from bot.wording.speech import marked

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE = 10003, 10008
MISSING_ACCESS, MISSING_PERMISSIONS, CANNOT_MESSAGE_USER = 50001, 50013, 50007
NO_COMMON_SERVER, NO_TAG, TAG_REQUIRED = 50278, 40066, 40067
NOT_A_TEXT_CHANNEL, WRONG_CHANNEL_TYPE, FORUM_CHANNEL = 50008, 50024, 40058
ARCHIVED, REPLY_NEEDS_HISTORY, THREAD_EXISTS, LOCKED = 50083, 160002, 160004, 160005
TOO_MANY_THREADS = (160006, 160007)

REASONS = {
    UNKNOWN_CHANNEL: marked("The channel no longer exists."),
    MISSING_ACCESS: marked("I may not see that channel any more. Give me View Channel there."),
    MISSING_PERMISSIONS: marked(
        "I may not write there. Give me View Channel, Send Messages and Attach Files."
    ),
    CANNOT_MESSAGE_USER: (silent := marked("This person does not accept direct messages from me.")),
    NO_COMMON_SERVER: silent,
    NOT_A_TEXT_CHANNEL: marked("Nobody can write in that kind of channel. Choose a text channel or a forum."),
    WRONG_CHANNEL_TYPE: marked("That kind of channel does not allow this. Choose a text channel or a forum."),
    ARCHIVED: (locked := marked("The thread is locked. Unlock it, or choose another channel.")),
    LOCKED: locked,
    TAG_REQUIRED: (untagged := marked("Posts in that forum need a tag, and it offers none that I may use.")),
    NO_TAG: untagged,
}

ELSE = marked("I may not write there, or the place is gone.")

Fault = DeliveryFailedError | DeliveryUnknownError | ChannelGoneError


def fault_of(error: Exception) -> Fault:
    """The fault behind an error of the library or of the connection."""
    match error:
        case discord.RateLimited(retry_after=seconds):
            return NotYetError("Discord limits the rate", seconds)
        case discord.HTTPException():
            return _refused(error)
        case aiohttp.ClientConnectorError():
            return DeliveryFailedError("Discord cannot be reached")
        case _:
            return DeliveryUnknownError(type(error).__name__)


def is_gone(error: Exception) -> bool:
    """Whether the error says that a place is missing or closed to us, so that another may be tried."""
    return isinstance(error, discord.HTTPException) and (error.status in (403, 404) or error.code in REASONS)


def has_no_thread(error: Exception) -> bool:
    """Whether the error says that no thread can be opened there, so that a reply must do."""
    return is_gone(error) or (isinstance(error, discord.HTTPException) and error.code in TOO_MANY_THREADS)


def _refused(error: discord.HTTPException) -> Fault:
    if error.status == 429:
        return NotYetError("Discord limits the rate", 60.0)
    if error.status >= 500:
        return DeliveryUnknownError(f"Discord answered {error.status}")
    if is_gone(error):
        return ChannelGoneError(REASONS.get(error.code, ELSE))
    return DeliveryFailedError(f"Discord refused the message ({error.status}, {error.code})")
