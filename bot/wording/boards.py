"""Words for leaderboards."""

from __future__ import annotations

import datetime as dt

from bot.wording.general import count
from bot.wording.speech import _, date


def period(name: str) -> str:
    """A period as a label: week, month or all."""
    return {"week": _("This week"), "month": _("This month"), "all": _("All time")}[name]


def board_title(name: str) -> str:
    """Above a leaderboard that somebody asked for."""
    titles = {
        "week": _("Leaderboard · this week"),
        "month": _("Leaderboard · this month"),
        "all": _("Leaderboard · all time"),
    }
    return titles[name]


def span(key: str) -> str:
    """A period as people name it: `16 to 22 November 2026`, `November 2026`, `all time`."""
    if key == "all":
        return _("all time")
    if "W" not in key:
        return date(dt.date.fromisoformat(f"{key}-01"), "LLLL y")
    first = dt.date.fromisocalendar(int(key[:4]), int(key[6:]), 1)
    last = first + dt.timedelta(days=6)
    begin = f"{first.day}" if first.month == last.month else date(first, "d MMMM")
    return _("{first} to {last}").format(first=begin, last=date(last, "d MMMM y"))


def weekly_title() -> str:
    """Above the board of last week."""
    return _("Leaderboard · last week")


def empty_board() -> str:
    """On a board without points."""
    return _("Nobody has points in this period yet. The next daily question is a good start.")


def hidden_row() -> str:
    """To somebody who is hidden from boards."""
    return _("You are hidden from boards; only you see your line. Change that with /settings.")


def board_note(learners: int, answers: int, right: int) -> str:
    """Below a weekly board."""
    share = round(100 * right / answers) if answers else 0
    return _("{people} gave {answers}, {share} % right.").format(
        people=count(learners, "person", "people"), answers=count(answers, "answer", "answers"), share=share
    )
