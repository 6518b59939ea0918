"""Free words in direct messages, answered by the tutor."""

from __future__ import annotations

import discord
import structlog

from adapters.discord import payloads, words
from adapters.discord.messenger import DiscordMessenger
from bot.commands.desk import Desk
from bot.messages import (
    Button,
    ChannelGoneError,
    DeliveryFailedError,
    DeliveryUnknownError,
    Form,
    FormErrors,
    Message,
    Notice,
    Reply,
)
from bot.messages.acts import OpenForm
from bot.model.people import Caller

log = structlog.get_logger(__name__)


class DirectMessages:
    """Hears direct messages. In servers the tutor hears nobody, on purpose: commands and buttons do."""

    def __init__(self, desk: Desk, messenger: DiscordMessenger) -> None:
        self._desk = desk
        self._messenger = messenger

    async def on_message(self, message: discord.Message) -> None:
        """Answer a person's words. Delivered twice, a message is answered once."""
        if message.guild is not None or message.author.bot or not message.content.strip():
            return
        person = payloads.person_of(message.author, discord.Permissions.none())
        reply = await self._desk.said(Caller(person, None, str(message.id)), message.content)
        if (answer := sayable(reply)) is None:
            return
        try:
            await self._messenger.direct(person, answer, nonce=str(message.id))
        except (ChannelGoneError, DeliveryFailedError, DeliveryUnknownError) as error:
            log.warning("direct_answer_failed", message=message.id, reason=error.reason)


def sayable(reply: Reply) -> Message | None:
    """A reply as a message; a form, which needs a click to open, as a button."""
    match reply.message:
        case Form(submit=submit) as form:
            open_form = OpenForm(submit.form, submit.about)
            return Notice(form.title, buttons=(Button(words.open_form(), open_form),))
        case FormErrors():
            return None
        case _:
            return reply.message
