"""SIGTERM under a burst of answers: every answer that was acknowledged is there, and the program ends in order."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from bench.synthetic import write_content
from bot.messages import encode
from bot.messages.acts import AnswerPractice
from bot.storage import tables
from bot.storage.store import open_store
from tests.fakes.web_page import FakePage, page
from tests.support.program import RealProgram

pytestmark = pytest.mark.process
PEOPLE = 8
QUESTIONS = 20
SESSIONS = 4


@pytest.fixture
async def real(tmp_path: Path, database: str) -> AsyncIterator[RealProgram]:
    """The program with a small made-up bank, which lets people be as quick as they like."""
    write_content(tmp_path / "content", 100)
    (tmp_path / "data").mkdir()
    more = {
        "CLOUDLARK_DATABASE_URL": database,
        "CLOUDLARK_PERSON_ACTIONS": "0",
        "CLOUDLARK_LOG_FORMAT": "json",
    }
    program = RealProgram(tmp_path / "data", tmp_path / "content", **more)
    await program.start()
    yield program
    await program.stop()


async def test_no_acknowledged_answer_is_lost_when_the_program_is_told_to_stop(real: RealProgram) -> None:
    acknowledged: set[str] = set()
    burst = asyncio.create_task(everybody_answers(real, acknowledged))
    while len(acknowledged) < PEOPLE * QUESTIONS // 4 and not burst.done():
        await asyncio.sleep(0.001)
    assert await ended(real) == 0
    await burst
    assert PEOPLE * QUESTIONS // 4 <= len(acknowledged) < PEOPLE * QUESTIONS * SESSIONS
    stored = await slots(real.settings["CLOUDLARK_DATABASE_URL"])
    assert len(stored) == len(set(stored))
    assert acknowledged <= set(stored)
    stopped = events(real, "stopped")[-1]
    assert (stopped["unfinished"], stopped["left"]) == ([], {})


async def test_a_second_signal_ends_the_program_too(real: RealProgram) -> None:
    burst = asyncio.create_task(everybody_answers(real, set()))
    await asyncio.sleep(0.3)
    assert real.process is not None
    real.process.send_signal(signal.SIGINT)
    real.process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(real.process.wait(), 20) == 0
    await burst


async def everybody_answers(real: RealProgram, acknowledged: set[str]) -> None:
    """Many people answer many questions at once, until the line breaks."""

    async def person(number: int) -> None:
        try:
            async with page(real, f"Person {number}") as one:
                for _ in range(SESSIONS):
                    await answer_all(one, acknowledged)
        except (ConnectionError, ConnectionClosed, InvalidHandshake, httpx.TransportError, OSError):
            return

    await asyncio.gather(*(person(number) for number in range(PEOPLE)))


async def answer_all(one: FakePage, acknowledged: set[str]) -> None:
    """One person starts to practise and answers all questions at once; note what was acknowledged."""
    done = await one.say("general", f"/quiz {QUESTIONS}")
    (shown,) = [m for m in await one.messages("general") if m["id"] == done["message"]]
    session = int(shown["body"]["options"][0]["id"].split(":")[1])

    async def answer(number: int) -> None:
        button = encode(AnswerPractice(session, number, 0))
        reply = await one.ask("click", message=done["message"], button=button, values=[])
        assert reply.get("error") is None, reply
        acknowledged.add(f"p{session}.{number}")

    ends = await asyncio.gather(*(answer(n) for n in range(QUESTIONS)), return_exceptions=True)
    for end in ends:
        if isinstance(end, BaseException):
            raise end


async def ended(real: RealProgram) -> int:
    """The exit code after SIGTERM."""
    return await real.stop()


async def slots(url: str) -> list[str]:
    """The slots of all answers that are stored."""
    store = await open_store(url)
    rows = await store.read(lambda db: list(db.execute(select(tables.attempts.c.slot)).scalars()))
    await store.close()
    return rows


def events(real: RealProgram, name: str) -> list[dict[str, object]]:
    """The lines of an event in the log."""
    lines = (real.folder / "log.txt").read_text().splitlines()
    found = [json.loads(line) for line in lines if line.startswith("{")]
    return [line for line in found if line["event"] == name]
