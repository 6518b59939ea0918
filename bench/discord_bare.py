"""A discord.py bot whose handler only responds: what the library itself costs. `python -m bench.discord_bare`."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.compression import use_zlib


class Bare(discord.AutoShardedClient):
    """Answers every click with a sentence."""

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Respond."""
        await interaction.response.send_message("Right: A it is.", ephemeral=True)


async def serve() -> None:
    """Answer every click, until killed."""
    # This process has one client, so the library's own addresses may be changed.
    use_zlib()
    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
    async with Bare(intents=discord.Intents(guilds=True), max_messages=None) as client:
        await client.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    asyncio.run(serve())
