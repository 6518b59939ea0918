"""Files that people hand in with a form: fetched from Discord's own store, within bounds."""

from __future__ import annotations

from typing import Any

import aiohttp
import discord

from adapters.discord import payloads
from adapters.discord.words import file_gone
from bot.messages import Upload, UploadError

MOST = 10_000_000
"""Bytes that are fetched of a file."""


def uploads_of(interaction: discord.Interaction[Any]) -> dict[str, Upload]:
    """The files of a submitted form by the names of their fields; nothing is fetched yet."""
    data: Any = interaction.data
    return {name: _upload(interaction, file) for name, file in payloads.files_of(data).items()}


def _upload(interaction: discord.Interaction[Any], file: payloads.Data) -> Upload:
    size = file.get("size")

    async def read() -> bytes:
        if isinstance(size, int) and size > MOST:
            raise UploadError(file_gone())
        try:
            # The address comes from Discord's gateway, not from the person who sent the file.
            return bytes(await interaction.client.http.get_from_cdn(str(file["url"])))
        except (discord.HTTPException, aiohttp.ClientError, OSError, KeyError) as error:
            raise UploadError(file_gone()) from error

    return Upload(str(file.get("filename") or ""), size if isinstance(size, int) else 0, read)
