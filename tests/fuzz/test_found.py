"""What fuzzing found at the desk and behind it, each once and by name, so that it stays mended."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from bot.messages import Feedback, Notice, QuestionCard, Tone
from bot.storage.tables import attempts, learners, reports, rounds
from bot.tutor.calculating import calculate
from bot.tutor.refusal import RefusalError
from tests.fuzz.answers import check
from tests.fuzz.crowd import settle
from tests.fuzz.overhearing import NAME, overheard
from tests.fuzz.people import caller
from tests.support.world import World

UNWRITABLE = "half \ud800 and nul \x00"


@pytest.mark.parametrize(
    "text", [UNWRITABLE, f"ask {UNWRITABLE}", f"quiz {UNWRITABLE}", f"season start {UNWRITABLE}"]
)
async def test_texts_that_no_encoding_can_write_are_answered(tutoring: World, text: str) -> None:
    with overheard():
        check(await tutoring.desk.command(caller(admin=True), text))
        check(await tutoring.desk.said(caller(admin=True), text))


async def test_names_that_no_database_can_keep_are_kept_without_what_cannot_be_read(tutoring: World) -> None:
    with overheard():
        check(await tutoring.desk.command(caller(shown=f"Ben {UNWRITABLE}"), "progress"))
    names = await tutoring.tutor.store.read(lambda db: db.scalars(select(learners.c.name)).all())
    assert names == ["Ben half \ufffd and nul \ufffd"]


async def test_forms_that_no_database_can_keep_are_kept_without_what_cannot_be_read(tutoring: World) -> None:
    with overheard():
        values = {"reason": "other", "text": UNWRITABLE}
        check(await tutoring.desk.submit(caller(), "sf:report:t0.q1", values))
    texts = await tutoring.tutor.store.read(lambda db: db.scalars(select(reports.c.text)).all())
    assert texts == ["half \ufffd and nul \ufffd"]


@pytest.mark.parametrize(
    "button",
    [
        f"ar:{2**63}:0",
        "sm:9999999999999999999:1",
        "sp:1:-9999999999999999999",
        f"of:edit:{'9' * 40}",
        f"of:options:{'9' * 40}",
        f"of:report:round:{'9' * 40}",
        f"of:edit:{'9' * 5000}",
        f"of:schedule:{'C' * 200}",
    ],
)
async def test_buttons_with_numbers_that_no_database_can_hold_are_answered(
    tutoring: World, button: str
) -> None:
    with overheard():
        check(await tutoring.desk.click(caller(admin=True), button))


async def test_a_round_of_another_platform_can_be_neither_answered_nor_looked_into(tutoring: World) -> None:
    await settle(tutoring)
    before = await tutoring.tutor.store.read(
        lambda db: db.execute(select(rounds).where(rounds.c.id == 1)).one()
    )
    for button, values in (("ar:1", ["0", "1"]), ("ar:1:0", []), ("wr:1", [])):
        reply = await tutoring.desk.click(caller(), button, values)
        assert isinstance(reply.message, Notice)
    after = await tutoring.tutor.store.read(
        lambda db: db.execute(select(rounds).where(rounds.c.id == 1)).one()
    )
    assert after == before
    assert isinstance((await tutoring.desk.click(caller(), "ar:2", ["0", "1"])).message, Feedback)


async def test_a_confidence_that_no_button_offers_is_not_kept(tutoring: World) -> None:
    card = (await tutoring.desk.command(caller(), "quiz t0 1")).message
    assert isinstance(card, QuestionCard)
    values = [str(option.position) for option in card.options[: card.picks]]
    with overheard():
        check(await tutoring.desk.click(caller(), f"ap:1:0::{'x' * 50}", values))
    kept = await tutoring.tutor.store.read(lambda db: db.scalars(select(attempts.c.confidence)).all())
    assert kept == [""]


async def test_a_group_of_commands_is_listed_however_a_platform_writes_its_name(tutoring: World) -> None:
    bare = await tutoring.desk.invoke(caller(), "schedule", {})
    assert await tutoring.desk.invoke(caller(), " /Schedule ", {}) == bare


@pytest.mark.parametrize(
    "sum_", [f"rcu {'9' * 320}.5 items/s 6 KB", f"series {'9' * 320}.1% 3", f"cidr {'9' * 400}"]
)
def test_sums_of_numbers_beyond_all_floats_are_refused_in_a_short_sentence(sum_: str) -> None:
    with pytest.raises(RefusalError) as refused:
        calculate(sum_)
    assert len(refused.value.text) < 200


def test_a_lone_dot_in_a_sum_is_a_word_that_is_not_understood() -> None:
    with pytest.raises(RefusalError, match="I do not understand"):
        calculate("gp3 20 . ¤")


async def test_an_error_of_the_database_does_not_quote_what_people_wrote(tutoring: World) -> None:
    with pytest.raises(DBAPIError) as raised:
        await tutoring.tutor.store.write(
            lambda db: db.execute(insert(learners), [{"id": 1, "name": NAME}] * 2)
        )
    assert NAME not in str(raised.value)


async def test_a_failure_tells_the_person_nothing_and_the_log_neither_name_nor_words(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.commands.front.is_admin", broken)
    with overheard(failing=True) as heard:
        reply = await tutoring.desk.command(caller(), "schedule list")
    assert isinstance(reply.message, Notice)
    assert reply.message.tone is Tone.ERROR
    assert "ZeroDivisionError" in heard.text
