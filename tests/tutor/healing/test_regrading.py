"""A corrected key regrades history, whole or not at all, and a replay arrives at the same state."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select

from bot.messages import Leaderboard, Notice, QuestionCard, Sheet, encode
from bot.messages.acts import AnswerPractice, AnswerRound, ShowPractice
from bot.storage.tables import (
    attempts,
    forgotten_months,
    items,
    learners,
    memories,
    question_versions,
    rounds,
)
from bot.tutor.healing import beliefs, regrading
from bot.tutor.healing.versions import Kinship, compare, remember
from bot.tutor.healing.versions import Wording as Texts
from bot.tutor.replay import replay
from tests.support.bank import small_bank
from tests.support.world import World, world
from tests.tutor.healing.talk import asks, changes, commands, keyed, reports, told, words
from tests.tutor.test_replay import live, state

FORM = {"time": "09:00", "timezone": "UTC", "weekdays": "0,1,2,3,4,5,6", "questions": "all", "window": "60"}


async def asked(world: World) -> str:
    """A round with a single pick, answered by four people: A, A, B, and C when it is over; its question."""
    await remember(world.tutor)
    await world.desk.submit(world.caller("ada", "daily", admin=True), "sf:schedule:daily", FORM)
    await world.tick(hours=2)
    card = world.messenger.in_channel("daily")[0].message
    assert isinstance(card, QuestionCard)
    assert card.picks == 1, "the seed of the world draws a question with one pick"
    for name, pick in (("ben", 0), ("cleo", 0), ("dan", 1)):
        await world.desk.click(world.caller(name, "daily"), encode(AnswerRound(1, pick)))
    await world.tick(hours=2)
    await world.desk.click(world.caller("eve", "daily"), encode(AnswerRound(1, 1)))
    query = select(rounds.c.question_id)
    return str(await world.tutor.store.read(lambda db: db.execute(query).scalar_one()))


async def points(world: World) -> dict[str, int]:
    board = (await world.says("ada", "/leaderboard")).message
    assert isinstance(board, Leaderboard)
    return {row.name: row.points for row in board.rows}


async def test_a_corrected_key_moves_points_and_tells_those_whom_it_concerns(tutoring: World) -> None:
    question = await asked(tutoring)
    assert await points(tutoring) == {"ben": 10, "cleo": 10, "dan": 2}
    changes(tutoring, question, options=keyed(tutoring, question, 1))
    assert "The key of 1 question has changed" in words(await asks(tutoring, "/bank reports"))
    preview = await asks(tutoring, f"/bank regrade {question}")
    assert "4 answers by 4 people" in words(preview)
    assert "2 would become right and 2 wrong; points would change for 3 people" in words(preview)
    assert "Key then: A. Key now: B." in words(preview)
    assert await points(tutoring) == {"ben": 10, "cleo": 10, "dan": 2}, "a look changes nothing"
    assert commands(preview)[0] == f"regrade-now {question}"
    done = words(await asks(tutoring, f"/bank regrade {question} now"))
    assert "4 answers changed, 2 right now and 2 wrong; points changed for 3 people (-8 in all)" in done
    assert await points(tutoring) == {"dan": 10, "ben": 2, "cleo": 2}
    round_ = await tutoring.tutor.store.read(lambda db: db.execute(select(rounds)).one())
    assert (round_.answered, round_.correct) == (3, 1)
    await tutoring.tick()
    assert "That takes 8 points back" in told(tutoring, "ben")[0]
    assert "You get 8 points more" in told(tutoring, "dan")[0]
    assert told(tutoring, "eve") == []
    log = words(await asks(tutoring, "/bank audit"))
    assert f"ada · regrade {question}@v1': Regraded: 4 answers" in log
    assert "No reports are open" in words(await asks(tutoring, "/bank reports"))


async def test_regrading_twice_changes_nothing_and_tells_nobody_twice(tutoring: World) -> None:
    question = await asked(tutoring)
    changes(tutoring, question, options=keyed(tutoring, question, 1))
    await asks(tutoring, f"/bank regrade {question} now")
    before = await tutoring.tutor.store.read(state)
    again = words(await asks(tutoring, f"/bank regrade {question} now"))
    assert "4 answers were given to older versions, and the present key grades all of them" in again
    assert await tutoring.tutor.store.read(state) == before
    await tutoring.tick()
    assert len(told(tutoring, "dan")) == 1


async def test_a_replay_arrives_at_the_same_state_after_a_regrade(tutoring: World) -> None:
    await remember(tutoring.tutor)
    await live(tutoring)
    most = select(attempts.c.question_id).group_by(attempts.c.question_id).order_by(func.count().desc())
    found = await tutoring.tutor.store.read(lambda db: db.execute(most).scalars().all())
    single = [each for each in found if len(tutoring.tutor.bank.questions[each].options) == 4][:3]
    before = await tutoring.tutor.store.read(state)
    for question in single:
        changes(tutoring, question, options=keyed(tutoring, question, 2))
        assert "Regraded" in words(await asks(tutoring, f"/bank regrade {question} now"))
    after = await tutoring.tutor.store.read(state)
    assert all(after[name] != before[name] for name in before if name != "streaks")
    await replay(tutoring.tutor.store, tutoring.tutor.bank, 0.9, lambda number: None)
    assert await tutoring.tutor.store.read(state) == after


async def test_answers_of_the_last_minute_are_entered_too(tutoring: World) -> None:
    question = await asked(tutoring)
    tutoring.clock.forward(minutes=5)
    changes(tutoring, question, options=keyed(tutoring, question, 1))
    await tutoring.says("ben", "/quiz 3")
    for number in range(3):
        shown = (await tutoring.desk.click(tutoring.caller("ben"), encode(ShowPractice(1, number)))).message
        assert isinstance(shown, QuestionCard)
        picks = [str(each) for each in range(shown.picks)]
        await tutoring.desk.click(tutoring.caller("ben"), encode(AnswerPractice(1, number)), picks)
    await asks(tutoring, f"/bank regrade {question} now")
    after = await tutoring.tutor.store.read(state)
    await replay(tutoring.tutor.store, tutoring.tutor.bank, 0.9, lambda number: None)
    assert await tutoring.tutor.store.read(state) == after


async def test_practice_points_keep_to_the_days_cap(tmp_path: Path) -> None:
    async with world(tmp_path, bank=small_bank(1, 14)) as made:
        await remember(made.tutor)
        ben = made.caller("ben")
        card = (await made.says("ben", "/quiz 13")).message
        wrong = ""
        for number in range(13):
            assert isinstance(card, QuestionCard)
            single = card.picks == 1 and not wrong
            picks = ["1"] if single else [str(each) for each in range(card.picks)]
            reply = await made.desk.click(ben, encode(AnswerPractice(1, number)), picks)
            if single:
                wrong = await made.tutor.store.read(
                    lambda db: str(db.execute(select(attempts.c.question_id)).scalar())
                )
            assert reply
            card = (await made.desk.click(ben, encode(ShowPractice(1, number + 1)))).message
        assert await points(made) == {"ben": 10}
        changes(made, wrong, options=keyed(made, wrong, 1))
        assert "points changed for 0 people" in words(await asks(made, f"/bank regrade {wrong} now"))
        assert await points(made) == {"ben": 10}


async def test_changed_texts_are_regraded_only_when_an_admin_says_that_they_mean_the_same(
    tutoring: World,
) -> None:
    question = await asked(tutoring)
    options = tuple(
        replace(each, text="option two") if each.position == 2 else each
        for each in keyed(tutoring, question, 1)
    )
    changes(tutoring, question, options=options)
    preview = await asks(tutoring, f"/bank regrade {question} now")
    assert "C: “option 2” then, “option two” now" in words(preview)
    assert await points(tutoring) == {"ben": 10, "cleo": 10, "dan": 2}
    assert commands(preview)[0] == f"regrade-anyway {question}"
    await asks(tutoring, f"/bank regrade {question} anyway")
    assert await points(tutoring) == {"dan": 10, "ben": 2, "cleo": 2}


async def test_options_in_other_places_are_refused_with_a_sentence(tutoring: World) -> None:
    question = await asked(tutoring)
    first, second, *rest = tutoring.tutor.bank.questions[question].options
    swapped = (replace(second, position=0, right=True), replace(first, position=1, right=False), *rest)
    changes(tutoring, question, options=swapped)
    for word in ("", " now", " anyway"):
        assert "in other places" in words(await asks(tutoring, f"/bank regrade {question}{word}"))
    changes(tutoring, question, options=(first, second))
    assert "of another number" in words(await asks(tutoring, f"/bank regrade {question} anyway"))
    assert await points(tutoring) == {"ben": 10, "cleo": 10, "dan": 2}


async def test_another_number_of_picks_is_refused_with_a_sentence(tutoring: World) -> None:
    question = await asked(tutoring)
    changes(tutoring, question, options=keyed(tutoring, question, 0, 1))
    refused = words(await asks(tutoring, f"/bank regrade {question} anyway"))
    assert "asked for 1 option when it was answered and asks for 2 options now" in refused


async def test_a_version_of_which_nothing_is_kept_has_to_be_vouched_for(tutoring: World) -> None:
    question = await asked(tutoring)
    await tutoring.tutor.store.write(lambda db: db.execute(question_versions.delete()))
    changes(tutoring, question, options=keyed(tutoring, question, 1))
    assert "no record of 1 older version" in words(await asks(tutoring, f"/bank regrade {question} now"))
    assert "Regraded" in words(await asks(tutoring, f"/bank regrade {question} anyway"))


async def test_a_regrade_that_breaks_changes_nothing_at_all(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = await asked(tutoring)
    changes(tutoring, question, options=keyed(tutoring, question, 1))
    before = await tutoring.tutor.store.read(everything)

    def broken(*args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(regrading, "_tell_learners", broken)
    reply = await asks(tutoring, f"/bank regrade {question} now")
    assert isinstance(reply, Notice)
    assert "Something went wrong" in reply.text
    assert await tutoring.tutor.store.read(everything) == before


def everything(db: Connection) -> dict[str, Any]:
    return state(db) | {"attempts": sorted(map(tuple, db.execute(attempts.select())))}


async def test_a_long_one_is_done_in_the_background_and_reported_by_a_direct_message(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regrading, "SOON", 2)
    question = await asked(tutoring)
    changes(tutoring, question, options=keyed(tutoring, question, 1))
    reply = words(await asks(tutoring, f"/bank regrade {question} now"))
    assert "write to you when it is done" in reply
    await asyncio.gather(*tutoring.tutor.errands)
    await tutoring.tick()
    assert any("4 answers changed" in text for text in told(tutoring, "ada"))
    assert await points(tutoring) == {"dan": 10, "ben": 2, "cleo": 2}


async def test_one_that_breaks_in_the_background_says_so(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regrading, "SOON", 2)
    question = await asked(tutoring)
    changes(tutoring, question, options=keyed(tutoring, question, 1))

    def broken(*args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(regrading, "_tell_learners", broken)
    await asks(tutoring, f"/bank regrade {question} now")
    await asyncio.gather(*tutoring.tutor.errands)
    await tutoring.tick()
    assert "did not work and nothing was changed" in told(tutoring, "ada")[-1]
    assert await points(tutoring) == {"ben": 10, "cleo": 10, "dan": 2}


async def test_where_old_answers_are_gone_nobody_loses_what_came_of_them(tutoring: World) -> None:
    question = await asked(tutoring)
    await tutoring.tutor.store.write(
        lambda db: db.execute(
            insert(forgotten_months).values(month=202601, forgotten_at=tutoring.clock.now())
        )
    )
    changes(tutoring, question, options=keyed(tutoring, question, 1))
    remembered = await tutoring.tutor.store.read(lambda db: db.execute(select(memories)).all())
    hard = await tutoring.tutor.store.read(lambda db: db.execute(select(items)).one())
    done = words(await asks(tutoring, f"/bank regrade {question} now"))
    assert "Not all old answers are at hand" in done
    assert await points(tutoring) == {"dan": 10, "ben": 2, "cleo": 2}
    assert await tutoring.tutor.store.read(lambda db: db.execute(select(memories)).all()) == remembered
    harder = await tutoring.tutor.store.read(lambda db: db.execute(select(items)).one())
    assert (hard.correct, harder.correct) == (2, 1)
    assert harder.mean > hard.mean
    assert harder.answers == hard.answers == 3


async def test_an_admin_regrades_their_own_community_and_an_operator_all(tmp_path: Path) -> None:
    async with world(tmp_path, CLOUDLARK_ADMINS="test:U-opal") as made:
        question = await asked(made)

        def elsewhere(db: Connection) -> None:
            db.execute(attempts.update().where(attempts.c.picks == "1").values(community_id=99))

        await made.tutor.store.write(elsewhere)
        changes(made, question, options=keyed(made, question, 1))
        mine = words(await asks(made, f"/bank regrade {question}"))
        assert "2 answers by 2 people" in mine
        assert "Answers given here" in mine
        all_ = words(await asks(made, f"/bank regrade {question}", "opal"))
        assert "4 answers by 4 people" in all_
        assert "of all communities" in all_


async def test_what_changed_hands_meanwhile_is_entered_again(
    tutoring: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = await asked(tutoring)
    tutoring.clock.forward(minutes=5)
    changes(tutoring, question, options=keyed(tutoring, question, 1))
    begun = 0
    begin = beliefs.Rehearsal.begin

    async def disturbed(rehearsal: beliefs.Rehearsal) -> bool:
        nonlocal begun
        begun += 1
        done = await begin(rehearsal)
        if begun == 1:
            await tutoring.says("ben", "/mydata delete for-good")
        return done

    monkeypatch.setattr(beliefs.Rehearsal, "begin", disturbed)
    assert "Regraded" in words(await asks(tutoring, f"/bank regrade {question} now"))
    assert begun == 2
    left = await tutoring.tutor.store.read(lambda db: db.execute(select(learners.c.name)).scalars().all())
    assert "ben" not in left
    assert await points(tutoring) == {"dan": 10, "cleo": 2}


async def test_two_admins_who_press_at_once_regrade_once(tutoring: World) -> None:
    question = await asked(tutoring)
    changes(tutoring, question, options=keyed(tutoring, question, 1))
    said = await asyncio.gather(
        *(asks(tutoring, f"/bank regrade {question} now", name) for name in ("ada", "bob", "zoe"))
    )
    assert sum("Regraded" in words(each) for each in said) == 1
    assert sum("as they were graded" in words(each) for each in said) == 2
    assert await points(tutoring) == {"dan": 10, "ben": 2, "cleo": 2}
    await tutoring.tick()
    assert len(told(tutoring, "dan")) == 1


async def test_answers_given_meanwhile_count_and_a_replay_agrees(tutoring: World) -> None:
    question = await asked(tutoring)
    crowd = [f"p{number}" for number in range(8)]
    for name in crowd:
        await tutoring.says(name, "/quiz 4")
    tutoring.clock.forward(minutes=5)
    changes(tutoring, question, options=keyed(tutoring, question, 1))

    async def practises(session: int, name: str) -> None:
        for number in range(4):
            shown = (
                await tutoring.desk.click(tutoring.caller(name), encode(ShowPractice(session, number)))
            ).message
            assert isinstance(shown, QuestionCard)
            picks = [str(each) for each in range(shown.picks)]
            await tutoring.desk.click(tutoring.caller(name), encode(AnswerPractice(session, number)), picks)

    _, done = await asyncio.gather(
        asyncio.gather(*(practises(session, name) for session, name in enumerate(crowd, 1))),
        asks(tutoring, f"/bank regrade {question} now"),
    )
    assert "Regraded" in words(done)
    after = await tutoring.tutor.store.read(state)
    assert sum(row[2] for row in after["days"]) == 4 + 4 * len(crowd)
    await replay(tutoring.tutor.store, tutoring.tutor.bank, 0.9, lambda number: None)
    assert await tutoring.tutor.store.read(state) == after


async def test_a_fixed_case_offers_to_regrade(tutoring: World) -> None:
    question = await asked(tutoring)
    await reports(tutoring, "ben", question)
    changes(tutoring, question, options=keyed(tutoring, question, 1))
    assert f"bank regrade {question}" in commands(await asks(tutoring, f"/bank reports {question} fixed"))


@pytest.mark.parametrize("text", ["/bank regrade nothing.here", "/bank regrade t0.q0"])
async def test_there_is_always_an_answer(tutoring: World, text: str) -> None:
    reply = await asks(tutoring, text)
    assert isinstance(reply, Notice | Sheet)
    assert "no question" in words(reply) or "Nobody has answered an older version" in words(reply)


def test_texts_are_compared_without_what_a_typo_changes() -> None:
    old = Texts(("A queue.", "a  Topic", "14 days"), frozenset({0}))
    assert compare(old, Texts(("a queue", "A topic", "14 days."), frozenset({1}))).kinship is Kinship.SAME
    assert compare(old, Texts(("a queue", "A topic", "10 days"), frozenset({1}))).changed == (2,)
    assert compare(old, Texts(("14 days", "A topic", "a queue"), frozenset())).kinship is Kinship.APART
    assert compare(old, Texts(("a queue", "A topic"), frozenset())).kinship is Kinship.APART
    assert compare(None, old).kinship is Kinship.UNKNOWN


async def test_versions_are_kept_once(tutoring: World) -> None:
    assert await remember(tutoring.tutor) == len(tutoring.tutor.bank.questions)
    assert await remember(tutoring.tutor) == 0
    changes(tutoring, "t0.q0")
    assert await remember(tutoring.tutor) == 1


async def test_a_regrade_that_changed_nothing_is_not_in_the_log_as_one(tutoring: World) -> None:
    await remember(tutoring.tutor)
    changes(tutoring, "t0.q0", options=keyed(tutoring, "t0.q0", 1))
    for question in ("t0.q0", "t0.q1", "t0.q0"):
        assert "nothing to regrade" in words(await asks(tutoring, f"/bank regrade {question}"))
    log = words(await asks(tutoring, "/bank audit"))
    assert log.count("regrade-checked t0.q0") == 1
    assert "t0.q1" not in log
    assert "· regrade " not in log
    assert "No reports are open" in words(await asks(tutoring, "/bank reports"))
