"""The few sentences that the Slack adapter says on its own behalf."""

from __future__ import annotations

BUSY = "I have more to say than Slack lets me right now. What you did is saved: press again in a minute."
APOLOGY = "Something went wrong on my side. Please try again in a moment."
FORM_TOO_LATE = "Slack closed the door before the form could open. Please press the button again."
OPEN_FORM = "Open the form"
FORM_WAITS = "This needs a small form. Press the button to open it."
FILES_SENT = "The files are in our direct messages."
FILES_LOST = "Slack did not take the picture or file that belongs to this. Please ask for it again later."
SHORTENED = "Shortened to fit into one Slack message."
NOT_INSTALLED = "I am no longer installed in this workspace. An admin can install me again."
CANCEL = "Cancel"


def pick_exactly(wanted: int) -> str:
    """What a multiple-response question asks for."""
    return f"Pick exactly {wanted}"


def picked_wrong(wanted: int, picked: int) -> str:
    """The inline error below the checkboxes."""
    return f"Pick exactly {wanted} options: you picked {picked}."


def answered(count: int) -> str:
    """The tally of an open question, without a hint."""
    return f"{count} answer{'' if count == 1 else 's'} so far"


def result(answered_count: int, right: int) -> str:
    """The tally of a closed question."""
    if not answered_count:
        return "Nobody answered this one."
    return f"{right} of {answered_count} got it right ({percent(right / answered_count)})"


def percent(share: float) -> str:
    """A share from 0 to 1 as people read it."""
    return f"{round(100 * share)} %"
