"""The local chat's journal under kill -9: whatever was confirmed is there, once."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from tests.fakes.web_page import FakePage, again, knock

ROOT = Path(__file__).parents[2]
MESSAGES = 300

pytestmark = pytest.mark.process


async def test_every_confirmed_message_survives_and_sending_again_doubles_none(tmp_path: Path) -> None:
    confirmed: set[str] = set()
    async with httpx.AsyncClient() as http:
        async with process(tmp_path, 0) as program:
            http.base_url = httpx.URL(program.address)
            person = (await knock(program, "Ada", http)).json()
            async with again(program, person, http) as ada:
                burst = asyncio.create_task(say_all(ada, confirmed))
                while len(confirmed) < MESSAGES // 4:
                    await asyncio.sleep(0.001)
                program.process.kill()
                await burst
        assert MESSAGES // 4 <= len(confirmed) < MESSAGES
        async with process(tmp_path, program.port) as program, again(program, person, http) as ada:
            assert confirmed <= set(await texts(ada))
            await say_all(ada, set())
            assert sorted(await texts(ada)) == sorted(str(number) for number in range(MESSAGES))


async def say_all(page: FakePage, confirmed: set[str]) -> None:
    """Say many things at once; note what was confirmed."""

    async def say(number: int) -> None:
        await page.ask("say", place="general", text=str(number), key=f"k{number}")
        confirmed.add(str(number))

    results = await asyncio.gather(*(say(number) for number in range(MESSAGES)), return_exceptions=True)
    assert [each for each in results if not isinstance(each, ConnectionError | ConnectionClosed | None)] == []


async def texts(page: FakePage) -> list[str]:
    """All that was said in the channel."""
    found: list[str] = []
    before = 0
    while messages := await page.messages("general", before):
        found += [message["body"]["text"] for message in messages]
        before = messages[0]["position"]
    return found


@asynccontextmanager
async def process(folder: Path, port: int) -> AsyncIterator[Any]:
    """The local chat as a process of its own."""
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes.web_program", str(folder), str(port), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )  # fmt: skip
    assert started.stdout is not None
    port = int(await asyncio.wait_for(started.stdout.readline(), 20))
    yield SimpleNamespace(process=started, port=port, address=f"http://127.0.0.1:{port}")
    if started.returncode is None:
        started.kill()
    await started.wait()
