"""Words for everything: numbers, failures, refusals."""

from __future__ import annotations

from bot.wording.speech import _, grouped, plural


def count(number: int, one: str, many: str) -> str:
    """A number with its noun: `1 answer`, `2 answers`."""
    return f"{grouped(number)} {plural(one, many, number)}"


def percent(share: float) -> str:
    """A share from 0 to 1 in whole per cent."""
    return f"{round(100 * share)} %"


def percents(low: float, high: float) -> str:
    """A range of shares: `20 to 35 %`, `under 1 %`, `about 5 %`."""
    ends = round(100 * low), round(100 * high)
    if ends[0] != ends[1]:
        return _("{low} to {high} %").format(low=ends[0], high=ends[1])
    if ends[0] in (0, 100):
        return _("over 99 %") if ends[0] else _("under 1 %")
    return _("about {number} %").format(number=ends[0])


def about(low: int, high: int) -> str:
    """A range of whole numbers, or the one that it has shrunk to."""
    if low == high:
        return _("about {number}").format(number=grouped(low))
    return _("{low} to {high}").format(low=grouped(low), high=grouped(high))


def out_of(some: int, of: int) -> str:
    """Some of a number: `3 of 5`."""
    return _("{some} of {of}").format(some=grouped(some), of=grouped(of))


def failed(request: str) -> str:
    """When a request failed on our side; `request` is its number for operators."""
    return _(
        "Something went wrong on our side and this was not done. Please try again in a moment; "
        "if it keeps happening, tell an admin and quote {request}."
    ).format(request=request)


def busy() -> str:
    """When too much waits for an answer to be taken."""
    return _(
        "I am very busy just now and your answer was not taken. Please press the button again in a few seconds."
    )


def busy_not_done() -> str:
    """When too much waits for anything else to be done."""
    return _("I am very busy just now and this was not done. Please try again in a few seconds.")


def too_fast() -> str:
    """When somebody does more at once than anybody needs to."""
    return _("That was a lot at once, and this one was not taken. Please wait a few seconds and do it again.")


def stale_button() -> str:
    """On a button that this version cannot read."""
    return _("This button comes from another version of me and no longer works. Type /help to see what does.")


def admins_only() -> str:
    """On what only admins may do."""
    return _("Only admins of this place can do that. Ask one of them, or ask them to name you with /admin.")


def question_gone() -> str:
    """On a question that has left the bank."""
    return _("This question has left the bank since it was asked. Try /quiz for another one.")


def empty_bank() -> str:
    """When no question fits."""
    return _("There are no questions for that yet. Try /quiz without a topic.")


def saved() -> str:
    """After saving."""
    return _("Saved.")


def bad_number(name: str, text: object, low: int, high: int) -> str:
    """A number out of its bounds."""
    return _("“{text}” is not right for {name}: give a whole number from {low} to {high}.").format(
        name=name, text=text, low=grouped(low), high=grouped(high)
    )


def greeting() -> str:
    """What the tutor says when it is added to a channel."""
    return _(
        "Hello! I am Cloudlark. Every workday I post one quiz question here: answer with a click, see privately "
        "why each option is right or wrong, and the channel gets the key when the round closes. "
        "Two answers and we can begin."
    )


def and_more(number: int) -> str:
    """Below a list that is cut."""
    return plural("and {n} more", "and {n} more", number)
