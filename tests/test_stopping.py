"""Letting go: in order, in time, and never held up by one part."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
from structlog.testing import capture_logs

from bench.synthetic import write_content
from bot.app import App
from bot.settings import read
from bot.stopping import LEAST, Stages


def noting(done: list[str], name: str) -> Callable[[], Awaitable[None]]:
    """A stage that notes that it was done."""

    async def work() -> None:
        done.append(name)

    return work


async def for_ever() -> None:
    """A stage that never ends."""
    await asyncio.Event().wait()


async def broken() -> None:
    """A stage that breaks."""
    raise ZeroDivisionError


async def test_what_was_begun_last_ends_first_and_only_once() -> None:
    stages, done = Stages(), list[str]()
    for name in ("database", "adapters", "jobs"):
        stages.add(name, noting(done, name))
    assert await stages.run(5) == []
    assert await stages.run(5) == []
    assert done == ["jobs", "adapters", "database"]


async def test_a_stage_that_breaks_or_hangs_is_named_and_the_others_get_their_turn() -> None:
    stages, done = Stages(), list[str]()
    stages.add("database", noting(done, "database"))
    stages.add("adapters", broken)
    stages.add("jobs", for_ever)
    with capture_logs() as lines:
        assert await stages.run(0) == ["jobs", "adapters"]
    assert done == ["database"]
    assert [(line["event"], line["stage"]) for line in lines] == [
        ("stop_cut_short", "jobs"),
        ("stop_failed", "adapters"),
    ]


async def test_a_stage_may_have_only_its_share_of_the_time() -> None:
    stages, done = Stages(), list[str]()
    loop = asyncio.get_running_loop()

    async def rest() -> None:
        done.append("rest" if loop.time() - began < 100 else "late")

    began = loop.time()
    stages.add("rest", rest)
    stages.add("jobs", for_ever, share=LEAST / 1_000)
    assert await stages.run(1_000) == ["jobs"]
    assert done == ["rest"]


async def test_hurrying_ends_the_waiting_at_once() -> None:
    stages, done = Stages(), list[str]()
    stages.add("database", noting(done, "database"))
    stages.add("jobs", for_ever)
    stopping = asyncio.create_task(stages.run(3_600))
    await asyncio.sleep(0)
    stages.hurry()
    assert await stopping == ["jobs"]
    assert done == ["database"]


async def test_the_program_is_not_ready_from_the_first_moment_of_stopping(tmp_path: Path) -> None:
    app = await started(tmp_path)
    held = asyncio.Event()
    app._stages.add("held", held.wait)
    async with httpx.AsyncClient(base_url=app.address) as http:
        ready = await http.get("/readyz")
        stopping = asyncio.create_task(app.stop())
        await asyncio.sleep(0)
        during = await http.get("/readyz")
        alive = await http.get("/healthz")
        metrics = await http.get("/metrics")
    held.set()
    assert await stopping == []
    assert (ready.status_code, during.status_code, alive.status_code) == (200, 503, 200)
    assert during.json() == {"status": "Cloudlark is stopping."}
    assert "cloudlark_ready 0.0" in metrics.text


async def test_stopping_twice_or_after_a_failed_start_does_nothing_more(tmp_path: Path) -> None:
    app = await started(tmp_path)
    assert await app.stop() == []
    assert await app.stop() == []
    assert await App(read({}, None)).stop() == []


async def test_while_stopping_the_running_tick_takes_no_more_posts(tmp_path: Path) -> None:
    app = await started(tmp_path)
    app.tutor.metrics.queue("test", lambda: 3)
    await app.stop()
    assert app.tutor.stopping
    assert app.metrics.left() == {"test": 3}


async def started(folder: Path) -> App:
    """The program with the local chat alone."""
    write_content(folder / "content", 50)
    settings = {
        "CLOUDLARK_DATA": str(folder),
        "CLOUDLARK_DATABASE_URL": f"sqlite:///{folder / 'x.db'}",
        "CLOUDLARK_CONTENT": str(folder / "content"),
        "CLOUDLARK_PORT": "0",
    }
    app = App(read(settings, None))
    await app.start()
    return app
