"""The page for those who use it by keyboard, by ear, on a phone, or in the dark."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.adapters.web_rig import DAILY
from tests.browser.driving import tab
from tests.fakes import web_messages as say
from tests.fakes.web_program import WebProgram

pytestmark = pytest.mark.browser

NAMELESS = """() => [...document.querySelectorAll('button, a, input, textarea, select, img')]
  .filter((element) => element.checkVisibility())
  .filter((element) => {
    const labels = [...(element.labels ?? [])].map((label) => label.textContent).join('');
    const words = element.getAttribute('aria-label') ?? '';
    const pictured = element.hasAttribute('alt') || element.querySelector('img[alt]');
    return !(words + labels + element.textContent).trim() && !pictured;
  }).map((element) => element.outerHTML.slice(0, 120))"""

CONTRASTS = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
  };
  const over = (top, under) => [0, 1, 2].map((at) => top[at] * top[3] + under[at] * (1 - top[3])).concat(1);
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((under, top) => over(top, under), [1, 1, 1, 1]);
  };
  const light = ([r, g, b]) => [r, g, b]
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const texts = [...document.querySelectorAll('main *, aside *')].filter((element) => element.checkVisibility()
    && !element.closest('.sr-only, .medal, :disabled, [aria-hidden=true]')
    && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()));
  return texts.map((element) => {
    const back = ground(element);
    const [a, b] = [light(over(rgba(getComputedStyle(element).color), back)), light(back)].sort((x, y) => y - x);
    return [element.className + ': ' + element.textContent.trim().slice(0, 40), (a + 0.05) / (b + 0.05)];
  }).filter(([, contrast]) => contrast < 4.5);
}"""


async def everything(program: WebProgram) -> None:
    """One of each message in the channel of the day."""
    messenger = program.adapter.messenger
    cards = (say.reveal(), say.explanation(), say.board(), say.progress(), say.choose_two(), say.question())
    for number, card in enumerate(cards):
        await messenger.post(DAILY, card, nonce=f"n{number}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_stands_out_from_its_ground(
    program: WebProgram, chromium: Browser, scheme: str
) -> None:
    await everything(program)
    async with tab(chromium, program.address, "Ada", color_scheme=scheme, reduced_motion="reduce") as ada:
        await ada.option("A").last.click()
        await expect(ada.card("feedback")).to_be_visible()
        assert await ada.page.evaluate(CONTRASTS) == []


async def test_every_control_has_a_name_and_the_page_has_landmarks(
    program: WebProgram, chromium: Browser
) -> None:
    await everything(program)
    async with tab(chromium, program.address, "Ada") as ada:
        await expect(ada.card("question").first).to_be_visible()
        assert await ada.page.evaluate(NAMELESS) == []
        for role, name in (
            ("navigation", "Places and people"),
            ("main", None),
            ("log", "Messages in #aws-daily"),
        ):
            await expect(ada.page.get_by_role(role, name=name)).to_be_visible()  # type: ignore[arg-type]
        assert await ada.page.evaluate("document.documentElement.lang") == "en"


async def test_a_question_is_answered_by_keyboard_alone(program: WebProgram, chromium: Browser) -> None:
    await program.adapter.messenger.post(DAILY, say.question(), nonce="r1")
    async with tab(chromium, program.address, "Ada") as ada:
        keyboard = ada.page.keyboard
        await expect(ada.box).to_be_focused()
        await until_focused(ada.option("D"), "Shift+Tab")
        await keyboard.press("b")
        await expect(ada.option("B")).to_be_focused()
        await expect(ada.option("B")).to_have_accessible_description(
            "On-demand mode for the table and its indexes"
        )
        await keyboard.press("Enter")
        await expect(ada.card("feedback")).to_contain_text("Right")
        await expect(ada.option("B")).to_be_focused()
        await keyboard.press("Alt+ArrowUp")
        await expect(ada.page.get_by_role("heading", level=1)).to_have_text("general")


async def until_focused(wanted: Locator, key: str) -> None:
    """Press a key until something has the focus."""
    for _ in range(20):
        await wanted.page.keyboard.press(key)
        if await wanted.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"{key} never led there")


