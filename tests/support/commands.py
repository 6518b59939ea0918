"""`cloudlark` as a person at a terminal runs it: a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


async def started(url: str, *words: str, **settings: str) -> Process:
    """A command on a database, on its way."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CLOUDLARK_", "SLACK_", "DISCORD_"))}
    given = {"CLOUDLARK_DATABASE_URL": url, **settings}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=ROOT, env={**kept, **given}, stdout=PIPE, stderr=PIPE
    )


async def cloudlark(url: str, *words: str, **settings: str) -> Ran:
    """A command on a database, run to its end. None of them shows a traceback."""
    process = await started(url, *words, **settings)
    out, err = (text.decode() for text in await process.communicate())
    assert "Traceback" not in err, err
    assert process.returncode is not None
    return Ran(process.returncode, out, err)
