"""The page around the tutor's answers, in the language in which the tutor answers."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.adapters.web_rig import DAILY
from tests.browser.driving import COLLECT, Tab, tab
from tests.fakes import web_messages as say
from tests.fakes.web_program import WebProgram

pytestmark = pytest.mark.browser

LANG = "document.documentElement.lang"
ENGLISH = """() => [...document.querySelectorAll('body *')]
  .flatMap((element) => [...['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name)),
    ...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data)])
  .filter((text) => text && /\\b(the|and|you|your|of|to|for|message|people|page)\\b/i.test(text))"""


async def test_a_german_page_has_no_english_frame(program: WebProgram, chromium: Browser) -> None:
    program.desk.spoken = "de"
    window = await chromium.new_context(locale="en-GB", timezone_id="Europe/Vienna")
    await window.add_init_script(COLLECT)
    ada = Tab(await window.new_page())
    await ada.page.goto(f"{program.address}/?as=new")
    await expect(ada.page.get_by_label("Dein Name")).to_be_focused()
    assert await ada.page.evaluate(ENGLISH) == []
    await ada.page.get_by_label("Dein Name").fill("Ada")
    await ada.page.get_by_role("button", name="Eintreten").click()
    await expect(ada.page.get_by_role("log", name="Nachrichten in #aws-daily")).to_be_visible()
    assert await ada.page.evaluate(ENGLISH) == []
    openers = (
        ("Hilfe und Tastenkürzel", "Hilfe und Tastenkürzel"),
        ("Einen neuen Channel öffnen", "Channel öffnen"),
    )
    for opener, dialog in openers:
        await ada.page.get_by_role("button", name=opener).click()
        await expect(ada.page.get_by_role("dialog", name=dialog)).to_be_visible()
        assert await ada.page.evaluate(ENGLISH) == []
        await ada.page.get_by_role("button", name="Schließen").click()
    assert await ada.page.evaluate(LANG) == "de"
    await ada.unharmed()
    await window.close()


async def test_numbers_plurals_and_days_are_german_whatever_the_browser_speaks(
    program: WebProgram, chromium: Browser
) -> None:
    await program.adapter.messenger.post(DAILY, say.question(), nonce="q")
    await program.adapter.messenger.post(DAILY, say.reveal(), nonce="r")
    async with tab(chromium, program.address, "Ada", locale="en-US") as ada:
        program.desk.spoken = "de"
        await ada.page.reload()
        await expect(ada.page.locator(".day").first).to_have_text("Heute")
        await expect(ada.card("question").locator(".tally")).to_have_text("Noch hat niemand geantwortet")
        await expect(ada.card("reveal").locator(".tally")).to_contain_text(" von ")
        await expect(ada.card("reveal").locator(".tally")).to_contain_text("Antworten richtig")


async def test_a_change_of_language_is_seen_at_once(program: WebProgram, chromium: Browser) -> None:
    async with tab(chromium, program.address, "Ada") as ada, tab(chromium, program.address, "Bob") as bob:
        program.desk.spoken = "de"
        await ada.type("/settings ")
        await expect(ada.page.get_by_role("link", name="Meine Seite")).to_be_visible()
        assert await ada.page.evaluate(LANG) == "de"
        await expect(bob.page.get_by_role("link", name="My page")).to_be_visible()


async def test_longer_words_fit_a_phone(program: WebProgram, chromium: Browser) -> None:
    messenger = program.adapter.messenger
    cards = (say.reveal(), say.explanation(), say.board(), say.progress(), say.choose_two(), say.question())
    for number, card in enumerate(cards):
        await messenger.post(DAILY, card, nonce=f"n{number}")
    phone = {"width": 360, "height": 740}
    async with tab(chromium, program.address, "Ada", viewport=phone, has_touch=True) as ada:
        program.desk.spoken = "de"
        await ada.page.reload()
        await expect(ada.card("question").first).to_be_visible()
        assert await ada.page.evaluate("document.documentElement.scrollWidth") <= 360
        await ada.page.get_by_role("button", name="Orte und Personen").click()
        await expect(ada.page.get_by_role("heading", name="Personen")).to_be_visible()
