"""Discord: clicks a second from INTERACTION_CREATE to durable and answered, beside a bot that only responds.

The programs run as processes of their own, each alone with the stand-in for Discord, which shares the machine.
Every click answers another round for another person, so each is a fresh durable answer with its feedback.
Run it as `python -m bench discord`: as a script its name would stand before the library's.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from adapters.discord.render import page_of
from adapters.discord.view import view_of
from bench.discord_stand import Payload, Stand
from bench.report import median, quantile
from bot.app import content_folders
from bot.bank import load
from bot.bank.bank import Bank
from bot.messages import QuestionCard
from bot.messages.acts import AnswerRound
from bot.model.knowledge import Kind, Question
from bot.settings import read
from bot.storage.people import ensure_community
from bot.storage.rounds import add_rounds
from bot.storage.store import Store, open_store
from bot.storage.tables import attempts
from bot.tutor import showing

PEOPLE = 100
CLICKS = 2_000
TURNS = 3
BURSTS = 2
WAITING = 50
ROUNDS = 300
SEED = 5
SOMEBODY = 1 << 50
CLOUDLARK = ["-c", "from bot.cli.main import main; main()", "run"]
BARE = ["-m", "bench.discord_bare"]
Numbers = dict[str, float]


def question_of(bank: Bank) -> Question:
    """A question with a single pick."""
    return next(question for question in bank.questions.values() if question.kind is Kind.SINGLE)


def card_of(bank: Bank, round_: int) -> list[Payload]:
    """The question of a round as it stands in the channel."""
    item = bank.item(question_of(bank).id, SEED)
    card = QuestionCard("Daily question", item.stem, showing.option_views(item), 1, AnswerRound(round_))
    return view_of(page_of(card)).to_components()


async def seed(store: Store, bank: Bank, guild: int, channel: int) -> None:
    """Open rounds of one question in the server of the stand."""
    question, now = question_of(bank), dt.datetime.now(dt.UTC)
    row = {
        "schedule_id": None, "channel": str(channel), "question_id": question.id,
        "question_version": question.version, "topic": question.topic, "seed": SEED, "reveal": "close",
        "settings": "{}", "window_minutes": 1_380, "state": "open", "created_at": now, "opened_at": now,
        "closes_at": now + dt.timedelta(hours=23), "answered": 0, "correct": 0, "tallied": 0,
    }  # fmt: skip

    def work(db: Connection) -> None:
        community = ensure_community(db, "discord", str(guild), "UTC")
        add_rounds(db, [row | {"community_id": community.id} for _ in range(ROUNDS)])

    await store.write(work)


def answers(stand: Stand, bank: Bank) -> Iterator[Payload]:
    """One click for every round and person, the people taking turns."""
    for round_ in range(1, ROUNDS + 1):
        card = card_of(bank, round_)
        for person in range(PEOPLE):
            yield stand.click(SOMEBODY + person, card, f"ar:{round_}:0")


async def measure(stand: Stand, payloads: Iterator[Payload], process: int) -> list[Numbers]:
    """Bursts after one that warms up and introduces the people."""
    await stand.burst(payloads, PEOPLE * 10, WAITING)
    return [await _burst(stand, payloads, process) for _ in range(BURSTS)]


async def _burst(stand: Stand, payloads: Iterator[Payload], process: int) -> Numbers:
    await asyncio.sleep(0.5)
    worked, began = processor_seconds(process), time.perf_counter()
    latencies = sorted(await stand.burst(payloads, CLICKS, WAITING))
    elapsed = time.perf_counter() - began
    return {
        "per_second": CLICKS / elapsed,
        "p50_ms": quantile(latencies, 0.5),
        "p99_ms": quantile(latencies, 0.99),
        "processor_us": (processor_seconds(process) - worked) / CLICKS * 1e6,
    }


def processor_seconds(process: int) -> float:
    """The processor time that a process has used, which other load on the machine hardly touches."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def program(stand: Stand, folder: Path, arguments: list[str]) -> AsyncIterator[int]:
    """A program that has connected to the stand; its process id."""
    environment = {
        **os.environ,
        **stand.settings,
        "CLOUDLARK_WEB": "off",
        "CLOUDLARK_PERSON_ACTIONS": "0",
        "CLOUDLARK_DATA": str(folder),
        "CLOUDLARK_DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
        "CLOUDLARK_PORT": "0",
    }
    with (folder / "log.txt").open("ab") as log:
        process = subprocess.Popen(  # noqa: ASYNC220, started once
            [sys.executable, *arguments], env=environment, stdout=log, stderr=log
        )
    try:
        await stand.connected(1)
        yield process.pid
    finally:
        process.kill()
        process.wait()
        await stand.connected(0)


async def compare() -> dict[str, Any]:
    """The bare bot and Cloudlark by turns, so that what else the machine does befalls both; medians."""
    bank = load(content_folders(read(env_file=None)))
    runs: dict[str, list[Numbers]] = {"bare": [], "full": []}
    with tempfile.TemporaryDirectory(prefix="cloudlark-bench-") as name:
        folder, stand = Path(name), Stand()
        await stand.start()
        store = await open_store(f"sqlite:///{folder / 'bench.db'}")
        await seed(store, bank, stand.guild.id, stand.channel.id)
        fresh = answers(stand, bank)
        for _ in range(TURNS):
            async with program(stand, folder, BARE) as process:
                runs["bare"] += await measure(stand, answers(stand, bank), process)
            async with program(stand, folder, CLOUDLARK) as process:
                runs["full"] += await measure(stand, fresh, process)
        kept = await store.read(lambda db: db.execute(select(func.count()).select_from(attempts)).scalar())
        await store.close()
        await stand.stop()
    assert kept == TURNS * (PEOPLE * 10 + BURSTS * CLICKS), f"{kept} answers are durable"
    return {who: {key: median([run[key] for run in some]) for key in some[0]} for who, some in runs.items()}


def run() -> dict[str, Any]:
    """`ratio` is Cloudlark's clicks a second over the bare bot's, `p99_times` likewise."""
    found = asyncio.run(compare())
    full, bare = found["full"], found["bare"]
    return {
        "clicks": CLICKS,
        "waiting": WAITING,
        "cloudlark": full,
        "bare_bot": bare,
        "ratio": median([full["per_second"] / bare["per_second"]]),
        "p99_times": median([full["p99_ms"] / bare["p99_ms"]]),
    }
