"""What people do with the page, in their words."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, Locator, Page, expect

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
COLLECT = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
"""


class Tab:
    """A tab of the browser in which one person sits."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.failures: list[str] = []
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        page.on("request", self._watch)

    async def enter(self, address: str, name: str) -> None:
        """Choose a name at the door."""
        await self.page.goto(f"{address}/?as=new")
        await self.page.get_by_label("Your name").fill(name)
        await self.page.get_by_role("button", name="Enter", exact=True).click()
        await expect(self.page.get_by_role("log").first).to_be_visible()

    async def go(self, place: str) -> None:
        """Go to a place by its link."""
        await self.page.get_by_role("navigation").get_by_role("link", name=re.compile(rf"^{place}")).click()
        await expect(self.page.get_by_role("heading", level=1)).to_have_text(place)

    async def type(self, text: str) -> None:
        """Type into the box and press Enter."""
        box = self.box
        await box.fill("")
        await box.press_sequentially(text)
        await box.press("Enter")

    @property
    def box(self) -> Locator:
        """The box to type in."""
        return self.page.get_by_role("combobox").first

    def option(self, letter: str) -> Locator:
        """The button of an option."""
        return self.page.get_by_role("button", name=letter, exact=True)

    def card(self, kind: str) -> Locator:
        """The cards of a kind."""
        return self.page.locator(f'[data-card="{kind}"]')

    async def unharmed(self) -> None:
        """Nothing failed in the page, and nothing was tried that its policy forbids."""
        assert self.failures == []
        assert await self.page.evaluate("violations") == []

    def _watch(self, request: Any) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
            self.failures.append(f"asked for {request.url}")


@asynccontextmanager
async def tab(browser: Browser, address: str, name: str, **context: Any) -> AsyncIterator[Tab]:
    """A browser window of its own in which somebody has entered."""
    window = await browser.new_context(**{"locale": "en-GB", "timezone_id": "Europe/Vienna"} | context)
    await window.add_init_script(COLLECT)
    opened = Tab(await window.new_page())
    await opened.enter(address, name)
    yield opened
    await opened.unharmed()
    await window.close()
