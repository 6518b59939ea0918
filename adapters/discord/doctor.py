"""What Discord says about this installation: its token, its application, its shards."""

from __future__ import annotations

import asyncio

import aiohttp
import discord

from adapters.discord.client import UNREACHABLE, Client, shards_of
from bot.doctor.finding import Finding, failure, ok, warning
from bot.ports import AdapterError
from bot.settings import Settings

AREA = "discord"
PATIENCE = 10.0
FEW = 50
"""Starts of sessions that a day of restarts and reconnections easily takes."""


async def examine(settings: Settings) -> list[Finding]:
    """Findings on the token, asked of Discord. Returns within some ten seconds."""
    try:
        client = Client(settings)
    except AdapterError as error:
        return [failure(AREA, str(error))]
    try:
        async with asyncio.timeout(PATIENCE):
            return await _asked(client, settings)
    except AdapterError as error:
        return [failure(AREA, str(error))]
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        return [failure(AREA, UNREACHABLE.format(error=type(error).__name__))]
    finally:
        await client.close()


async def _asked(client: Client, settings: Settings) -> list[Finding]:
    await client.enter(settings["DISCORD_TOKEN"].strip())
    shards, _, limit = await client.http.get_bot_gateway()
    name = client.user.name if client.user else "a bot"
    return [
        ok(AREA, f"DISCORD_TOKEN belongs to {name}, application {client.application_id}."),
        _shards(shards, shards_of(settings)[1]),
        _starts(limit["remaining"], limit["total"], limit["reset_after"] / 3_600_000),
    ]


def _shards(advised: int, count: int | None) -> Finding:
    if count is None or count >= advised:
        return ok(AREA, f"Discord advises {_shards_of(advised)}; {count or 'as many'} are set.")
    return warning(AREA, f"Discord advises {_shards_of(advised)}: raise DISCORD_SHARD_COUNT from {count}.")


def _starts(remaining: int, total: int, hours: float) -> Finding:
    left = f"{remaining:,} of {total:,} session starts are left for the next {hours:.0f} hours"
    if remaining <= 0:
        return failure(AREA, f"{left}: wait, and find out what restarts so often.")
    if remaining < FEW:
        return warning(AREA, f"{left}: find out what restarts so often.")
    return ok(AREA, f"{left}.")


def _shards_of(number: int) -> str:
    return f"{number:,} shard{'' if number == 1 else 's'}"
