"""The machine: its time zones, the port, and the folder for data."""

from __future__ import annotations

import asyncio
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.doctor.finding import Finding, failure, ok, warning
from bot.http import PortError, listener_on
from bot.settings import Settings, SettingsError

PATIENCE = 2.0


def zones() -> list[Finding]:
    """Whether the data of time zones is there."""
    try:
        ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        return [failure("clock", "There is no time zone data: install the package tzdata.")]
    return [ok("clock", f"The data of {len(available_timezones())} time zones is there.")]


async def port(settings: Settings) -> list[Finding]:
    """Whether the HTTP server can listen, or a tutor does so already."""
    host = settings["CLOUDLARK_HOST"]
    try:
        number = int(settings.number("CLOUDLARK_PORT", 0, 65535))
        listener_on(host, number).close()
    except SettingsError:
        return []
    except PortError as error:
        if await _alive(host, number):
            return [ok("port", f"A tutor is running on {host}:{number} already.")]
        return [failure("port", str(error))]
    return [ok("port", f"{host}:{number} is free." if number else "Any free port will do.")]


async def _alive(host: str, port: int) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(_reachable(host), port)
            with closing(writer):
                writer.write(f"GET /healthz HTTP/1.0\r\nHost: {_reachable(host)}\r\n\r\n".encode())
                return b'"alive"' in await reader.read()
    except OSError:
        return False


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def data_folder(settings: Settings) -> list[Finding]:
    """Whether the data folder can be written, and is nobody else's to read."""
    folder = Path(settings["CLOUDLARK_DATA"])
    try:
        if not folder.exists():
            return [ok("data", f"There is no folder {folder} yet; the first start makes it.")]
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"doctor")
    except OSError as error:
        owner = f"user {os.getuid()}" if hasattr(os, "getuid") else "this user"
        return [failure("data", f"{folder} cannot be written ({error.strerror}): let {owner} write there.")]
    return [ok("data", f"{folder} can be written."), *_open_to_others(folder)]


def _open_to_others(folder: Path) -> Iterator[Finding]:
    mode = folder.stat().st_mode
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        yield failure("data", f"Everybody on this machine may change {folder}: chmod 700 {folder}.")
    elif mode & stat.S_IROTH:
        yield warning("data", f"Everybody on this machine may look into {folder}: chmod 700 {folder}.")
