"""The requests that put messages into channels, threads and forums, in the library's own words."""

from __future__ import annotations

from typing import Any, Literal

import discord
from discord.http import MultipartParameters, handle_message_parameters

from adapters.discord import faults
from adapters.discord.client import Client
from adapters.discord.layout import NOTHING, lightened
from adapters.discord.markdown import clipped
from adapters.discord.places import tags_for
from adapters.discord.render import page_of, title_of
from adapters.discord.view import files_of, view_of
from bot.messages import Message

NAME_LIMIT = 100
# What every server takes; boosted ones take more.
FILE_LIMIT = 10 * 2**20
ARCHIVE_AFTER: Literal[1440] = 1440
NOBODY = discord.AllowedMentions.none()


async def send(client: Client, place: int, message: Message, nonce: str, reply_to: str = "") -> str:
    """Post into a channel or thread; return the message's id. The nonce makes a repetition harmless."""
    page = lightened(page_of(message), FILE_LIMIT)
    extra: Any = {"message_reference": _reference(place, reply_to)} if reply_to else {}
    with handle_message_parameters(
        view=view_of(page, nonce), files=files_of(page), nonce=nonce, allowed_mentions=NOBODY, **extra
    ) as parameters:
        return str((await client.http.send_message(place, params=parameters))["id"])


async def reply(client: Client, place: int, message: Message, nonce: str, reply_to: str) -> str:
    """Post as a reply; where the tutor may not read the history, which replies need, as a plain message."""
    try:
        return await send(client, place, message, nonce, reply_to)
    except discord.HTTPException as error:
        if error.code != faults.REPLY_NEEDS_HISTORY:
            raise
        return await send(client, place, message, nonce)


async def replace(client: Client, place: int, message_id: str, message: Message) -> None:
    """Put a message in the place of one that was posted, with its files in the place of the old ones. A
    thread that fell asleep is woken first, for Discord edits nothing in it; it only wakes by itself for posts."""
    try:
        await _replace(client, place, message_id, message)
    except discord.HTTPException as error:
        if error.code != faults.ARCHIVED:
            raise
        await client.http.edit_channel(place, archived=False)
        await _replace(client, place, message_id, message)


async def _replace(client: Client, place: int, message_id: str, message: Message) -> None:
    page = lightened(page_of(message), FILE_LIMIT)
    with handle_message_parameters(
        view=view_of(page), attachments=files_of(page), allowed_mentions=NOBODY
    ) as parameters:
        await client.http.edit_message(place, int(message_id), params=parameters)


async def post_in_forum(client: Client, forum: Any, message: Message, nonce: str) -> str:
    """Start a post in a forum; the id of its first message is also the id of its thread."""
    with _post_parameters(forum, message, nonce) as parameters:
        thread = await client.http.start_thread_in_forum(forum.id, params=parameters)
    return str(thread["id"])


async def open_thread(client: Client, place: int, message_id: str, title: str) -> bool:
    """Open the thread below a message, whose id it bears. Returns False if it was there before."""
    try:
        await client.http.start_thread_with_message(
            place, int(message_id), name=_name(title), auto_archive_duration=ARCHIVE_AFTER
        )
    except discord.HTTPException as error:
        if error.code != faults.THREAD_EXISTS:
            raise
        return False
    return True


def _post_parameters(forum: Any, message: Message, nonce: str) -> MultipartParameters:
    page, tags = lightened(page_of(message), FILE_LIMIT), tags_for(forum)
    post: dict[str, Any] = {
        "name": _name(title_of(message)),
        "auto_archive_duration": ARCHIVE_AFTER,
        **({"applied_tags": tags} if tags else {}),
    }
    return handle_message_parameters(
        view=view_of(page, nonce), files=files_of(page), allowed_mentions=NOBODY, channel_payload=post
    )


def _name(title: str) -> str:
    return clipped(title, NAME_LIMIT) or NOTHING


def _reference(place: int, message_id: str) -> dict[str, Any]:
    return {"message_id": message_id, "channel_id": str(place), "fail_if_not_exists": False}
