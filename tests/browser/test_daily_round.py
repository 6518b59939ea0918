"""The main job in a real browser with the real program: asked, answered, revealed, ranked, and never lost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from bench.synthetic import write_content
from tests.browser.driving import Tab, tab
from tests.fakes.web_page import page
from tests.support.program import RealProgram

pytestmark = [pytest.mark.browser, pytest.mark.process]
PEOPLE = 24
RIGHT = "The first of the four services"
WRONG = "The third of the four services"


@pytest.fixture
async def real(tmp_path: Path) -> AsyncIterator[RealProgram]:
    """The program with a small made-up bank."""
    write_content(tmp_path / "content", 100)
    data = tmp_path / "data"
    data.mkdir()
    program = RealProgram(data, tmp_path / "content")
    await program.start()
    yield program
    await program.stop()


def option(person: Tab, text: str) -> Any:
    """The option of the daily question with this text."""
    row = person.card("question").last.locator(".option").filter(has_text=text)
    return row.get_by_role("button")


async def test_a_question_is_asked_answered_revealed_and_ranked(real: RealProgram, chromium: Browser) -> None:
    async with tab(chromium, real.address, "Ada") as ada, tab(chromium, real.address, "Bob") as bob:
        for person in (ada, bob):
            await person.go("aws-daily")
        await option(ada, RIGHT).click()
        await expect(ada.card("feedback")).to_contain_text("Right")
        await expect(ada.card("feedback")).to_contain_text("+10 points")
        await option(bob, WRONG).click()
        await expect(bob.card("feedback")).to_contain_text("Not quite")
        await option(bob, RIGHT).click()
        await expect(bob.card("feedback")).to_contain_text("already answered")
        await expect(bob.card("feedback")).to_have_count(1)
        await expect(
            ada.page.get_by_text("2 people have answered").or_(ada.page.get_by_text("2 answers"))
        ).to_be_visible()
        await ada.type("/schedule reveal 1")
        await expect(bob.card("reveal")).to_contain_text("1 of 2")
        await expect(bob.card("reveal")).to_contain_text("50")
        await bob.type("/leaderboard")
        board = bob.card("board")
        await expect(board.get_by_role("row", name="Ada")).to_contain_text("10")
        await expect(board.get_by_role("row", name="Bob")).to_contain_text("2")


async def test_a_kill_in_a_burst_of_answers_loses_none_that_was_acknowledged(
    real: RealProgram, chromium: Browser
) -> None:
    async with tab(chromium, real.address, "Ada") as ada:
        await ada.go("aws-daily")
        card = await _question(real)
        acknowledged = await _burst(real, card)
        await real.start()
        stored = _stored(real.folder / "cloudlark.db")
        assert len(stored) == len(set(stored))
        assert acknowledged <= {name for name, slot in stored if slot == "r1"}
        await _press_until_answered(ada)
    assert len(_stored(real.folder / "cloudlark.db")) >= len(acknowledged) + 1


async def _press_until_answered(person: Tab) -> None:
    """What somebody does whose page is just coming back: it says so, and they press again."""
    async with asyncio.timeout(30):
        while not await person.card("feedback").count():
            await option(person, RIGHT).click()
            await person.page.wait_for_timeout(500)
    await expect(person.card("feedback")).to_contain_text("Right")


async def _question(real: RealProgram) -> tuple[str, str]:
    """The message of the daily question and the id of its first option's button."""
    async with page(real, "Scout") as scout:
        (message,) = await scout.messages("aws-daily")
    return message["id"], message["body"]["options"][0]["id"]


async def _burst(real: RealProgram, card: tuple[str, str]) -> set[str]:
    """Many people answer at once and the program dies among them; who got an answer before it did?"""
    acknowledged: set[str] = set()
    enough = asyncio.Event()
    doors = asyncio.Semaphore(4)

    async def answer(name: str) -> None:
        async with doors, page(real, name) as person:
            done = await person.ask("click", message=card[0], button=card[1], values=[])
            assert done.get("error") is None, done
            acknowledged.add(name)
            if len(acknowledged) >= PEOPLE // 3:
                enough.set()

    tasks = [asyncio.create_task(answer(f"Person {n}")) for n in range(PEOPLE)]
    await enough.wait()
    await real.kill()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return acknowledged


def _stored(database: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(database) as db:
        rows = db.execute(
            "SELECT learners.name, slot FROM attempts JOIN learners ON learners.id = learner_id"
        )
        return list(rows)
