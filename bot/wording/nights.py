"""Words for quiz nights."""

from __future__ import annotations

from bot.model.knowledge import Topic
from bot.wording.speech import _, plural


def night_heading(number: int, total: int, topic: Topic | None) -> str:
    """Above a question of a quiz night."""
    if topic is None:
        return _("Quiz night · {number} of {total}").format(number=number, total=total)
    return _("Quiz night · {number} of {total} · {topic}").format(
        number=number, total=total, topic=topic.name
    )


def seconds_to_answer(seconds: int) -> str:
    """How long there is."""
    return plural("You have {n} second.", "You have {n} seconds.", seconds)


def night_begins(rounds: int, seconds: int) -> str:
    """To whoever has begun it."""
    return plural(
        "Quiz night: {n} question of {seconds} seconds, here and now. /night stop ends it.",
        "Quiz night: {n} questions of {seconds} seconds, here and now. /night stop ends it.",
        rounds,
        seconds=seconds,
    )


def night_stopped() -> str:
    """To whoever has ended it."""
    return _("The quiz night is over; the podium follows.")


def night_without_podium() -> str:
    """Instead of a podium, where nobody answered in time, or nobody who wants to be seen."""
    return _("The quiz night is over. There is nobody to show on the podium.")


def night_runs() -> str:
    """On beginning a night where one runs."""
    return _("A quiz night runs here already. /night stop ends it.")


def no_night() -> str:
    """On ending a night where none runs."""
    return _("No quiz night runs here. /night start begins one.")


def night_needs_channel() -> str:
    """On beginning a night in private."""
    return _("Begin a quiz night in the channel where people will play it.")


def night_title() -> str:
    """Above the podium."""
    return _("Quiz night · podium")


def night_rounds(rounds: int) -> str:
    """How long it was."""
    return plural("{n} question", "{n} questions", rounds)
