"""A daily round from its post to its reveal, as the channel and its people meet it."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from bot.messages import (
    DeliveryUnknownError,
    Explanation,
    Feedback,
    Leaderboard,
    Notice,
    QuestionCard,
    Reveal,
    Verdict,
    encode,
)
from bot.messages.acts import AnswerRound, OpenForm, WhyRound
from bot.storage.rounds import find_round
from bot.storage.standings import rank_of
from tests.support.world import World

FORM = {"time": "09:00", "timezone": "UTC", "weekdays": "0,1,2,3,4", "questions": "t0", "window": "240"}


async def scheduled(world: World, **changed: str) -> None:
    """An admin makes a schedule in #daily through the form."""
    admin = world.caller("ada", "daily", admin=True)
    reply = await world.desk.submit(admin, "sf:schedule:daily", {**FORM, **changed})
    assert isinstance(reply.message, Notice), reply


def card_of(world: World) -> QuestionCard:
    """The question that stands in #daily."""
    (post,) = [p for p in world.messenger.in_channel("daily") if isinstance(p.message, QuestionCard)]
    assert isinstance(post.message, QuestionCard)
    return post.message


async def answers(world: World, name: str, right: bool, *, round_id: int = 1) -> Feedback:
    """Somebody presses a letter that is right or wrong."""
    card = card_of(world)
    keys = [o.position for o in card.options if (o.position < card.picks) == right]
    if card.picks == 1:
        reply = await world.desk.click(world.caller(name, "daily"), encode(AnswerRound(round_id, keys[0])))
    else:
        wanted = (
            [str(k) for k in sorted(o.position for o in card.options)][: card.picks] if right else ["0", "4"]
        )
        reply = await world.desk.click(world.caller(name, "daily"), encode(AnswerRound(round_id)), wanted)
    assert isinstance(reply.message, Feedback), reply
    return reply.message


async def test_a_question_is_posted_at_its_time_and_not_before(tutoring: World) -> None:
    await scheduled(tutoring)
    await tutoring.tick(minutes=59)
    assert tutoring.messenger.posts == []
    await tutoring.tick(minutes=1)
    assert card_of(tutoring).closes_at is None or card_of(tutoring).answered == 0


async def test_the_first_answer_gets_its_reasons_at_once(tutoring: World) -> None:
    await scheduled(tutoring)
    await tutoring.tick(hours=1)
    feedback = await answers(tutoring, "ben", right=True)
    assert feedback.verdict is Verdict.RIGHT
    assert all(reason.why for reason in feedback.reasons)
    assert "+10 points" in feedback.notes


async def test_daily_feedback_mentions_the_reviews_that_wait(tutoring: World) -> None:
    await scheduled(tutoring)
    await tutoring.tick(hours=1)
    first = await answers(tutoring, "ben", right=False)
    assert not any("/review" in note for note in first.notes)
    await tutoring.tick(hours=48)
    second = (
        await tutoring.desk.click(tutoring.caller("ben", "daily"), encode(AnswerRound(2, 0)), ["0"])
    ).message
    assert isinstance(second, Feedback)
    assert "1 fact due for review: /review brings it back." in second.notes


async def test_the_second_click_shows_the_first_verdict_and_changes_nothing(tutoring: World) -> None:
    await scheduled(tutoring)
    await tutoring.tick(hours=1)
    await answers(tutoring, "ben", right=False)
    again = await answers(tutoring, "ben", right=True)
    assert again.verdict is Verdict.WRONG
    assert "already answered" in again.headline
    standing = await tutoring.tutor.store.read(lambda db: rank_of(db, 1, "all", 2))
    assert standing is not None
    assert (standing.points, standing.answered) == (2, 1)


