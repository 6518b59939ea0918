"""Answering an interaction: the first response where it is still free, else what replaces it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import discord

from adapters.discord import words
from adapters.discord.layout import Page, Text, lightened
from adapters.discord.markdown import small
from adapters.discord.payloads import is_message_private
from adapters.discord.render import pages_of
from adapters.discord.render_form import modal_of
from adapters.discord.view import files_of, view_of
from bot.messages import Button, ButtonStyle, Form, FormErrors, Message, Notice, Reply, Tone, decode
from bot.messages.acts import OpenForm, SubmitForm

# Where only the caller has brought the tutor along, Discord takes five further messages, and one of them may
# be the answer itself.
FURTHER = 4

Interaction = discord.Interaction[Any]


async def answer(interaction: Interaction, reply: Reply, typed: Mapping[str, str] | None = None) -> None:
    """Give a reply to an interaction. `typed` prefills a form."""
    if isinstance(reply.message, Form) and can_open_form(interaction):
        await interaction.response.send_modal(modal_of(reply.message, typed))
        return
    limit = interaction.filesize_limit
    first, *rest = (lightened(page, limit) for page in pages_of(shown(reply.message, interaction)))
    await _answer_first(interaction, first, reply)
    if not interaction.is_guild_integration() and interaction.is_user_integration():
        rest = within(rest, FURTHER)
    for page in rest:
        await _follow_up(interaction, page, reply.private)


async def defer(interaction: Interaction) -> None:
    """Tell Discord that the answer takes longer. A private message stays as it is until it is replaced;
    in all other places a private "thinking" is shown."""
    thinking = not is_message_private(interaction)
    await interaction.response.defer(ephemeral=is_ephemeral(interaction, True), thinking=thinking)


def can_open_form(interaction: Interaction) -> bool:
    """Discord opens forms as a first response only, and never in answer to a form."""
    return not interaction.response.is_done() and interaction.type is not discord.InteractionType.modal_submit


def shown(message: Message | Form | FormErrors, interaction: Interaction) -> Message:
    """A reply as a message: a form that cannot be opened becomes a button that opens it, and the faults of
    a submitted form a list with a button to correct them."""
    match message:
        case Form(submit=submit):
            return _with_form(words.slow_form(), words.open_form(), submit, Tone.INFO)
        case FormErrors(errors=errors):
            text = "\n".join([words.form_errors(), *(f"• {error}" for error in errors.values())])
            filled = _submitted(interaction)
            return (
                _with_form(text, words.try_again(), filled, Tone.WARN) if filled else Notice(text, Tone.WARN)
            )
        case _:
            return message


def within(pages: Sequence[Page], most: int) -> list[Page]:
    """At most so many pages: where some are left out the last one says so."""
    if len(pages) <= most:
        return list(pages)
    *_, last = pages
    note = Text(small(words.shortened()))
    return [*pages[: most - 1], replace(last, blocks=(note, *last.blocks))]


def is_ephemeral(interaction: Interaction, private: bool) -> bool:
    """Whether an answer is shown to the caller only. Direct messages are private as they are, and stay;
    where the tutor is only brought along by the caller, it never speaks to the whole channel."""
    if interaction.context.dm_channel:
        return False
    return private or not interaction.is_guild_integration()


async def _answer_first(interaction: Interaction, page: Page, reply: Reply) -> None:
    response, view, files = interaction.response, view_of(page), files_of(page)
    replace = reply.replace and is_message_private(interaction)
    if not response.is_done() and replace:
        await response.edit_message(view=view, attachments=files)
    elif not response.is_done():
        ephemeral = is_ephemeral(interaction, reply.private)
        await response.send_message(view=view, files=files, ephemeral=ephemeral)
    elif response.type is discord.InteractionResponseType.deferred_message_update and not replace:
        await _follow_up(interaction, page, reply.private)
    else:
        await interaction.edit_original_response(view=view, attachments=files)


async def _follow_up(interaction: Interaction, page: Page, private: bool) -> None:
    ephemeral = is_ephemeral(interaction, private)
    await interaction.followup.send(view=view_of(page), files=files_of(page), ephemeral=ephemeral)


def _with_form(text: str, label: str, submit: SubmitForm, tone: Tone) -> Notice:
    return Notice(text, tone, (Button(label, OpenForm(submit.form, submit.about), ButtonStyle.PRIMARY),))


def _submitted(interaction: Interaction) -> SubmitForm | None:
    data: Any = interaction.data or {}
    act = decode(data["custom_id"]) if "custom_id" in data else None
    return act if isinstance(act, SubmitForm) else None
