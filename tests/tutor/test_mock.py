"""A mock exam from its first item to its report, by conversation."""

from __future__ import annotations

import random
from pathlib import Path

from bot.bank.bank import Bank
from bot.commands.front import FrontDesk
from bot.messages import Feedback, Notice, QuestionCard, Reply, Sheet, encode
from bot.messages.acts import Act, AnswerMock, ChangeMock, ShowMock
from bot.storage.store import open_store
from bot.tutor.tutor import Tutor
from tests.support.bank import small_bank
from tests.support.world import World, settings, world


def big() -> Bank:
    """A bank that fills an exam."""
    return small_bank(10, 20)


async def presses(made: World, act: Act, *values: str) -> Reply:
    """Ben presses a button."""
    return await made.desk.click(made.caller("ben", None), encode(act), values)


async def answer_all(made: World, number: int, right: int) -> None:
    """Ben answers the first `number` items, the first `right` of them rightly."""
    for n in range(number):
        card = (await presses(made, ShowMock(1, n))).message
        assert isinstance(card, QuestionCard)
        picks = range(card.picks) if n < right else range(2, 2 + card.picks)
        await presses(made, AnswerMock(1, n), *map(str, picks))


async def test_a_full_exam_has_65_items_of_which_15_do_not_count(tmp_path: Path) -> None:
    async with world(tmp_path, bank=big()) as made:
        card = (await made.says("ben", "/mock start ex full", channel=None)).message
        assert isinstance(card, QuestionCard)
        assert card.progress == (1, 65)
        await answer_all(made, 65, 65)
        report = (await presses(made, ChangeMock(1, 0, "finish"))).message
        assert isinstance(report, Sheet)
        assert report.lead == "Likely a pass."
        assert "50 of 50 scored items right" in report.sections[0].lines[0]
        table = report.sections[1].table
        assert table is not None
        assert [row[1] for row in table.rows] == ["30 of 30", "20 of 20"]


async def test_a_blank_counts_wrong_and_nothing_is_half_right(tmp_path: Path) -> None:
    async with world(tmp_path, bank=big()) as made:
        await made.says("ben", "/mock start ex quick", channel=None)
        await answer_all(made, 4, 4)
        report = (await made.says("ben", "/mock stop now", channel=None)).message
        assert isinstance(report, Sheet)
        assert report.lead == "Not there yet."
        assert "4 of 10 scored" in report.sections[0].lines[0]
        assert "Unanswered: 6" in " ".join(report.sections[0].lines)


async def test_an_exam_survives_a_restart_and_goes_on_where_it_was(tmp_path: Path) -> None:
    async with world(tmp_path, bank=big()) as made:
        await made.says("ben", "/mock start ex quick", channel=None)
        await answer_all(made, 3, 3)
        await presses(made, ChangeMock(1, 1, "flag"))
    store = await open_store(f"sqlite:///{tmp_path / 'world.db'}")
    async with world(tmp_path, bank=big(), store=store) as again:
        card = (await again.says("ben", "/mock resume", channel=None)).message
        assert isinstance(card, QuestionCard)
        assert card.progress == (4, 10)
        shown = (await presses(again, ShowMock(1, 1))).message
        assert isinstance(shown, QuestionCard)
        assert shown.selected
        assert "flagged" in shown.heading
    await store.close()


async def test_time_is_up_by_our_clock_and_what_was_given_counts(tmp_path: Path) -> None:
    async with world(tmp_path, bank=big()) as made:
        await made.says("ben", "/mock start ex quick", channel=None)
        await answer_all(made, 10, 10)
        made.clock.forward(hours=1)
        report = (await presses(made, AnswerMock(1, 0, 3))).message
        assert isinstance(report, Sheet)
        assert "10 of 10 scored" in report.sections[0].lines[0]
        assert "Time used: 20 minutes" in " ".join(report.sections[0].lines)


async def test_a_paused_exam_stops_its_clock_where_that_is_allowed(tmp_path: Path) -> None:
    async with world(tmp_path, bank=big()) as made:
        await made.says("ben", "/mock start ex quick", channel=None)
        await presses(made, ChangeMock(1, 0, "pause"))
        made.clock.forward(days=2)
        card = (await made.says("ben", "/mock resume", channel=None)).message
        assert isinstance(card, QuestionCard)
        assert "20 min" in card.notes[0]


