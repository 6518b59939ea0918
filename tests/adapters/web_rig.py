"""A running local chat for a test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.model.people import Channel
from tests.fakes.web_program import WebProgram

GENERAL = Channel("local", "local", "general")
DAILY = Channel("local", "local", "aws-daily")


@asynccontextmanager
async def running(folder: Path, **settings: str) -> AsyncIterator[WebProgram]:
    """The local chat from its start to its end."""
    program = WebProgram(folder, **settings)
    await program.start()
    try:
        yield program
    finally:
        await program.stop()
