"""The link that invites the tutor to a server, with the least permissions that it needs."""

from __future__ import annotations

from urllib.parse import urlencode

import discord

from adapters.discord.client import Client
from bot.ports import AdapterError
from bot.settings import Settings

# Slash commands work without any of these; posting questions, threads and charts does not. History is
# read only to find out whether a post whose fate is unknown has arrived.
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    attach_files=True,
    read_message_history=True,
)


def invite_link(application_id: int | str) -> str:
    """The address that a server's manager opens to invite the tutor."""
    query = {
        "client_id": str(application_id),
        "scope": "bot applications.commands",
        "permissions": str(PERMISSIONS.value),
    }
    return f"https://discord.com/oauth2/authorize?{urlencode(query)}"


async def application_id(settings: Settings) -> int:
    """The application's id, asked of Discord with DISCORD_TOKEN. Raises AdapterError."""
    if not settings["DISCORD_TOKEN"]:
        raise AdapterError("Give the application's id, or set DISCORD_TOKEN so that Discord can be asked.")
    client = Client(settings)
    await client.enter(settings["DISCORD_TOKEN"])
    await client.close()
    if client.application_id is None:
        raise AdapterError("Discord did not say which application DISCORD_TOKEN belongs to: give its id.")
    return client.application_id
