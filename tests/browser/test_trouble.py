"""The page when things go wrong: everything is said in words, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.adapters.web_rig import DAILY, running
from tests.browser.driving import Tab, tab
from tests.fakes import web_messages as say
from tests.fakes.web_program import WebProgram

pytestmark = pytest.mark.browser


async def test_the_page_comes_back_by_itself_and_catches_up(program: WebProgram, chromium: Browser) -> None:
    ref = await program.adapter.messenger.post(DAILY, say.question(), nonce="r1")
    async with tab(chromium, program.address, "Ada") as ada:
        await expect(ada.option("B")).to_be_visible()
        await program.stop()
        await expect(ada.page.get_by_text("Reconnecting…")).to_be_visible()
        await ada.option("B").click()
        gone = ada.page.get_by_text("There is no connection to the chat just now.")
        await expect(gone).to_be_visible(timeout=10_000)
        await ada.type("Is anybody there?")
        await expect(ada.page.get_by_text("send it again in a moment")).to_be_visible(timeout=10_000)
        await expect(ada.box).to_have_value("Is anybody there?")
        await program.start()
        await program.adapter.messenger.edit(ref, say.reveal())
        await program.adapter.messenger.post(DAILY, say.board(), nonce="b1")
        await expect(ada.card("reveal")).to_be_visible(timeout=15_000)
        await expect(ada.card("board")).to_be_visible()
        await expect(ada.page.get_by_text("Reconnecting…")).to_be_hidden()
        await ada.box.press("Enter")
        await expect(ada.page.locator(".text")).to_have_text("Is anybody there?")


async def test_a_click_that_fails_says_so_below_the_card(program: WebProgram, chromium: Browser) -> None:
    await program.adapter.messenger.post(DAILY, say.question(), nonce="r1")
    async with tab(chromium, program.address, "Ada") as ada:
        program.desk.failing = True
        await ada.option("B").click()
        await expect(ada.card("question").get_by_role("alert")).to_contain_text(
            "Something went wrong on this side"
        )
        program.desk.failing = False
        await ada.option("B").click()
        await expect(ada.card("feedback")).to_be_visible()
        await expect(ada.card("question").get_by_role("alert")).to_have_count(0)


async def test_a_wrong_name_is_explained_at_the_door(program: WebProgram, chromium: Browser) -> None:
    async with tab(chromium, program.address, "Ada"):
        window = await chromium.new_context()
        page = await window.new_page()
        await page.goto(program.address)
        await page.get_by_label("Your name").fill("Cloudlark")
        await page.get_by_role("button", name="Enter").click()
        await expect(page.get_by_text("Cloudlark is the tutor's name: choose another one.")).to_be_visible()
        await expect(page.get_by_label("Your name")).to_be_focused()
        await page.get_by_label("Your name").fill("ada")
        await page.get_by_role("button", name="Enter").click()
        await expect(page.get_by_text("Somebody here goes by that name already")).to_be_visible()
        await window.close()


async def test_a_chat_with_a_password_asks_for_it_before_the_name(tmp_path: Path, chromium: Browser) -> None:
    secret = "open" + "sesame"
    async with running(tmp_path, CLOUDLARK_WEB_PASSWORD=secret) as program:
        window = await chromium.new_context()
        page = await window.new_page()
        await page.goto(f"{program.address}/?as=Ada")
        for typed in ("guess", secret):
            await page.get_by_label("Password").fill(typed)
            await page.get_by_role("button", name="Open the door").click()
            if typed != secret:
                await expect(page.get_by_text("That is not the password of this chat")).to_be_visible()
        await expect(page.get_by_label("Your name")).to_have_value("Ada")
        await page.get_by_label("Your name").press("Enter")
        await expect(page.get_by_role("log")).to_be_visible()
        await window.close()


async def test_a_door_that_does_not_answer_is_tried_again(program: WebProgram, chromium: Browser) -> None:
    window = await chromium.new_context()
    page = await window.new_page()
    await page.route("**/chat/door", lambda route: route.abort())
    await page.goto(program.address)
    await expect(page.get_by_text("The chat does not answer. Is the program running?")).to_be_visible()
    await page.unroute("**/chat/door")
    await expect(page.get_by_label("Your name")).to_be_visible()
    await window.close()


async def test_a_person_whom_the_chat_forgot_is_led_back_to_the_door(
    program: WebProgram, chromium: Browser
) -> None:
    async with tab(chromium, program.address, "Ada") as ada:
        await ada.page.context.clear_cookies()
        await ada.page.reload()
        await expect(ada.page.get_by_label("Your name")).to_be_visible()
        again = Tab(ada.page)
        await again.enter(program.address, "Ada the second")