async def test_arrow_keys_go_from_message_to_message_and_t_opens_the_thread(
    program: WebProgram, chromium: Browser
) -> None:
    await everything(program)
    async with tab(chromium, program.address, "Ada") as ada:
        messages = ada.page.get_by_role("log").get_by_role("article")
        await expect(messages).to_have_count(6)
        await ada.page.get_by_role("log").focus()
        await ada.page.keyboard.press("ArrowUp")
        await expect(messages.nth(5)).to_be_focused()
        await ada.page.keyboard.press("ArrowUp")
        await expect(messages.nth(4)).to_be_focused()
        await ada.page.keyboard.press("t")
        await expect(ada.page.get_by_role("complementary", name="Thread")).to_be_visible()
        await ada.page.keyboard.press("Escape")
        await expect(messages.nth(4)).to_be_focused()
        await ada.page.keyboard.press("Alt+ArrowUp")
        await expect(ada.page.get_by_role("heading", level=1)).to_have_text("general")


async def test_a_dialog_gives_the_focus_back(program: WebProgram, chromium: Browser) -> None:
    async with tab(chromium, program.address, "Ada") as ada:
        opener = ada.page.get_by_role("button", name="Open a new channel")
        await opener.click()
        dialog = ada.page.get_by_role("dialog", name="Open a channel")
        await expect(dialog.get_by_role("textbox", name="Name")).to_be_focused()
        await dialog.get_by_role("textbox", name="Name").fill("a/b")
        await ada.page.keyboard.press("Enter")
        await expect(dialog.get_by_text("letters, digits and hyphens only")).to_be_visible()
        await ada.page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
        await expect(opener).to_be_focused()
        await ada.page.keyboard.press("?")
        await expect(ada.page.get_by_role("dialog", name="Help and shortcuts")).to_be_visible()


async def test_news_is_read_out_but_history_and_tallies_are_not(
    program: WebProgram, chromium: Browser
) -> None:
    async with tab(chromium, program.address, "Ada") as ada:
        log = ada.page.get_by_role("log")
        await expect(log).to_have_attribute("aria-busy", "false")
        await program.adapter.messenger.post(DAILY, say.question(), nonce="r1")
        await expect(log.get_by_role("article")).to_have_count(1)
        await expect(log).not_to_have_attribute("aria-live", "off")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everything_fits_a_phone(program: WebProgram, chromium: Browser, scheme: str) -> None:
    await everything(program)
    phone = {"width": 360, "height": 740}
    async with tab(
        chromium, program.address, "Ada", viewport=phone, has_touch=True, color_scheme=scheme
    ) as ada:
        await expect(ada.card("question").first).to_be_visible()
        wide = "document.querySelector('.scroller').scrollWidth - document.querySelector('.scroller').clientWidth"
        assert await ada.page.evaluate("document.documentElement.scrollWidth") <= 360
        assert await ada.page.evaluate(wide) <= 0
        await ada.page.get_by_role("button", name="Places and people").click()
        await ada.page.get_by_role("link", name="general").click()
        await expect(ada.page.get_by_role("heading", level=1)).to_have_text("general")
        await expect(ada.page.get_by_role("navigation")).to_be_hidden()


async def test_the_theme_can_be_chosen_and_is_kept(program: WebProgram, chromium: Browser) -> None:
    async with tab(chromium, program.address, "Ada", color_scheme="light") as ada:
        ground = "getComputedStyle(document.body).backgroundColor"
        light = await ada.page.evaluate(ground)
        await ada.page.get_by_role("button", name="Theme: as the system").click()
        await ada.page.get_by_role("button", name="Theme: light").click()
        await expect(ada.page.get_by_role("button", name="Theme: dark")).to_be_visible()
        assert await ada.page.evaluate(ground) != light
        await ada.page.reload()
        await expect(ada.page.get_by_role("button", name="Theme: dark")).to_be_visible()


async def test_those_who_want_calm_see_no_motion(program: WebProgram, chromium: Browser) -> None:
    await everything(program)
    async with tab(chromium, program.address, "Ada", reduced_motion="reduce") as ada:
        await expect(ada.card("reveal")).to_be_visible()
        assert await ada.page.evaluate("document.getAnimations().length") == 0
