"""A discord.py bot whose handler only responds: what the library itself costs. `python -m bench.discord_bare`.

With `dynamic` behind it, buttons are read by a DynamicItem instead of by the event.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

Interaction = discord.Interaction[Any]


class Press(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"(?P<id>.+)"):
    """Any button."""

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: Any, match: re.Match[str], /) -> Press:
        """The button that was pressed."""
        return cls(item)

    async def callback(self, interaction: Interaction) -> None:
        """Respond."""
        await interaction.response.send_message("Right: A it is.", ephemeral=True)


async def respond(interaction: Interaction) -> None:
    """Respond."""
    await interaction.response.send_message("Right: A it is.", ephemeral=True)


async def serve(dynamic: bool) -> None:
    """Answer every click, until killed."""
    # This process has one client, so the library's own addresses may be changed.
    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
    client = discord.AutoShardedClient(intents=discord.Intents(guilds=True), max_messages=None)
    if dynamic:
        client.add_dynamic_items(Press)
    else:
        client.on_interaction = respond  # type: ignore[attr-defined]
    async with client:
        await client.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1:] == ["dynamic"]))
