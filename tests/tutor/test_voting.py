"""Peer instruction, as a channel meets it: vote, talk, vote again, and see what the talk has brought."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, text

from bot.messages import Feedback, Leaderboard, Notice, QuestionCard, Reply, Reveal, encode
from bot.messages.acts import AnswerRound, WhyRound
from tests.support.world import World

FORM = {"time": "09:00", "timezone": "UTC", "weekdays": "0,1,2,3,4", "questions": "t0", "window": "240"}
RIGHT, WRONG = ("0",), ("3",)


async def scheduled(world: World) -> None:
    """An admin makes a schedule whose questions are voted on twice, and its first question is posted."""
    admin = world.caller("ada", "daily", admin=True)
    await world.desk.submit(admin, "sf:schedule:daily", FORM)
    await world.desk.submit(admin, "sf:options:1", {"reveal": "close", "second_vote": "on"})
    await world.tick(hours=1)


async def votes(world: World, given: Mapping[str, bool], round_id: int = 1) -> list[Reply]:
    """People press a letter each."""
    card = next(m for m in messages(world) if isinstance(m, QuestionCard))
    replies = []
    for name, right in given.items():
        picks = [str(n) for n in range(card.picks)] if right else [str(4 - n) for n in range(card.picks)]
        picks = picks if card.picks > 1 or right else ["3"]
        press = encode(AnswerRound(round_id))
        replies.append(await world.desk.click(world.caller(name, "daily"), press, picks))
    return replies


def messages(world: World) -> list[object]:
    """What stands in #daily."""
    return [post.now for post in world.messenger.in_channel("daily")]


HALF = {"ben": True, "cleo": True, "dan": False, "eve": False}


async def test_nobody_learns_the_key_of_a_first_vote(tutoring: World) -> None:
    await scheduled(tutoring)
    for reply in [*await votes(tutoring, HALF), *await votes(tutoring, HALF)]:
        assert isinstance(reply.message, Notice)
        assert "key comes when the vote ends" in reply.message.text
    asked = await tutoring.desk.click(tutoring.caller("ben", "daily"), encode(WhyRound(1)))
    assert isinstance(asked.message, Notice)


async def test_split_opinions_are_voted_on_again_and_the_shift_is_shown(tutoring: World) -> None:
    await scheduled(tutoring)
    await votes(tutoring, HALF)
    await tutoring.tick(hours=4)
    first, second = messages(tutoring)
    assert isinstance(first, QuestionCard)
    assert "second vote" in first.notes[0]
    assert isinstance(second, QuestionCard)
    assert second.heading.startswith("Second vote")
    (reply, *_) = await votes(tutoring, {"ben": True, "cleo": True, "dan": True, "eve": False}, round_id=2)
    assert isinstance(reply.message, Feedback)
    assert "earns no points" in " ".join(reply.message.notes)
    await tutoring.tick(hours=1)
    shown = [m for m in messages(tutoring) if isinstance(m, Reveal)]
    assert [m.notes for m in shown] == [("50 % were right at first, 75 % after talking.",)]


async def test_a_press_on_the_first_post_counts_for_the_second_vote(tutoring: World) -> None:
    await scheduled(tutoring)
    await votes(tutoring, HALF)
    await tutoring.tick(hours=4)
    await votes(tutoring, {"dan": True}, round_id=1)
    assert await counted(tutoring) == [(4, 2), (1, 1)]


async def test_a_second_vote_moves_no_points(tutoring: World) -> None:
    await scheduled(tutoring)
    await votes(tutoring, HALF)
    before = (await tutoring.says("ben", "/leaderboard")).message
    await tutoring.tick(hours=4)
    await votes(tutoring, dict.fromkeys(HALF, True), round_id=2)
    after = (await tutoring.says("ben", "/leaderboard")).message
    assert isinstance(before, Leaderboard)
    assert isinstance(after, Leaderboard)
    assert after.rows == before.rows


async def test_clear_opinions_are_revealed_at_once(tutoring: World) -> None:
    await scheduled(tutoring)
    await votes(tutoring, {**dict.fromkeys(HALF, True)})
    await tutoring.tick(hours=4)
    assert any(isinstance(m, Reveal) for m in messages(tutoring))
    assert await counted(tutoring) == [(4, 4)]


async def test_three_votes_are_too_few_for_a_second_one(tutoring: World) -> None:
    await scheduled(tutoring)
    await votes(tutoring, {"ben": True, "cleo": True, "dan": False})
    await tutoring.tick(hours=4)
    assert await counted(tutoring) == [(3, 2)]


async def counted(world: World) -> list[tuple[int, int]]:
    """Answers and right answers of each round."""

    def work(db: Connection) -> list[tuple[int, int]]:
        return [(a, c) for a, c in db.execute(text("SELECT answered, correct FROM rounds ORDER BY id"))]

    return await world.tutor.store.read(work)
