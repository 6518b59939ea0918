"""The few sentences that the Slack adapter says on its own behalf."""

from __future__ import annotations

import datetime as dt

from bot.wording.speech import _, date, grouped, marked, plural

NOT_INSTALLED = marked("I am no longer installed in this workspace. An admin can install me again.")


def busy() -> str:
    """When Slack takes no more messages for now."""
    return _(
        "I have more to say than Slack lets me right now. What you did is saved: press again in a minute."
    )


def apology() -> str:
    """When an answer could not be made."""
    return _("Something went wrong on my side. Please try again in a moment.")


def form_too_late() -> str:
    """When a modal can no longer open."""
    return _("Slack closed the door before the form could open. Please press the button again.")


def open_form() -> str:
    """The label that opens a form."""
    return _("Open the form")


def form_waits() -> str:
    """Above it."""
    return _("This needs a small form. Press the button to open it.")


def files_sent() -> str:
    """Where files have gone."""
    return _("The files are in our direct messages.")


def files_lost() -> str:
    """When Slack refused them."""
    return _("Slack did not take the picture or file that belongs to this. Please ask for it again later.")


def shortened() -> str:
    """Below what did not fit."""
    return _("Shortened to fit into one Slack message.")


def cancel() -> str:
    """Closes a form."""
    return _("Cancel")


def answer() -> str:
    """Hands in what was picked."""
    return _("Answer")


def yes() -> str:
    """Beside a switch."""
    return _("Yes")


def pick_exactly(wanted: int) -> str:
    """What a multiple-response question asks for."""
    return _("Pick exactly {wanted}").format(wanted=wanted)


def picked_wrong(wanted: int, picked: int) -> str:
    """The inline error below the checkboxes."""
    return _("Pick exactly {wanted} options: you picked {picked}.").format(wanted=wanted, picked=picked)


def pick_button(picks: int, again: bool) -> str:
    """Opens the checkboxes."""
    text = _("Change my {picks} picks") if again else _("Answer: pick {picks}")
    return text.format(picks=picks)


def your_pick(letters: str) -> str:
    """What is chosen so far."""
    return _("Your pick: {letters}").format(letters=letters)


def your_answer() -> str:
    """Beside the option that was picked."""
    return _("your answer")


def question_of(number: int, total: int) -> str:
    """How far one is."""
    return _("Question {number} of {total}").format(number=number, total=total)


def closes(moment: str) -> str:
    """When a question closes."""
    return _("Closes {moment}").format(moment=moment)


def verified(day: dt.date) -> str:
    """When a fact was last looked up."""
    return _("verified {day}").format(day=date(day, "d MMM y"))


def answered(count: int) -> str:
    """The tally of an open question, without a hint."""
    return plural("{n} answer so far", "{n} answers so far", count)


def result(answered_count: int, right: int) -> str:
    """The tally of a closed question."""
    if not answered_count:
        return _("Nobody answered this one.")
    return _("{right} of {answered} got it right ({percent})").format(
        right=right, answered=answered_count, percent=percent(right / answered_count)
    )


def percent(share: float) -> str:
    """A share from 0 to 1 as people read it."""
    return f"{round(100 * share)} %"


def nobody_scored() -> str:
    """On an empty board."""
    return _("Nobody has scored yet.")


def learners(number: int) -> str:
    """How many are on a board."""
    return plural("{n} learner", "{n} learners", number)


def points(number: int) -> str:
    """What somebody has on a board."""
    return plural("{n} point", "{n} points", number)


def right_of(right: int, answered: int) -> str:
    """How they came about."""
    return _("{right} of {answered} right").format(right=grouped(right), answered=grouped(answered))


def streak(days: int) -> str:
    """A streak on a board."""
    return _("streak {days}").format(days=days)


def you() -> str:
    """Beside the reader's own name."""
    return _("(you)")


def new() -> str:
    """Somebody who was not on the board before."""
    return _("new")


def file_unreachable() -> str:
    """When Slack does not hand over a file."""
    return _(
        "Slack did not hand your file over. The app needs the scope files:read for that; then send it again."
    )
