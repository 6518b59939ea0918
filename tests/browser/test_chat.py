"""The local chat in a real browser: talking, answering, practising."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from playwright.async_api import Browser, expect

from bot.messages import Notice
from tests.adapters.web_rig import DAILY, GENERAL
from tests.browser.driving import Tab, tab
from tests.fakes import web_messages as say
from tests.fakes.web_program import WebProgram

pytestmark = pytest.mark.browser


async def test_two_people_answer_one_question_each_in_private(program: WebProgram, chromium: Browser) -> None:
    ref = await program.adapter.messenger.post(DAILY, say.question(), nonce="r1")
    async with tab(chromium, program.address, "Ada") as ada, tab(chromium, program.address, "Bob") as bob:
        await ada.option("B").click()
        await bob.option("A").click()
        await expect(ada.card("feedback")).to_contain_text("Right: on-demand mode")
        await expect(bob.card("feedback")).to_contain_text("Not this time")
        await expect(ada.card("feedback")).to_have_count(1)
        await expect(ada.page.get_by_text("Only you can see this")).to_be_visible()
        await bob.option("B").click()
        await expect(bob.card("feedback")).to_contain_text("Your first answer counts.")
        await expect(bob.card("feedback")).to_have_count(1)
        await expect(bob.page.locator(".option.picked")).to_contain_text("Your answer")
        await program.adapter.messenger.edit(ref, say.reveal())
        await program.adapter.messenger.post(DAILY, say.board(), nonce="b1")
        await expect(ada.card("reveal")).to_contain_text("43 %")
        await expect(bob.card("board").get_by_role("row", name="Ada Lovelace")).to_contain_text("120")


async def test_an_answer_is_still_there_after_a_reload(program: WebProgram, chromium: Browser) -> None:
    await program.adapter.messenger.post(DAILY, say.question(), nonce="r1")
    async with tab(chromium, program.address, "Ada") as ada:
        await ada.option("B").click()
        await expect(ada.card("feedback")).to_be_visible()
        await ada.page.reload()
        await expect(ada.card("feedback")).to_contain_text("Right")
        await expect(ada.page.get_by_role("button", name="Ada")).to_be_visible()


async def test_several_options_are_given_only_when_exactly_so_many_are_ticked(
    program: WebProgram, chromium: Browser
) -> None:
    ref = await program.adapter.messenger.post(DAILY, say.choose_two(), nonce="r2")
    async with tab(chromium, program.address, "Ada") as ada:
        give = ada.page.get_by_role("button", name="Answer")
        boxes = ada.page.get_by_role("checkbox")
        await expect(ada.page.get_by_role("group", name="Choose two")).to_be_visible()
        await expect(give).to_be_disabled()
        await boxes.nth(0).check()
        await expect(give).to_be_disabled()
        await boxes.nth(2).check()
        await boxes.nth(3).check()
        await expect(give).to_be_disabled()
        await expect(ada.page.get_by_text("3 chosen: take 1 back")).to_be_visible()
        await program.adapter.messenger.edit(ref, say.choose_two())
        await boxes.nth(3).uncheck()
        await give.click()
        await expect(ada.card("feedback")).to_be_visible()
        assert program.desk.named("click")[-1][1] == ("ar:2", ("1", "2"))


async def test_a_tally_that_changes_takes_away_neither_ticks_nor_focus(
    program: WebProgram, chromium: Browser
) -> None:
    card = say.choose_two()
    ref = await program.adapter.messenger.post(DAILY, card, nonce="r2")
    async with tab(chromium, program.address, "Ada") as ada:
        first = ada.page.get_by_role("checkbox").first
        await first.check()
        await program.adapter.messenger.edit(ref, replace(card, answered=9))
        await expect(ada.page.get_by_text("9 answers so far")).to_be_visible()
        await expect(first).to_be_checked()
        await expect(first).to_be_focused()


async def test_commands_complete_and_practice_runs_in_its_place(
    program: WebProgram, chromium: Browser
) -> None:
    async with tab(chromium, program.address, "Ada") as ada:
        await ada.box.press_sequentially("/qu")
        await expect(ada.page.get_by_role("option")).to_contain_text(["/quiz [topic] [count]"])
        await ada.box.press("Tab")
        await expect(ada.box).to_have_value("/quiz ")
        await ada.box.press_sequentially("dyn")
        await expect(ada.page.get_by_role("option")).to_contain_text(["dynamodb"])
        await ada.box.press("Tab")
        await ada.box.press_sequentially("3")
        await expect(ada.page.get_by_text("count: How many questions, 1 to 20")).to_be_visible()
        await ada.box.press("Enter")
        await expect(ada.card("question")).to_contain_text("1 of 3")
        await ada.option("B").click()
        await ada.page.get_by_role("button", name="Next question").click()
        await expect(ada.card("question")).to_contain_text("2 of 3")
        await expect(ada.card("feedback")).to_have_count(0)
        assert program.desk.named("command")[0][1] == "/quiz dynamodb 3"


async def test_a_word_with_several_commands_is_sent_as_it_stands(
    program: WebProgram, chromium: Browser
) -> None:
    async with tab(chromium, program.address, "Ada") as ada:
        await ada.box.press_sequentially("/schedule")
        await expect(ada.page.get_by_role("option")).to_have_count(2)
        await ada.box.press("Enter")
        await expect(ada.box).to_have_value("")
        assert program.desk.named("command")[0][1] == "/schedule"


async def test_people_talk_and_words_never_become_markup(program: WebProgram, chromium: Browser) -> None:
    hostile = "<img src=x onerror=alert(1)> `<b>` **bold** javascript:alert(1) https://example.org/?a=1."
    async with (
        tab(chromium, program.address, "Ada") as ada,
        tab(chromium, program.address, "<i>Bob</i>") as bob,
    ):
        await ada.go("general")
        await bob.go("general")
        await bob.type(hostile)
        said = ada.page.locator(".text")
        await expect(said).to_contain_text("<img src=x onerror=alert(1)>")
        await expect(said.locator("img")).to_have_count(0)
        await expect(said.locator("code")).to_have_text("<b>")
        await expect(said.locator("strong")).to_have_text("bold")
        await expect(said.get_by_role("link")).to_have_attribute("href", "https://example.org/?a=1")
        await expect(ada.page.locator(".author")).to_have_text("<i>Bob</i>")


async def test_two_tabs_of_one_browser_may_be_two_people(program: WebProgram, chromium: Browser) -> None:
    async with tab(chromium, program.address, "Ada") as ada:
        other = Tab(await ada.page.context.new_page())
        await other.page.goto(program.address)
        await expect(other.page.get_by_role("button", name="Ada")).to_be_visible()
        await other.enter(program.address, "Bob")
        await ada.page.reload()
        await other.page.reload()
        await expect(ada.page.locator(".me")).to_contain_text("Ada")
        await expect(other.page.locator(".me")).to_contain_text("Bob")


async def test_a_form_keeps_what_was_typed_until_it_is_right(program: WebProgram, chromium: Browser) -> None:
    async with tab(chromium, program.address, "Ada") as ada:
        await ada.type("/settings ")
        zone = ada.page.get_by_role("textbox", name="Time zone")
        await expect(zone).to_be_focused()
        await zone.fill("nonsense")
        await ada.page.get_by_role("checkbox", name="Wednesday").check()
        await ada.page.get_by_role("switch", name="Remind me of reviews").uncheck()
        await ada.page.get_by_role("button", name="Save").click()
        await expect(ada.page.get_by_text("That is no time zone")).to_be_visible()
        await expect(zone).to_be_focused()
        await zone.fill("Europe/Vienna")
        await zone.press("Enter")
        await expect(ada.page.get_by_role("dialog")).to_have_count(0)
        await expect(ada.card("notice")).to_contain_text("Saved.")
        expected = {"zone": "Europe/Vienna", "days": "mo,tu,we", "seen": "all", "reminder": "", "about": ""}
        assert program.desk.named("submit")[-1][1] == ("sf:settings", expected)


async def test_a_file_is_handed_in_with_its_form(program: WebProgram, chromium: Browser) -> None:
    async with tab(chromium, program.address, "Ada") as ada:
        await ada.type("/pack ")
        await ada.page.get_by_label("Name").fill("onboarding")
        large = {"name": "large.yaml", "mimeType": "text/yaml", "buffer": b"x" * 1_001}
        await ada.page.get_by_label("File").set_input_files(files=[large])
        await ada.page.get_by_role("button", name="Check it").click()
        await expect(ada.page.get_by_text("This file is too large")).to_be_visible()
        right = {"name": "our päck.yaml", "mimeType": "text/yaml", "buffer": b"topics: []"}
        await ada.page.get_by_label("File").set_input_files(files=[right])
        await ada.page.get_by_role("button", name="Check it").click()
        await expect(ada.card("notice")).to_contain_text("Kept our päck.yaml.")
        assert program.desk.named("submit")[-1][1] == ("sf:pack", {"name": "onboarding", "file": ""})
        assert await program.desk.files[-1]["file"].read() == b"topics: []"


async def test_a_thread_opens_at_the_side(program: WebProgram, chromium: Browser) -> None:
    ref = await program.adapter.messenger.post(DAILY, say.reveal(), nonce="r1")
    await program.adapter.messenger.post(DAILY, say.explanation(), nonce="e1", thread=ref)
    async with tab(chromium, program.address, "Ada") as ada:
        await ada.page.get_by_role("button", name="1 reply").click()
        thread = ada.page.get_by_role("complementary", name="Thread")
        await expect(thread).to_contain_text("The answer is B")
        await expect(thread.get_by_role("combobox")).to_be_focused()
        await thread.get_by_role("combobox").fill("Thank you")
        await thread.get_by_role("combobox").press("Enter")
        await expect(thread).to_contain_text("Thank you")
        await expect(ada.page.get_by_role("button", name="2 replies")).to_be_visible()
        await ada.page.keyboard.press("Escape")
        await expect(thread).to_have_count(0)


async def test_unread_messages_are_counted_until_they_are_read(
    program: WebProgram, chromium: Browser
) -> None:
    async with tab(chromium, program.address, "Ada") as ada:
        await ada.go("aws-daily")
        await program.adapter.messenger.post(GENERAL, Notice("Hello"), nonce="h1")
        await expect(ada.page.get_by_role("link", name="general 1 unread")).to_be_visible()
        await expect(ada.page).to_have_title("(1) #aws-daily · Cloudlark")
        await ada.go("general")
        await expect(ada.page.get_by_role("link", name="general", exact=True)).to_be_visible()
        await ada.page.reload()
        await expect(ada.page.get_by_role("link", name="general", exact=True)).to_be_visible()


async def test_pictures_have_words_and_files_can_be_kept(program: WebProgram, chromium: Browser) -> None:
    async with tab(chromium, program.address, "Ada") as ada:
        await ada.page.get_by_role("link", name="My page").click()
        picture = ada.page.get_by_role("img", name="Answers a day: a streak of nine days.")
        await expect(picture).to_be_visible()
        assert await picture.evaluate("(image) => image.complete && image.naturalWidth") == 520
        async with ada.page.expect_download() as started:
            await ada.page.get_by_role("link", name="missed.csv").click()
        assert (await started.value).suggested_filename == "missed.csv"
        await picture.click()
        await expect(ada.page.get_by_role("dialog")).to_contain_text("nine days")


async def test_times_are_shown_in_the_readers_own_zone(program: WebProgram, chromium: Browser) -> None:
    closes = dt.datetime(2099, 1, 1, 17, 0, tzinfo=dt.UTC)
    await program.adapter.messenger.post(DAILY, say.question(1, closes), nonce="r1")
    zones = (("Europe/Vienna", "18:00"), ("America/New_York", "12:00"))
    for number, (zone, hour) in enumerate(zones):
        async with tab(chromium, program.address, f"Person {number}", timezone_id=zone) as somebody:
            await expect(somebody.page.locator("time[data-closes]")).to_contain_text(hour)
            assert program.desk.named("renamed")[-1][0].person.timezone == zone


async def test_earlier_messages_come_when_one_scrolls_up(program: WebProgram, chromium: Browser) -> None:
    for number in range(90):
        await program.adapter.messenger.post(GENERAL, Notice(f"Line {number}."), nonce=f"l{number}")
    async with tab(chromium, program.address, "Ada") as ada:
        await ada.go("general")
        await expect(ada.page.get_by_text("Line 89.")).to_be_in_viewport()
        await expect(ada.page.get_by_text("Line 49.")).to_have_count(0)
        for line in ("Line 50.", "Line 10.", "Line 0."):
            await ada.page.get_by_role("log").get_by_role("article").first.scroll_into_view_if_needed()
            await expect(ada.page.get_by_text(line)).to_have_count(1)
        await program.adapter.messenger.post(GENERAL, Notice("The newest."), nonce="newest")
        await ada.page.get_by_role("button", name="New messages").click()
        await expect(ada.page.get_by_text("The newest.")).to_be_in_viewport()


async def test_ones_own_page_leads_on_to_practice(program: WebProgram, chromium: Browser) -> None:
    async with tab(chromium, program.address, "Ada") as ada:
        await ada.page.get_by_role("link", name="My page").click()
        await ada.page.get_by_role("button", name="Practise").click()
        await expect(ada.page.get_by_role("heading", level=1)).to_have_text("Cloudlark")
        await expect(ada.card("question")).to_contain_text("1 of 3")


COMPLETIONS = (
    ("", None),
    ("hello", None),
    ("/qu", ["command", "qu"]),
    ("/quiz", ["command", "quiz"]),
    ("/quiz ", ["topic", ""]),
    ("/quiz dyn", ["topic", "dyn"]),
    ("/quiz simple queue", ["topic", "simple queue"]),
    ("/quiz dynamodb 3", ["count", "3"]),
    ("/leaderboard we", ["period", "we"]),
    ("/leaderboard week more", [None, ""]),
    ("/schedule a", ["command", "schedule a"]),
    ("ask @clo", ["mention", "clo"]),
    ("ada@example", None),
)


async def test_the_page_knows_what_is_being_typed(program: WebProgram, chromium: Browser) -> None:
    async with tab(chromium, program.address, "Ada") as ada:
        for typed, expected in COMPLETIONS:
            found = await ada.page.evaluate(
                """async (typed) => {
                  const { contextOf } = await import('/static/js/completion.js');
                  const { store } = await import('/static/js/store.js');
                  const found = contextOf(typed, store.commands);
                  if (!found) return null;
                  const { stage, parameter } = found;
                  return [stage === 'parameter' ? parameter?.name ?? null : stage, found.typed];
                }""",
                typed,
            )
            assert found == expected, typed
