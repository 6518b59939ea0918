"""Words for peer instruction."""

from __future__ import annotations

from bot.model.knowledge import Topic
from bot.wording.rounds import how_to_pick
from bot.wording.speech import _


def second_heading(topic: Topic | None) -> str:
    """Above the second vote on a question."""
    return _("Second vote · {topic}").format(topic=topic.name) if topic else _("Second vote")


def split() -> str:
    """On a second vote."""
    return _("Opinions are split. Talk it over, then vote again; the second vote earns no points.")


def split_close() -> str:
    """On a first vote that is followed by a second."""
    return _("Opinions are split, so the key waits for a second vote: see the next post.")


def second_vote() -> str:
    """On the answer to a second vote."""
    return _("A second vote earns no points; it shows what the talk has brought.")


def vote_over() -> str:
    """On a vote that came too late."""
    return _("This vote has just ended, so your answer was not counted. The key follows in a moment.")


def vote_first() -> str:
    """On asking for reasons before voting."""
    return _("Vote first: the key comes when the vote ends.")


def vote_privately(picks: int) -> str:
    """How to vote on a question whose key is withheld."""
    return _("{how}. Nobody sees the key before the vote ends, not even you.").format(how=how_to_pick(picks))


def vote_taken(letters: str) -> str:
    """A vote whose key is withheld."""
    return _("Your vote is taken: {letters}. The key comes when the vote ends.").format(letters=letters)


def voted(letters: str) -> str:
    """A vote given again."""
    return _(
        "You have already voted: {letters}. The first vote counts; the key comes when the vote ends."
    ).format(letters=letters)


def shift(right: int, votes: int, right_after: int, votes_after: int) -> str:
    """What a talk has brought."""
    before = round(100 * right / votes)
    if not votes_after:
        return _("{before} % were right at first; nobody voted again.").format(before=before)
    after = round(100 * right_after / votes_after)
    return _("{before} % were right at first, {after} % after talking.").format(before=before, after=after)