async def test_where_pausing_is_not_allowed_the_clock_goes_on(tmp_path: Path) -> None:
    async with world(tmp_path, bank=big(), CLOUDLARK_MOCK_PAUSE="off") as made:
        await made.says("ben", "/mock start ex quick", channel=None)
        reply = await presses(made, ChangeMock(1, 0, "pause"))
        assert isinstance(reply.message, Notice)
        assert "cannot be paused" in reply.message.text


async def test_a_second_exam_waits_for_the_first(tmp_path: Path) -> None:
    async with world(tmp_path, bank=big()) as made:
        await made.says("ben", "/mock start ex quick", channel=None)
        reply = await made.says("ben", "/mock start ex quick", channel=None)
        assert isinstance(reply.message, Notice)
        assert [button.label for button in reply.message.buttons] == ["Go on", "Hand it in"]


async def test_what_was_missed_comes_back_in_review_and_every_item_is_explained(tmp_path: Path) -> None:
    async with world(tmp_path, bank=big()) as made:
        await made.says("ben", "/mock start ex quick", channel=None)
        await answer_all(made, 10, 3)
        await presses(made, ChangeMock(1, 0, "finish"))
        explained = (await presses(made, ChangeMock(1, 5, "review"))).message
        assert isinstance(explained, Feedback)
        assert explained.notes[0].startswith("Item 6 of 10")
        due = (await presses(made, ChangeMock(1, 0, "due"))).message
        assert isinstance(due, Notice)
        assert due.text.startswith("7 facts")
        review = (await made.says("ben", "/review 10", channel=None)).message
        assert isinstance(review, QuestionCard)


async def test_handing_in_twice_counts_once(tmp_path: Path) -> None:
    async with world(tmp_path, bank=big()) as made:
        await made.says("ben", "/mock start ex quick", channel=None)
        await answer_all(made, 10, 10)
        one = (await presses(made, ChangeMock(1, 0, "finish"))).message
        other = (await presses(made, ChangeMock(1, 0, "finish"))).message
        assert one == other


async def test_nobody_else_sees_an_exam(tmp_path: Path) -> None:
    async with world(tmp_path, bank=big()) as made:
        await made.says("ben", "/mock start ex quick", channel=None)
        reply = await made.desk.click(made.caller("eve", None), encode(ShowMock(1, 0)))
        assert isinstance(reply.message, Notice)
        assert "not your exam" in reply.message.text


async def test_two_desks_on_one_database_show_the_same_exam(tmp_path: Path) -> None:
    async with world(tmp_path, bank=big()) as made:
        await made.says("ben", "/mock start ex quick", channel=None)
        other = Tutor.of(big(), made.tutor.store, made.clock, random.Random(9), settings())
        reply = await FrontDesk(other).command(made.caller("ben", None), "mock status")
        assert isinstance(reply.message, Sheet)
        assert "1, 2, 3" in reply.message.sections[0].lines[0]


async def test_pausing_twice_loses_no_time_and_a_paused_exam_shows_nothing(tmp_path: Path) -> None:
    async with world(tmp_path, bank=big()) as made:
        await made.says("ben", "/mock start ex quick", channel=None)
        for _ in range(2):
            await presses(made, ChangeMock(1, 0, "pause"))
            made.clock.forward(hours=1)
        hidden = (await presses(made, ChangeMock(1, 0, "flag"))).message
        assert isinstance(hidden, Notice)
        card = (await made.says("ben", "/mock resume", channel=None)).message
        assert isinstance(card, QuestionCard)
        assert "20 min" in card.notes[0]


async def test_a_length_alone_starts_the_exam_that_was_set(tmp_path: Path) -> None:
    async with world(tmp_path, bank=big()) as made:
        await made.says("ben", "/exam set ex", channel=None)
        card = (await made.says("ben", "/mock start quick", channel=None)).message
        assert isinstance(card, QuestionCard)
        assert card.progress == (1, 10)


async def test_stopping_asks_first_and_shows_what_is_open(tutoring: World) -> None:
    await tutoring.says("ben", "/mock start ex quick", channel=None)
    asked = (await tutoring.says("ben", "/mock stop", channel=None)).message
    assert isinstance(asked, Sheet)
    assert asked.lead.startswith("Hand it in? 20 min 00 s left.")
    assert [button.label for button in asked.buttons] == ["Go on", "Pause", "Hand in"]
    status = (await tutoring.says("ben", "/mock status", channel=None)).message
    assert isinstance(status, Sheet)
    assert "report" not in status.title
    handed = (await tutoring.desk.click(tutoring.caller("ben", None), encode(asked.buttons[-1].act))).message
    assert isinstance(handed, Sheet)
    assert handed.title.endswith("report")
