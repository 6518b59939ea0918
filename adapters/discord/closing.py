"""Why Discord's gateway has let go of us for good: the close codes after which nobody should come back."""

from __future__ import annotations

import asyncio

import discord

from adapters.discord.client import REFUSED

REASONS = {
    4004: REFUSED,
    4010: "Discord refuses these shards: DISCORD_SHARD_IDS must be numbers below DISCORD_SHARD_COUNT.",
    4011: "Discord wants more shards for so many servers: raise DISCORD_SHARD_COUNT or leave it empty.",
    4012: "Discord's gateway no longer speaks this version: install a newer Cloudlark.",
    4013: "Discord's gateway does not know the intents that Cloudlark asks for: install a newer Cloudlark.",
    4014: "Discord does not allow the intents that Cloudlark asks for: look at the Bot page of your application.",
}
OTHER = "Discord's gateway has closed the connection for good ({error}): start Cloudlark again."


def reason_of(running: asyncio.Task[None]) -> str:
    """A sentence on why a connection has ended; empty while it lasts or when it was ended on purpose."""
    if not running.done() or running.cancelled() or (error := running.exception()) is None:
        return ""
    code = error.code if isinstance(error, discord.ConnectionClosed) else 0
    if isinstance(error, discord.PrivilegedIntentsRequired):
        code = 4014
    return REASONS.get(code, OTHER.format(error=code or type(error).__name__))
