"""Takes the pictures of the documentation: `make screenshots`, or with a content folder as argument.

Starts the real program on a fresh folder, lets some people answer the question of the day, and writes
docs/images/*.png in light and dark.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, async_playwright, expect

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the tests' helpers are not installed

from tests.browser.driving import FLAGS, Tab, tab  # noqa: E402
from tests.browser_setup import find_browser  # noqa: E402
from tests.fakes.web_page import FakePage, page  # noqa: E402
from tests.support.program import RealProgram  # noqa: E402

IMAGES = ROOT / "docs" / "images"
CONTENT = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "content"
TEAM = ("Mira Novak", "Jonas Weber", "Priya Raman", "Tomás Vidal", "Aiko Mori", "Samuel Osei")
PRACTICE = ("dynamodb", "sqs", "dax")
WINDOW = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}


async def main() -> None:
    """Take all pictures."""
    path = find_browser()
    if path is None:
        sys.exit("No Chromium or Chrome was found: install one, or set CHROMIUM to its path.")
    IMAGES.mkdir(exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        for scheme in ("light", "dark"):
            with tempfile.TemporaryDirectory() as folder:
                program = RealProgram(Path(folder), CONTENT)
                await program.start()
                try:
                    await take(browser, program, scheme)
                finally:
                    await program.stop()
        await browser.close()


async def take(browser: Browser, program: RealProgram, scheme: str) -> None:
    """The pictures of one theme: a day in the life of the chat."""
    look = {
        "color_scheme": scheme,
        "viewport": WINDOW,
        "device_scale_factor": 1.5,
        "reduced_motion": "reduce",
    }
    async with tab(browser, program.address, "Ada Lindqvist", **look) as ada, team(program) as others:
        await ada.go("aws-daily")
        await expect(ada.card("question")).to_be_visible()
        await shoot(ada, "question", scheme)
        await answer_daily(others)
        await answer(ada, await key(others[0]))
        await shoot(ada, "feedback", scheme)
        await practise(others)
        await ada.type("/schedule reveal 1")
        await expect(ada.card("reveal")).to_be_visible()
        await ada.page.locator(".day").first.scroll_into_view_if_needed()
        await shoot(ada, "reveal", scheme)
        await ada.type("/leaderboard ")
        await expect(ada.card("board")).to_be_visible()
        await shoot(ada, "leaderboard", scheme)
        await ada.page.get_by_role("link", name="My page").click()
        await expect(ada.card("sheet")).to_be_visible()
        await shoot(ada, "progress", scheme)
        await ada.page.goto(f"{program.address}/?as=new")
        await expect(ada.page.get_by_label("Your name")).to_be_focused()
        await shoot(ada, "door", scheme)
    async with tab(browser, program.address, "Noor", **look | {"viewport": PHONE}) as noor:
        await noor.page.goto(f"{program.address}/#/tutor")
        await noor.type("/quiz dynamodb 3")
        await expect(noor.card("question").last).to_contain_text("of 3")
        await shoot(noor, "practice-phone", scheme)


async def shoot(person: Tab, name: str, scheme: str) -> None:
    """Write a picture once the page has come to rest."""
    await person.page.mouse.move(0, 0)
    await person.page.wait_for_timeout(400)
    await person.page.screenshot(path=IMAGES / f"{name}-{scheme}.png")


async def key(person: FakePage) -> list[str]:
    """The letters of the right options, which somebody who has answered knows."""
    messages = await person.messages("aws-daily")
    verdict = next(message["body"] for message in messages if message["body"]["kind"] == "feedback")
    return [reason["letter"] for reason in verdict["reasons"] if reason["right"]]


async def answer(person: Tab, letters: list[str]) -> None:
    """Answer the question of the day with these options."""
    if len(letters) == 1:
        await person.option(letters[0]).click()
    else:
        for letter in letters:
            await person.page.locator("label.option", has=person.page.get_by_text(letter, exact=True)).click()
        await person.page.get_by_role("button", name="Answer", exact=True).click()
    await expect(person.card("feedback")).to_be_visible()


class team:
    """The others of the team, each with a page."""

    def __init__(self, program: RealProgram) -> None:
        self._pages = [page(program, name) for name in TEAM]

    async def __aenter__(self) -> list[FakePage]:
        return [await each.__aenter__() for each in self._pages]

    async def __aexit__(self, *error: object) -> None:
        for each in self._pages:
            await each.__aexit__(None, None, None)


async def answer_daily(people: list[FakePage]) -> None:
    """Everyone answers the question of the day, not all alike."""
    for person, shift in zip(people, itertools.cycle((0, 1, 0, 2, 0, 3)), strict=False):
        (message, *_) = await person.messages("aws-daily")
        await press(person, message, shift)


async def practise(people: list[FakePage]) -> None:
    """Some practise more than others."""
    for number, person in enumerate(people):
        for topic in PRACTICE[: 1 + number % 3]:
            done = await person.say("general", f"/quiz {topic} 3")
            for turn in range(3):
                await step(person, done["message"], turn + number)


async def step(person: FakePage, id: str, shift: int) -> None:
    """Answer an item of practice and go on to the next."""
    await press(person, await find(person, id), shift)
    buttons = (await find(person, id))["body"]["buttons"]
    if buttons:
        await person.ask("click", message=id, button=buttons[0]["id"])


async def find(person: FakePage, id: str) -> dict[str, object]:
    """A message of the channel in which people practise."""
    return next(message for message in await person.messages("general") if message["id"] == id)


async def press(person: FakePage, message: dict[str, object], shift: int) -> None:
    """Give an answer; `shift` says which."""
    body = message["body"]
    assert isinstance(body, dict)
    options = body.get("options", [])
    if body.get("submit"):
        values = [options[(shift + place) % len(options)]["value"] for place in range(body["picks"])]
        await person.ask("click", message=message["id"], button=body["submit"], values=values)
    elif options:
        await person.ask("click", message=message["id"], button=options[shift % len(options)]["id"])


if __name__ == "__main__":
    asyncio.run(main())
