"""One human with accounts on two platforms: linked by a code, counted once, and parted again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from bot.messages import Notice, QuestionCard, Reply, Sheet, Tone, encode
from bot.messages.acts import AnswerPractice
from bot.model.people import Caller, Channel, Person
from bot.storage.columns import metadata
from bot.storage.linking import COUNTED, LEFT, OWNED
from bot.storage.tables import attempts, identities, learners, memories, posts, standings
from bot.tutor.replay import replay
from tests.support.world import World


def at_home(name: str = "ben") -> Caller:
    """Ben on the first platform."""
    return Caller(Person("test", "team", f"U-{name}", name), Channel("test", "team", "general"), "req")


def elsewhere(name: str = "benny") -> Caller:
    """Ben on the other platform, under another name."""
    return Caller(Person("other", "guild", f"D-{name}", name), Channel("other", "guild", "lounge"), "req")


async def practises(world: World, caller: Caller, number: int = 3) -> None:
    """Somebody answers a few questions rightly."""
    shown = (await world.desk.command(caller, f"/quiz {number}")).message
    assert isinstance(shown, QuestionCard)
    assert isinstance(shown.answer, AnswerPractice)
    session = shown.answer.session
    for item in range(number):
        for picks in (["0"], ["0", "1"]):
            await world.desk.click(caller, encode(AnswerPractice(session, item)), picks)


async def code_for(world: World, caller: Caller) -> str:
    reply = await world.desk.command(caller, "/link")
    assert isinstance(reply.message, Notice)
    return reply.message.text.split()[3].rstrip(",")


async def joined(world: World) -> Reply:
    """Ben practises on both platforms and links them."""
    await practises(world, at_home())
    world.clock.forward(days=1)
    await practises(world, elsewhere(), 2)
    code = await code_for(world, at_home())
    return await world.desk.command(elsewhere(), f"/link {code}")


def state(db: Connection) -> dict[str, list[Any]]:
    """What is known of everybody."""
    return {
        "people": sorted(db.execute(select(learners.c.name)).scalars()),
        "accounts": sorted(map(tuple, db.execute(select(identities.c.platform, identities.c.learner_id)))),
        "answers": sorted(db.execute(select(attempts.c.learner_id)).scalars()),
        "points": sorted(
            map(
                tuple,
                db.execute(select(standings.c.community_id, standings.c.learner_id, standings.c.points)),
            )
        ),
    }


async def test_linked_accounts_are_one_learner_with_the_answers_of_both(tutoring: World) -> None:
    reply = await joined(tutoring)
    assert isinstance(reply.message, Notice)
    assert reply.message.tone is Tone.GOOD
    after = await tutoring.tutor.store.read(state)
    assert after["people"] == ["ben"]
    assert len({learner for _, learner in after["accounts"]}) == 1
    assert len(after["answers"]) == 5
    page = (await tutoring.desk.command(elsewhere(), "/progress")).message
    assert isinstance(page, Sheet)
    assert "2 workdays in a row" in str(page)


async def test_the_name_stays_that_of_the_account_that_gave_the_code(tutoring: World) -> None:
    await joined(tutoring)
    await practises(tutoring, elsewhere(), 1)
    assert (await tutoring.tutor.store.read(state))["people"] == ["ben"]


async def test_a_replay_arrives_at_the_points_of_the_linked_learner(tutoring: World) -> None:
    await joined(tutoring)
    before = await tutoring.tutor.store.read(state)
    await replay(tutoring.tutor.store, tutoring.tutor.bank, 0.9, lambda number: None)
    assert await tutoring.tutor.store.read(state) == before


async def test_parted_accounts_have_each_what_was_done_there(tutoring: World) -> None:
    await practises(tutoring, at_home())
    await practises(tutoring, elsewhere(), 2)
    before = await tutoring.tutor.store.read(state)
    await tutoring.desk.command(elsewhere(), f"/link {await code_for(tutoring, at_home())}")
    parted = await tutoring.desk.command(elsewhere(), "/unlink")
    assert isinstance(parted.message, Notice)
    assert parted.message.tone is Tone.GOOD
    after = await tutoring.tutor.store.read(state)
    assert after["people"] == before["people"] == ["ben", "benny"]
    assert [points for *_, points in after["points"]] == [points for *_, points in before["points"]]


async def test_an_old_press_of_the_merged_account_counts_for_the_linked_learner(tutoring: World) -> None:
    await practises(tutoring, elsewhere(), 1)
    remembered = dict(tutoring.tutor.faces._learners)
    code = await code_for(tutoring, at_home())
    await tutoring.desk.command(elsewhere(), f"/link {code}")
    # As in another replica, which has not heard of it.
    tutoring.tutor.faces._learners.update(remembered)
    await practises(tutoring, elsewhere(), 2)
    after = await tutoring.tutor.store.read(state)
    assert len(after["answers"]) == 3
    assert len(set(after["answers"])) == 1


async def test_a_code_holds_once_and_for_ten_minutes(tutoring: World) -> None:
    late = await code_for(tutoring, at_home())
    tutoring.clock.forward(minutes=11)
    for typed in (late, "WRONG-CODE", "ABCD-2345"):
        reply = await tutoring.desk.command(elsewhere(), f"/link {typed}")
        assert isinstance(reply.message, Notice)
        assert reply.message.tone is Tone.WARN
    code = await code_for(tutoring, at_home())
    own = await tutoring.desk.command(at_home(), f"/link {code}")
    assert isinstance(own.message, Notice)
    assert "your own code" in own.message.text


async def test_a_code_that_was_typed_on_its_own_account_still_links_the_other_one(tutoring: World) -> None:
    code = await code_for(tutoring, at_home())
    await tutoring.desk.command(at_home(), f"/link {code}")
    reply = await tutoring.desk.command(elsewhere(), f"/link {code}")
    assert isinstance(reply.message, Notice)
    assert reply.message.tone is Tone.GOOD


async def test_who_is_not_linked_is_told_so(tutoring: World) -> None:
    reply = await tutoring.desk.command(at_home(), "/unlink")
    assert isinstance(reply.message, Notice)
    assert "/link" in reply.message.text


def test_every_table_with_learners_is_given_counted_or_left() -> None:
    holding = {table.name for table in metadata.tables.values() if "learner_id" in table.c}
    others = {attempts.name, identities.name, posts.name}
    assert holding == {table.name for table in (*OWNED, *COUNTED, *LEFT)} | others


async def test_a_forgotten_learner_leaves_nothing_that_was_linked(tutoring: World) -> None:
    await joined(tutoring)
    await tutoring.desk.command(elsewhere(), "/mydata delete for-good")

    def left(db: Connection) -> tuple[int, int]:
        people = len(db.execute(select(learners.c.id)).all())
        return people, len(db.execute(select(memories.c.fact_id)).all())

    assert await tutoring.tutor.store.read(left) == (0, 0)
