"""The few words that only Discord needs. Everything else that learners read comes from the core."""

from __future__ import annotations

import datetime as dt

from bot.wording.speech import _, date, grouped, marked, plural

REPORT_COMMAND = marked("Report question")


def nobody() -> str:
    """On a closed question without answers."""
    return _("Nobody answered this one.")


def right_of(right: int, answered: int) -> str:
    """The tally of a closed question, its numbers in bold."""
    return _("**{right} of {answered}** right").format(right=right, answered=answered)


def your_answer() -> str:
    """Beside the option that was picked."""
    return _("your answer")


def shortened() -> str:
    """Behind what did not fit."""
    return _("(shortened)")


def closes(moment: str) -> str:
    """When a question closes."""
    return _("Closes {moment}").format(moment=moment)


def answered(number: int) -> str:
    """How many have answered an open question."""
    return plural("{n} answered", "{n} answered", number)


def place_of(number: int, total: int) -> str:
    """How far one is."""
    return _("{some} of {of}").format(some=number, of=total)


def verified(day: dt.date) -> str:
    """When a fact was last looked up."""
    return _("verified {day}").format(day=date(day, "d MMM y"))


def choose(picks: int) -> str:
    """In an empty menu of options."""
    return _("Choose {picks}").format(picks=picks)


def more(first: str, last: str) -> str:
    """In a menu of buttons that found no room."""
    return _("More ({first} to {last})").format(first=first, last=last)


def part(number: int, total: int) -> str:
    """Behind the title of a page that goes on."""
    return _("(part {number} of {total})").format(number=number, total=total)


def slow_form() -> str:
    """When a form came too late to open."""
    return _("That took longer than Discord waits for a form. Press the button to open it.")


def open_form() -> str:
    """The label that opens a form."""
    return _("Open the form")


def try_again() -> str:
    """The label that opens a form again."""
    return _("Correct it")


def form_errors() -> str:
    """Above what is wrong with a form."""
    return _("Nothing was saved yet:")


def apology() -> str:
    """When an answer could not be shown."""
    return _("Sorry, this answer could not be shown. Nothing is lost: please try again in a moment.")


def nothing_to_report() -> str:
    """On reporting a message that is no question."""
    return _("There is no quiz question in that message.")


def too_large(name: str, megabytes: int) -> str:
    """In the place of a file."""
    return _("{name} is larger than the {megabytes} MB that Discord takes here.").format(
        name=name, megabytes=megabytes
    )


def points(number: int) -> str:
    """What somebody has on a board, in bold."""
    return plural("**{n}** points", "**{n}** points", number)


def score(right: int, answered: int) -> str:
    """How points came about."""
    return _("{right}/{answered} right").format(right=grouped(right), answered=grouped(answered))


def streak(days: int) -> str:
    """A streak on a board."""
    return _("streak {days}").format(days=days)


def learners(number: int) -> str:
    """How many are on a board."""
    return plural("{n} learners", "{n} learners", number)


def new() -> str:
    """Somebody who was not on the board before."""
    return _("new")


def file_gone() -> str:
    """When Discord does not hand over a file, or it is too large."""
    return _("Discord did not hand your file over. It may be too large; send it again.")
