"""Item analysis in chat: figures where there are answers enough, and honest words where there are not."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from bot.messages import Notice, Sheet
from bot.storage.tables import attempts, learners
from bot.tutor.healing import examining
from bot.tutor.healing.versions import remember
from tests.support.bank import small_bank
from tests.support.world import World, world
from tests.tutor.healing.talk import asks, changes, commands, keyed, practises, teach, words

BAD, EASY, DEAD = "t0.q0", "t0.q1", "t0.q2"


async def crowd(
    world: World, people: int = 60, community: int = 1, version: str = "v1", hard: str = ""
) -> None:
    """Many people, some of whom know a lot, answer six questions each.

    The able take option 1 of t0.q0 for right, all know t0.q1, nobody ever picks option 3 of t0.q2, and the one
    that is `hard` everybody gets wrong.
    """
    await world.says("ada", "/help", admin=True)
    rng = random.Random(9)

    def work(db: Connection) -> None:
        names = [{"name": f"p{n}", "timezone": "UTC", "created_at": world.clock.now()} for n in range(people)]
        ids = list(db.execute(insert(learners).returning(learners.c.id), names).scalars())
        db.execute(insert(attempts), [
            {"month": 202611, "slot": f"p9{community}{learner}.{number}", "learner_id": learner,
             "community_id": community, "question_id": question, "question_version": version, "seed": 1,
             "origin": "practice", "picks": str(pick), "correct": pick == 0, "first": True, "scored": True,
             "confidence": "", "points": 0, "answered_at": world.clock.now(), "local_date": "2026-11-16"}
            for learner in ids
            for able in [rng.random()]
            for number, question in enumerate((BAD, EASY, DEAD, "t1.q0", "t1.q1", "t1.q2"))
            for pick in [3 if question == hard else _pick(question, able, rng)]
        ])  # fmt: skip

    await world.tutor.store.write(work)


def _pick(question: str, able: float, rng: random.Random) -> int:
    if question == EASY:
        return 0
    if question == BAD:
        return 1 if able > 0.6 else rng.choice((0, 0, 2, 3))
    if able > rng.random():
        return 0
    return rng.choice((1, 2)) if question == DEAD else rng.randrange(1, 4)


async def test_a_topics_questions_stand_in_a_table_with_their_flaws_above(tutoring: World) -> None:
    await crowd(tutoring)
    sheet = await asks(tutoring, "/bank stats t0")
    assert isinstance(sheet, Sheet)
    said = words(sheet)
    assert "180 first answers by 60 people to 3 questions. From this place alone." in said
    assert "t0.q0: the key may be wrong: those who know more choose B (“option 1”) instead" in said
    assert "those who know less get it right more often" in said
    assert "t0.q1: nearly everybody is right." in said
    assert "t0.q2: hardly anybody chooses D (“option 3”)." in said
    table = next(section.table for section in sheet.sections if section.table)
    assert [row[:2] for row in table.rows] == [("t0.q0", "60"), ("t0.q1", "60"), ("t0.q2", "60")]
    assert {row[0]: row[2:] for row in table.rows}["t0.q1"] == ("100", "–", "–")
    assert commands(sheet)[0] == "bank stats t0.q0"


async def test_there_is_a_picture_with_words_for_those_who_do_not_see_it(tutoring: World) -> None:
    await crowd(tutoring)
    sheet = await asks(tutoring, "/bank stats")
    assert isinstance(sheet, Sheet)
    (picture,) = sheet.pictures
    assert picture.data.startswith(b"\x89PNG")
    assert "5 questions by facility and discrimination. Worth a look: t0.q0" in picture.alt
    (exam,) = [await asks(tutoring, "/bank stats ex")]
    assert "360 first answers" in words(exam)


async def test_one_question_is_shown_with_the_picks_of_its_options(tutoring: World) -> None:
    await crowd(tutoring)
    sheet = await asks(tutoring, "/bank stats t0.q2")
    assert isinstance(sheet, Sheet)
    options = next(section.meters for section in sheet.sections if section.meters)
    assert [meter.label for meter in options] == [
        "A ✓ option 0",
        "B ✗ option 1",
        "C ✗ option 2",
        "D ✗ option 3",
    ]
    assert options[3].text == "0 of 60"
    assert "r +" in options[0].text
    assert "r -" in options[1].text
    assert sum(meter.value for meter in options) == pytest.approx(1)
    assert "60 first answers" in words(await asks(tutoring, "/bank reports t0.q2"))


async def test_below_ten_answers_it_counts_and_says_no_more(tutoring: World) -> None:
    await crowd(tutoring, people=9)
    sheet = await asks(tutoring, "/bank stats t0")
    assert isinstance(sheet, Sheet)
    assert "3 questions have fewer than 10 first answers" in words(sheet)
    assert "Facility" not in words(sheet)
    assert not sheet.pictures
    assert "9 first answers so far: too few" in words(await asks(tutoring, "/bank stats t0.q0"))


async def test_without_answers_it_says_so(tutoring: World) -> None:
    assert "nothing to say" in words(await asks(tutoring, "/bank stats"))
    assert isinstance(await asks(tutoring, "/bank stats t0.q0"), Notice)


async def test_an_unknown_topic_is_answered_with_a_sentence(tutoring: World) -> None:
    assert "do not know the topic" in words(await asks(tutoring, "/bank stats quantum"))


async def test_only_first_answers_given_before_the_key_was_known_count(tutoring: World) -> None:
    await practises(tutoring, "ben", 6)
    for _ in range(3):
        tutoring.clock.forward(days=30)
        await practises(tutoring, "ben", 20)
    lead = words(await asks(tutoring, "/bank stats")).split("\n")[1]
    assert lead.startswith("24 first answers by 1 person to 24 questions")


async def test_an_admin_sees_the_answers_of_their_community_and_an_operator_all(tmp_path: Path) -> None:
    async with world(tmp_path, CLOUDLARK_ADMINS="test:U-opal") as made:
        await crowd(made, 10)
        await crowd(made, 20, community=2)
        assert "30 first answers by 10 people" in words(await asks(made, "/bank stats t0"))
        both = words(await asks(made, "/bank stats t0", "opal"))
        assert "90 first answers by 30 people to 3 questions. From all communities." in both


async def test_answers_to_other_options_are_left_out_and_those_to_the_same_ones_are_not(
    tutoring: World,
) -> None:
    await remember(tutoring.tutor)
    await crowd(tutoring)
    changes(tutoring, DEAD, options=keyed(tutoring, DEAD, 1))
    assert "60 first answers" in words(await asks(tutoring, f"/bank stats {DEAD}"))
    options = [replace(each, text=f"other {each.position}") for each in keyed(tutoring, DEAD, 0)]
    changes(tutoring, DEAD, options=tuple(options))
    assert "nothing to say" in words(await asks(tutoring, f"/bank stats {DEAD}"))


async def test_facts_that_nobody_has_checked_for_a_year_are_named(tutoring: World) -> None:
    assert "nobody has checked" not in words(await asks(tutoring, "/bank stats t0"))
    bank = small_bank()
    old = replace(bank.facts["t0.f3"], verified_on=dt.date(2025, 11, 15))
    facts = [old if fact.id == old.id else fact for fact in bank.facts.values()]
    teach(tutoring, type(bank).of(bank.exams.values(), bank.topics.values(), facts, bank.questions.values()))
    said = words(await asks(tutoring, "/bank stats t0"))
    assert "Facts that nobody has checked for a year\nt0.f3: last checked 15 November 2025" in said
    assert "t0.f2" not in said
    assert "nobody has checked" not in words(await asks(tutoring, "/bank stats t1"))


async def test_more_answers_than_are_looked_at_are_said_to_be_cut(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examining, "NEWEST", 100)
    monkeypatch.setattr("bot.tutor.healing.statistics.NEWEST", 100)
    await crowd(tutoring)
    said = words(await asks(tutoring, "/bank stats"))
    assert "100 first answers" in said
    assert "Only the newest 100 answers are looked at" in said
