"""Words for leaderboards."""

from __future__ import annotations

import datetime as dt

from bot.wording.general import count
from bot.wording.speech import _, both, date, grouped, plural


def period(name: str) -> str:
    """A period as a label: week, last, month or all."""
    return {
        "week": _("This week"),
        "last": _("Last week"),
        "month": _("This month"),
        "all": _("All time"),
    }[name]


def board_title(name: str) -> str:
    """Above a leaderboard that somebody asked for."""
    titles = {
        "week": _("Leaderboard · this week"),
        "last": weekly_title(),
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
    begin = date(first, "d" if first.month == last.month else "d MMMM")
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


def no_season() -> str:
    """On a season where there is none."""
    return _("There has been no season here. Admins begin one with /season start and its name.")


def season_title(name: str, *, over: bool) -> str:
    """Above the board of a season."""
    return (_("Season · {name}, final") if over else _("Season · {name}")).format(name=name)


def since(day: dt.date) -> str:
    """From when a season counts."""
    return _("since {day}").format(day=date(day, "d MMMM y"))


def season_begun(name: str) -> str:
    """After beginning a season."""
    return _(
        "The season {name} has begun: from now on points count for it too. /leaderboard season shows it."
    ).format(name=name)


def season_ended(name: str) -> str:
    """After ending a season."""
    return _("The season {name} is over. Its board stays in /leaderboard season until the next one.").format(
        name=name
    )


def season_runs(name: str) -> str:
    """On beginning a season while another runs."""
    return _("The season {name} still runs. End it first with /season end.").format(name=name)


def no_season_runs() -> str:
    """On ending a season where none runs."""
    return _("No season runs here.")


def goal_set(answers: int) -> str:
    """After setting the team's goal."""
    if not answers:
        return _("The team has no weekly goal now.")
    return plural("The team's goal is {n} answer a week.", "The team's goal is {n} answers a week.", answers)


def goal_line(answers: int, goal: int) -> str:
    """How far the team came, below a weekly board."""
    reached = _("Team goal reached: {answers} of {goal} answers.")
    text = reached if answers >= goal else _("Team goal: {answers} of {goal} answers.")
    return text.format(answers=grouped(answers), goal=grouped(goal))


def improved(names: list[str], points: int) -> str:
    """Who gained most on the week before."""
    return plural(
        "Most improved: {name}, {n} point more than the week before.",
        "Most improved: {name}, {n} points more than the week before.",
        points,
        name=both(names),
    )


def confusions(pairs: list[tuple[str, str]]) -> str:
    """What the team mixed up most, as pairs of what was asked for and what was taken for it."""
    named = "; ".join(_("{wrong} for {right}").format(wrong=wrong, right=right) for right, wrong in pairs)
    return _("Mixed up most: {pairs}.").format(pairs=named)


def theme(topic: str) -> str:
    """What to look at this week."""
    return _("Theme for this week: {topic}.").format(topic=topic)


def practise() -> str:
    """Begins practice."""
    return _("Practise")


def podium_words(lines: list[str]) -> str:
    """The podium for those who do not see it."""
    return _("The podium: {places}.").format(places="; ".join(lines))


def podium_place(rank: int, name: str, points: int) -> str:
    """One place of the podium in words."""
    return plural(
        "{rank}. {name} with {n} point", "{rank}. {name} with {n} points", points, rank=rank, name=name
    )
