"""The reception: names in the logs, a turn for everybody, and an answer whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from bot import wording
from bot.commands.front import FrontDesk
from bot.messages import Feedback, Notice, QuestionCard, Reply, encode
from bot.messages.acts import AnswerPractice
from bot.storage.group import BusyError, GroupCommit
from bot.storage.tables import attempts
from tests.support.world import World, world


@pytest.fixture
async def hasty(tmp_path: Path) -> AsyncIterator[World]:
    """A world in which a person may do three things in ten seconds."""
    async with world(tmp_path, CLOUDLARK_PERSON_ACTIONS="3", CLOUDLARK_PERSON_SECONDS="10") as made:
        yield made


def text_of(reply: Reply) -> str:
    """What a notice says."""
    assert isinstance(reply.message, Notice)
    return reply.message.text


def counted(made: World, **labels: str) -> float:
    """How many requests were counted with these labels."""
    found = {"platform": "test", **labels}
    return made.tutor.metrics.registry.get_sample_value("cloudlark_requests_total", found) or 0.0


async def test_whoever_does_too_much_at_once_is_told_so_and_served_again_after_a_while(hasty: World) -> None:
    for _ in range(3):
        assert not isinstance((await hasty.says("ben", "/help")).message, Notice)
    assert text_of(await hasty.says("ben", "/help")) == wording.too_fast()
    assert text_of(await hasty.desk.click(hasty.caller("ben"), "ar:1:0")) == wording.too_fast()
    assert text_of(await hasty.desk.submit(hasty.caller("ben"), "sf:settings", {})) == wording.too_fast()
    assert not isinstance((await hasty.says("cleo", "/help")).message, Notice)
    hasty.clock.forward(seconds=4)
    assert not isinstance((await hasty.says("ben", "/help")).message, Notice)
    assert counted(hasty, kind="command", outcome="limited") == 1
    assert counted(hasty, kind="click", outcome="limited") == 1


async def test_an_answer_that_was_limited_is_not_taken(hasty: World) -> None:
    await hasty.says("ben", "/quiz t0 1")
    ben = hasty.caller("ben")
    hasty.clock.forward(minutes=1)
    for _ in range(3):
        await hasty.says("ben", "/streak")
    assert text_of(await hasty.desk.click(ben, encode(AnswerPractice(1, 0, 0)))) == wording.too_fast()
    assert await hasty.tutor.store.read(lambda db: db.execute(attempts.select()).all()) == []


async def test_an_answer_that_would_wait_too_long_is_refused_in_a_sentence_and_counted(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tutoring.says("ben", "/quiz t0 1")

    async def full(item: object) -> object:
        raise BusyError

    monkeypatch.setattr(tutoring.tutor.answers, "submit", full)
    reply = await tutoring.desk.click(tutoring.caller("ben"), encode(AnswerPractice(1, 0, 0)))
    assert text_of(reply) == wording.busy()
    assert counted(tutoring, kind="click", outcome="busy") == 1
    monkeypatch.undo()
    again = await tutoring.desk.click(tutoring.caller("ben"), encode(AnswerPractice(1, 0, 0)))
    assert isinstance(again.message, Feedback)
    assert "already" not in again.message.headline


async def test_when_too_much_is_under_way_clicks_forms_commands_and_words_are_all_told(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = tutoring.caller("ben")
    monkeypatch.setattr(tutoring.desk._reception, "_most", 0)
    assert text_of(await tutoring.desk.click(ben, "ar:1:0")) == wording.busy()
    assert text_of(await tutoring.desk.submit(ben, "sf:settings", {})) == wording.busy_not_done()
    assert text_of(await tutoring.desk.command(ben, "/quiz")) == wording.busy_not_done()
    assert text_of(await tutoring.desk.invoke(ben, "quiz", {})) == wording.busy_not_done()
    assert text_of(await tutoring.desk.said(ben, "dynamodb")) == wording.busy_not_done()
    busy = [counted(tutoring, kind=kind, outcome="busy") for kind in ("click", "form", "command", "words")]
    assert busy == [1, 1, 2, 1]


async def test_every_outcome_is_counted_by_platform_and_kind(tutoring: World) -> None:
    ben = tutoring.caller("ben")
    await tutoring.says("ben", "/help")
    await tutoring.says("ben", "/schedule list")
    await tutoring.desk.click(ben, "zz:old")
    assert counted(tutoring, kind="command", outcome="done") == 1
    assert counted(tutoring, kind="command", outcome="refused") == 1
    assert counted(tutoring, kind="click", outcome="stale") == 1


async def test_one_click_can_be_followed_from_its_request_to_the_row(tutoring: World) -> None:
    card = (await tutoring.says("ben", "/quiz t0 1")).message
    assert isinstance(card, QuestionCard)
    with capture_logs([merge_contextvars]) as lines:
        for _ in range(2):
            await tutoring.desk.click(tutoring.caller("ben"), encode(AnswerPractice(1, 0, 0)))
    committed = [line for line in lines if line["event"] == "answer_committed"]
    (row,) = await tutoring.tutor.store.read(lambda db: db.execute(attempts.select()).all())
    assert [(line["request"], line["attempt"], line["slot"]) for line in committed] == [
        ("req", row.id, "p1.0"),
        ("req", row.id, "p1.0"),
    ]
    assert [line["fresh"] for line in committed] == [True, False]
    assert personal(lines) == set()


async def test_every_line_of_a_request_bears_its_name_and_no_other_line_does(tutoring: World) -> None:
    with capture_logs([merge_contextvars]) as lines:
        await asyncio.gather(*(FrontDesk(tutoring.tutor).command(one, "/help") for one in callers(tutoring)))
        await tutoring.tick()
    done = [line["request"] for line in lines if line["event"] == "request_done"]
    assert sorted(done) == [f"request-{n}" for n in range(5)]


async def test_a_failure_is_logged_under_the_number_that_the_person_is_told(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*args: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.tutor.choosing.choose", broken)
    caller = tutoring.caller("ben")
    nameless = type(caller)(caller.person, caller.channel)
    with capture_logs([merge_contextvars]) as lines:
        reply = await tutoring.desk.command(nameless, "/quiz")
    (failed,) = [line for line in lines if line["event"] == "request_failed"]
    assert failed["request"] in text_of(reply)
    assert len(failed["request"]) == 8


async def test_the_writer_of_answers_does_not_log_as_whoever_woke_it(tmp_path: Path) -> None:
    async with world(tmp_path) as made:
        seen: list[Any] = []

        def batch(db: object, items: Any) -> Any:
            seen.append(merge_contextvars(None, "", {}))
            return items

        group: GroupCommit[int, int] = GroupCommit(made.tutor.store, batch)
        with made.desk._reception.named(made.caller("ben")):
            await group.submit(1)
        assert seen == [{}]


def callers(made: World) -> list[Any]:
    """Five people with requests of their own."""
    people = [made.caller(f"person{n}") for n in range(5)]
    return [type(one)(one.person, one.channel, f"request-{n}") for n, one in enumerate(people)]


def personal(lines: Any) -> set[str]:
    """Whatever of the person stands in the lines."""
    text = str(lines)
    return {word for word in ("ben", "U-ben", "team", "general") if f"'{word}'" in text}
