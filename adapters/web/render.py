"""Messages as JSON objects for the page. Pure: the same message always gives the same object.

Every object has a `kind` that names the page's module that draws it. Times are ISO texts in UTC, which
the page shows in the reader's zone. Pictures and files are named by the digest of their content.
"""

from __future__ import annotations

from typing import assert_never

from adapters.web.entries import Rendered
from adapters.web.render_cards import explanation, feedback, question, reveal
from adapters.web.render_sheets import leaderboard, notice, sheet
from bot.messages import Explanation, Feedback, Leaderboard, Message, Notice, QuestionCard, Reveal, Sheet


def render(message: Message) -> Rendered:
    """What the page needs to draw a message, and the files that go with it."""
    match message:
        case QuestionCard():
            rendered = question(message)
        case Feedback():
            rendered = Rendered(feedback(message))
        case Reveal():
            rendered = Rendered(reveal(message))
        case Explanation():
            rendered = Rendered(explanation(message))
        case Leaderboard():
            rendered = leaderboard(message)
        case Sheet():
            rendered = sheet(message)
        case Notice():
            rendered = Rendered(notice(message))
        case _:
            assert_never(message)
    return rendered
