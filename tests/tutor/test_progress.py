"""Progress in words and in a picture."""

from __future__ import annotations

import datetime as dt

from bot.messages import QuestionCard, Sheet, encode
from bot.messages.acts import AnswerPractice, ShowPractice
from bot.tutor import charts
from tests.support.world import World

PNG = b"\x89PNG\r\n\x1a\n"


async def test_a_newcomer_is_invited_and_sees_no_empty_picture(tutoring: World) -> None:
    page = (await tutoring.says("ben", "/progress")).message
    assert isinstance(page, Sheet)
    assert page.pictures == ()
    assert "Nothing here yet" in page.lead


async def test_progress_has_a_picture_with_its_words(tutoring: World) -> None:
    await tutoring.says("ben", "/quiz 5")
    for number in range(5):
        shown = (await tutoring.desk.click(tutoring.caller("ben"), encode(ShowPractice(1, number)))).message
        assert isinstance(shown, QuestionCard)
        right = [str(n) for n in range(shown.picks)]
        await tutoring.desk.click(tutoring.caller("ben"), encode(AnswerPractice(1, number)), right)
    page = (await tutoring.says("ben", "/progress")).message
    assert isinstance(page, Sheet)
    (picture,) = page.pictures
    assert picture.data.startswith(PNG)
    assert "First domain" in picture.alt
    assert "Latest weekly rank 1" in picture.alt
    assert any("5 points" in line for line in page.sections[0].lines)


async def test_a_picture_of_nothing_is_still_a_picture() -> None:
    drawn = await charts.draw(charts.ProgressChart(dt.date(2026, 11, 21), (), {}, [0] * charts.AHEAD, ()))
    assert drawn.data.startswith(PNG)
    assert "no answers yet" in drawn.alt
