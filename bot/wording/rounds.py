"""Words for a channel's round: the card, the private verdict, the reveal."""

from __future__ import annotations

from bot.learning.streaks import Streak
from bot.model.knowledge import Topic
from bot.wording.general import count
from bot.wording.speech import _, plural


def daily_heading(topic: Topic | None) -> str:
    """Above a question that a schedule posts."""
    return _("Daily question · {topic}").format(topic=topic.name) if topic else _("Daily question")


def reveal_heading(topic: Topic | None) -> str:
    """Above a closed question."""
    return _("Closed · {topic}").format(topic=topic.name) if topic else _("Closed")


def explanation_heading(letters: str) -> str:
    """Above the reasons in the thread."""
    return _("Why {letters}?").format(letters=letters)


def how_to_pick(picks: int) -> str:
    """What to press."""
    return _("Press a letter") if picks == 1 else _("Choose {picks} options").format(picks=picks)


def answer_privately(picks: int, revealed: bool) -> str:
    """How to answer a question in a channel."""
    how = how_to_pick(picks)
    if revealed:
        then = _("{how}. Only you see your result; everybody sees the key when the round closes.")
    else:
        then = _("{how}. Only you see your result.")
    return then.format(how=how)


def private_close() -> str:
    """On a closed round whose key stays private."""
    return _(
        "The round has closed. Press a letter to try it now; late answers are practice and earn no points."
    )


def headline(right: bool, letters: str, key: str) -> str:
    """The verdict in words."""
    if not right:
        return _("Not quite: you chose {letters}, the answer is {key}.").format(letters=letters, key=key)
    several = " " in letters
    text = _("Right: {letters} are the answer.") if several else _("Right: {letters} is the answer.")
    return text.format(letters=letters)


def already(right: bool, letters: str, key: str) -> str:
    """The verdict when somebody answers again."""
    if right:
        text = _("You have already answered: {letters}, which was right. The first answer counts.")
    else:
        text = _(
            "You have already answered: {letters}, which was wrong, the answer is {key}. The first answer counts."
        )
    return text.format(letters=letters, key=key)


def points(number: int) -> str:
    """What an answer earned."""
    return plural("+{n} point", "+{n} points", number)


def late() -> str:
    """On a late answer."""
    return _("The round had already closed, so this was practice and earned no points.")


def answer_first() -> str:
    """On asking for reasons before answering."""
    return _("Answer first: the reasons follow at once.")


def unanswered() -> str:
    """On the reasons of a round that was not answered."""
    return _("You did not answer this one while it was open.")


def unknown_round() -> str:
    """On a round that is not there."""
    return _("I no longer know this question. Today's question is in the channel; /quiz gives you another.")


def streak(state: Streak, extended: bool) -> str:
    """A streak in a line, empty without one."""
    if state.current == 0:
        return ""
    days = plural("{n} workday in a row", "{n} workdays in a row", state.current)
    ice = plural("{n} freeze in hand", "{n} freezes in hand", state.freezes) if state.freezes else ""
    begun = _("Streak extended: {days}.") if extended else _("Streak: {days}.")
    return begun.format(days=f"{days}, {ice}" if ice else days)


def pick_exactly(wanted: int, given: int) -> str:
    """A multiple-response answer with the wrong number of picks."""
    return _("Choose exactly {wanted} options; you chose {given}. Nothing was counted.").format(
        wanted=wanted, given=given
    )


def sure() -> str:
    """The label of being sure."""
    return _("I'm sure")


def unsure() -> str:
    """The label of not being sure."""
    return _("Not sure")


def how_sure(letters: str, late: bool) -> str:
    """Between picking and the verdict, where confidence is asked."""
    if late:
        text = _("You chose {letters}. How sure are you? The round has closed; say it and see.")
    else:
        text = _(
            "You chose {letters}. How sure are you? If you do not say, it counts as it is when the round closes."
        )
    return text.format(letters=letters)


def reviews_due(facts: int) -> str:
    """Below the feedback on a daily question."""
    if facts == 1:
        return _("1 fact due for review: /review brings it back.")
    return _("{facts} due for review: /review brings them back.").format(facts=count(facts, "fact", "facts"))
