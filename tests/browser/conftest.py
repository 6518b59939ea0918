"""A real Chromium for the tests of this folder. Without one they are left out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.adapters.web_rig import running
from tests.browser.driving import FLAGS
from tests.browser_setup import MISSING, find_browser
from tests.fakes.web_program import WebProgram


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    """A browser of its own."""
    path = find_browser()
    if path is None:
        pytest.skip(MISSING)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def program(tmp_path: Path) -> AsyncIterator[WebProgram]:
    """The local chat with the fake desk."""
    async with running(tmp_path) as started:
        yield started
