"""Longer languages still fit: what platforms would cut off is short enough in each of them."""

from __future__ import annotations

import pytest

from adapters.discord import render_form as discord
from adapters.discord.render import pages_of
from adapters.discord.view import view_of
from adapters.slack import render_forms as slack
from adapters.slack import words
from adapters.slack.render import render
from bot.messages import Button, Choice, Feedback, Form, Message, Notice, QuestionCard, Sheet, encode
from bot.messages.acts import AnswerRound, OpenForm
from bot.wording.speech import LANGUAGES, speaking
from tests.support.world import World
from tests.tutor.test_together import a_week, announced, scheduled

BUTTON = 75
"""Slack's limit; Discord's is 80."""
COMMANDS = (
    "/help", "/quiz t0", "/review", "/mock start ex quick", "/mock status", "/mock stop", "/exam readiness",
    "/progress", "/topics", "/leaderboard", "/settings", "/link", "/mydata export", "/mydata delete",
    "/schedule list", "/schedule preview 1", "/schedule test 1", "/bank reports", "/bank audit",
)  # fmt: skip
FORMS = (("settings", ""), ("schedule", "daily"), ("edit", "1"), ("options", "1"), ("calendar", "1"),
         ("setup", "daily"), ("report", "t0.q1"), ("pack", ""))  # fmt: skip


@pytest.fixture(params=sorted(LANGUAGES))
async def speaker(tutoring: World, request: pytest.FixtureRequest) -> World:
    """A place that speaks each language, with a schedule."""
    await tutoring.says("ada", f"/language {request.param}", "daily", admin=True)
    await scheduled(tutoring)
    return tutoring


def labels(message: object) -> list[str]:
    return [button.label for button in getattr(message, "buttons", ()) if isinstance(button, Button)]


def fits(message: Message, language: str) -> None:
    """Nothing of it is cut off, and both platforms' libraries take it."""
    assert [label for label in labels(message) if len(label) > BUTTON] == []
    with speaking(language):
        assert render(message).text
        assert all(view_of(page) for page in pages_of(message))


async def test_buttons_of_what_is_said_are_not_cut(speaker: World) -> None:
    await a_week(speaker, 1, {"ben": 5, "cleo": 2})
    language = "de" if announced(speaker)[0].title.startswith("Rangliste") else "en"
    said: list[object] = [post.now for post in speaker.messenger.posts]
    said += [(await speaker.says("ada", text, "daily", admin=True)).message for text in COMMANDS]
    press = encode(AnswerRound(1))
    said += [
        (await speaker.desk.click(speaker.caller("ben", "daily"), press, v)).message
        for v in (["0"], ["0", "1"])
    ]
    kinds = {type(message) for message in said}
    assert {Sheet, Notice, QuestionCard, Feedback} <= kinds
    for message in said:
        if not isinstance(message, Form) and message is not None:
            fits(message, language)  # type: ignore[arg-type]


async def test_forms_are_not_cut(speaker: World) -> None:
    for name, about in FORMS:
        admin = speaker.caller("ada", "daily", admin=True)
        form = (await speaker.desk.click(admin, encode(OpenForm(name, about)))).message
        assert isinstance(form, Form), (name, form)
        assert len(form.title) <= min(slack.TITLE, discord.TITLE_LIMIT), form.title
        assert len(form.submit_label) <= slack.TITLE, form.submit_label
        for field in form.fields:
            assert len(field.label) <= discord.LABEL_LIMIT, field.label
            assert len(field.hint) <= discord.HINT_LIMIT, field.hint
            offered = field.options if isinstance(field, Choice) else ()
            assert [label for _, label in offered if len(label) > slack.OPTION] == []


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_labels_of_the_adapters_are_not_cut(language: str) -> None:
    with speaking(language):
        assert len(words.pick_exactly(3)) <= slack.TITLE
        assert len(words.cancel()) <= slack.TITLE
        assert len(words.answer()) <= slack.TITLE
        assert len(words.pick_button(3, again=True)) <= BUTTON
        assert len(words.open_form()) <= BUTTON
