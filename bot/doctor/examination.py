"""The whole examination, area by area."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from bot.doctor import content, database, machine
from bot.doctor import settings as settings_
from bot.doctor.finding import Finding, failure
from bot.settings import Settings
from bot.storage.store import StorageError

PATIENCE = 30.0
"""Seconds for one platform."""

Part = Callable[[], Awaitable[list[Finding]]]


async def examine(
    settings: Settings, given: Mapping[str, str], folders: Sequence[Path], platforms: Mapping[str, Part]
) -> list[Finding]:
    """All findings. `platforms` are the examinations that adapters offer, by name."""
    cache = Path(settings["CLOUDLARK_DATA"]) / "bank.cache"
    found = settings_.examine(settings, given)
    found += machine.data_folder(settings)
    found += content.examine(folders, cache, dt.datetime.now(dt.UTC).date())
    found += await database.examine(settings["CLOUDLARK_DATABASE_URL"])
    found += machine.zones()
    found += await machine.port(settings)
    for name, part in platforms.items():
        found += await _patiently(name, part)
    return found


async def _patiently(name: str, part: Part) -> list[Finding]:
    try:
        async with asyncio.timeout(PATIENCE):
            return await part()
    except TimeoutError:
        return [failure(name, f"No answer within {PATIENCE:g} seconds: check the network and try again.")]
    except StorageError:
        return [
            failure(name, "What it keeps in the database cannot be read: see what is said of the database.")
        ]
