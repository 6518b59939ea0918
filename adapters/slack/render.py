"""Any message as Slack takes it."""

from __future__ import annotations

from typing import assert_never

from adapters.slack import words
from adapters.slack.blocks import VIEW_BLOCKS, Json
from adapters.slack.render_boards import leaderboard
from adapters.slack.render_cards import question_card
from adapters.slack.render_sheets import notice, sheet
from adapters.slack.render_verdicts import explanation, feedback, reveal
from adapters.slack.rendered import Rendered
from bot.messages import (
    Button,
    Explanation,
    Feedback,
    Form,
    FormErrors,
    Leaderboard,
    Message,
    Notice,
    QuestionCard,
    Reveal,
    Sheet,
    Tone,
)
from bot.messages.acts import OpenForm

HOME_SIZE = 48_000


def render(message: Message | Form | FormErrors) -> Rendered:
    """The message in Slack's form. A form that cannot open by itself becomes a button that opens it."""
    match message:
        case QuestionCard():
            return question_card(message)
        case Feedback():
            return feedback(message)
        case Reveal():
            return reveal(message)
        case Explanation():
            return explanation(message)
        case Leaderboard():
            return leaderboard(message)
        case Sheet():
            return sheet(message)
        case Notice():
            return notice(message)
        case Form():
            return notice(_waiting(message))
        case FormErrors():
            return notice(Notice("\n".join(message.errors.values()), Tone.ERROR))
        case _:
            assert_never(message)


def home_view(page: Sheet) -> Json:
    """The App Home tab."""
    return {"type": "home", "blocks": list(sheet(page, VIEW_BLOCKS, HOME_SIZE).blocks)}


def _waiting(form: Form) -> Notice:
    opener = Button(words.open_form(), OpenForm(form.submit.form, form.submit.about))
    return Notice(form.intro or words.form_waits(), buttons=(opener,))
