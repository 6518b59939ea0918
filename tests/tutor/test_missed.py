"""What somebody got wrong goes to Anki."""

from __future__ import annotations

from bot.bank.exchange import formats
from bot.messages import Notice, QuestionCard, Sheet, encode
from bot.messages.acts import AnswerPractice
from tests.support.world import World


async def answers(world: World, name: str, right: bool, session: int) -> str:
    """Practise one question with one pick; return its stem."""
    shown = (await world.says(name, "/quiz t0 1")).message
    assert isinstance(shown, QuestionCard)
    picks = [str(n) for n in (range(shown.picks) if right else range(1, shown.picks + 1))]
    await world.desk.click(world.caller(name), encode(AnswerPractice(session, 0)), picks)
    return shown.stem


async def test_missed_questions_come_as_a_package_with_a_deck_a_topic(tutoring: World) -> None:
    missed = await answers(tutoring, "ben", False, 1)
    known = await answers(tutoring, "ben", True, 2)
    page = (await tutoring.says("ben", "/mydata anki")).message
    assert isinstance(page, Sheet)
    assert "1 question in 1 deck" in page.lead
    parsed = formats.read(page.files[0].name, page.files[0].data)
    assert [draft.stem for draft in parsed.drafts] == [missed]
    assert parsed.drafts[0].topic.name == "Topic t0"
    assert known != missed


async def test_nobody_elses_mistakes_and_nothing_where_nothing_was_missed(tutoring: World) -> None:
    await answers(tutoring, "ben", False, 1)
    await answers(tutoring, "cleo", True, 2)
    said = (await tutoring.says("cleo", "/mydata anki")).message
    assert isinstance(said, Notice)
    assert "nothing to export" in said.text


async def test_an_open_round_does_not_give_its_key_away(tutoring: World) -> None:
    form = {"time": "09:00", "timezone": "UTC", "weekdays": "0,1,2,3,4", "questions": "t1", "window": "240"}
    await tutoring.desk.submit(tutoring.caller("ada", "daily", admin=True), "sf:schedule:daily", form)
    await tutoring.tick(hours=1)
    (post,) = tutoring.messenger.in_channel("daily")
    assert isinstance(post.message, QuestionCard)
    wrong = [str(n) for n in range(1, post.message.picks + 1)]
    await tutoring.desk.click(tutoring.caller("ben", "daily"), "ar:1", wrong)
    assert isinstance((await tutoring.says("ben", "/mydata anki")).message, Notice)
    await tutoring.tick(hours=4)
    assert isinstance((await tutoring.says("ben", "/mydata anki")).message, Sheet)