async def test_the_close_reveals_key_and_distribution_and_explains_in_the_thread(tutoring: World) -> None:
    await scheduled(tutoring)
    await tutoring.tick(hours=1)
    await answers(tutoring, "ben", right=True)
    await answers(tutoring, "cleo", right=False)
    await tutoring.tick(hours=4)
    post = tutoring.messenger.in_channel("daily")[0]
    assert isinstance(post.now, Reveal)
    assert (post.now.answered, post.now.right) == (2, 1)
    assert sum(reason.count or 0 for reason in post.now.reasons) in (2, 4)
    threads = [p for p in tutoring.messenger.posts if p.thread is not None]
    assert [type(p.message) for p in threads] == [Explanation]
    assert threads[0].thread is not None
    assert threads[0].thread.id == "1"


async def test_an_answer_after_the_close_is_practice_without_points(tutoring: World) -> None:
    await scheduled(tutoring)
    await tutoring.tick(hours=1)
    await tutoring.tick(hours=4)
    late = await answers(tutoring, "dan", right=True)
    assert any("already closed" in note for note in late.notes)
    assert await tutoring.tutor.store.read(lambda db: rank_of(db, 1, "all", 2)) is None
    round_ = await tutoring.tutor.store.read(lambda db: find_round(db, 1))
    assert round_ is not None
    assert round_.answered == 0


async def test_the_tally_shows_how_many_answered_and_nothing_of_the_key(tutoring: World) -> None:
    from bot.tutor.tallying import refresh_tallies

    await scheduled(tutoring)
    await tutoring.tick(hours=1)
    for name in ("ben", "cleo", "dan"):
        await answers(tutoring, name, right=True)
    assert await refresh_tallies(tutoring.tutor) == 1
    assert await refresh_tallies(tutoring.tutor) == 0
    shown = tutoring.messenger.in_channel("daily")[0]
    assert len(shown.edits) == 1
    assert isinstance(shown.now, QuestionCard)
    assert shown.now.answered == 3


async def test_a_private_round_keeps_its_key(tutoring: World) -> None:
    await scheduled(tutoring)
    form = {"reveal": "private", "confidence": ""}
    await tutoring.desk.submit(tutoring.caller("ada", "daily", admin=True), "sf:options:1", form)
    await tutoring.tick(hours=1)
    await tutoring.tick(hours=5)
    post = tutoring.messenger.in_channel("daily")[0]
    assert isinstance(post.now, QuestionCard)
    assert not any(p.thread for p in tutoring.messenger.posts)


async def test_confidence_is_asked_before_the_verdict_when_the_admin_wants_it(tutoring: World) -> None:
    await scheduled(tutoring, questions="t0")
    await tutoring.desk.submit(
        tutoring.caller("ada", "daily", admin=True), "sf:options:1", {"reveal": "close", "confidence": "on"}
    )
    await tutoring.tick(hours=1)
    if card_of(tutoring).picks > 1:
        pytest.skip("the draw fell on a multiple-response question")
    ben = tutoring.caller("ben", "daily")
    asked = await tutoring.desk.click(ben, encode(AnswerRound(1, 0)))
    assert isinstance(asked.message, Notice)
    sure = next(b for b in asked.message.buttons if "sure" in b.label)
    reply = await tutoring.desk.click(ben, encode(sure.act))
    assert isinstance(reply.message, Feedback)
    assert reply.replace


async def test_reasons_stay_hidden_from_who_has_not_answered_an_open_round(tutoring: World) -> None:
    await scheduled(tutoring)
    await tutoring.tick(hours=1)
    early = await tutoring.desk.click(tutoring.caller("ben", "daily"), encode(WhyRound(1)))
    assert isinstance(early.message, Notice)
    await tutoring.tick(hours=4)
    later = await tutoring.desk.click(tutoring.caller("ben", "daily"), encode(WhyRound(1)))
    assert isinstance(later.message, Feedback)
    assert later.message.verdict is Verdict.UNSCORED
    assert any(isinstance(button.act, OpenForm) for button in later.message.buttons)


async def test_no_topic_comes_twice_running_and_no_question_before_all_were_seen(tutoring: World) -> None:
    await scheduled(tutoring, questions="all", weekdays="0,1,2,3,4,5,6", window="60")
    await tutoring.tick(hours=1)
    for _ in range(23):
        await tutoring.tick(days=1)
    rounds = [await tutoring.tutor.store.read(lambda db, n=n: find_round(db, n)) for n in range(1, 25)]
    asked = [r.question_id for r in rounds if r]
    assert len(set(asked)) == 24
    topics = [question.split(".")[0] for question in asked]
    # The very last ones may have no other topic left.
    assert all(a != b for a, b in pairwise(topics[:18]))


async def test_the_weekly_board_is_announced_with_ties_and_movement(tutoring: World) -> None:
    await scheduled(tutoring)
    await tutoring.tick(hours=1)
    await answers(tutoring, "ben", right=True)
    await answers(tutoring, "cleo", right=True)
    await answers(tutoring, "dan", right=False)
    await tutoring.tick(days=7)
    boards = [p.message for p in tutoring.messenger.posts if isinstance(p.message, Leaderboard)]
    assert len(boards) == 1
    assert [(row.rank, row.name, row.points) for row in boards[0].rows] == [
        (1, "ben", 10), (1, "cleo", 10), (3, "dan", 2)
    ]  # fmt: skip
    assert boards[0].period == "16 to 22 November 2026"


async def test_a_post_that_is_too_late_is_skipped(tutoring: World) -> None:
    await scheduled(tutoring)
    await tutoring.tick(hours=8)
    assert tutoring.messenger.posts == []
    await tutoring.tick(hours=17)
    assert len(tutoring.messenger.in_channel("daily")) == 1
    assert tutoring.clock.now() == dt.datetime(2026, 11, 17, 9, tzinfo=dt.UTC)


async def test_movement_is_counted_from_the_week_before(tutoring: World) -> None:
    await scheduled(tutoring, weekdays="0")
    await tutoring.tick(hours=1)
    await answers(tutoring, "ben", right=True)
    await answers(tutoring, "cleo", right=False)
    await tutoring.tick(hours=5)
    await tutoring.tick(days=6, hours=19)
    second = tutoring.messenger.in_channel("daily")[-1].message
    if not isinstance(second, QuestionCard):
        second = tutoring.messenger.in_channel("daily")[-2].message
    assert isinstance(second, QuestionCard)
    for name, right in (("ben", False), ("cleo", True)):
        keys = [o.position for o in second.options if (o.position < second.picks) == right][: second.picks]
        if second.picks > 1 and not right:
            keys = [0, 4]
        act = encode(AnswerRound(2))
        await tutoring.desk.click(tutoring.caller(name, "daily"), act, [str(k) for k in keys])
    await tutoring.tick(days=7)
    boards = [p.message for p in tutoring.messenger.posts if isinstance(p.message, Leaderboard)]
    assert [(row.name, row.movement) for row in boards[0].rows] == [("ben", None), ("cleo", None)]
    assert [(row.name, row.movement) for row in boards[1].rows] == [("cleo", 1), ("ben", -1)]


async def test_a_post_of_unknown_fate_is_not_repeated_until_the_admin_asks_for_it(tutoring: World) -> None:
    await scheduled(tutoring)
    tutoring.messenger.searchable = False

    def lost(nonce: str) -> None:
        raise DeliveryUnknownError("who knows")

    tutoring.messenger.before = lost
    await tutoring.tick(hours=1)
    for _ in range(8):
        await tutoring.tick(minutes=16)
    tutoring.messenger.before = lambda nonce: None
    await tutoring.tick(minutes=16)
    (told,) = tutoring.messenger.posts
    assert told.person is not None
    assert isinstance(told.message, Notice)
    assert "/schedule now 1" in told.message.text
    reply = await tutoring.says("ada", "/schedule now 1", channel="daily", admin=True)
    assert isinstance(reply.message, Notice)
    assert "again" in reply.message.text
    await tutoring.tick(seconds=5)
    assert len(tutoring.messenger.in_channel("daily")) == 1
