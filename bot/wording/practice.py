"""Words for practice and review."""

from __future__ import annotations

from bot.wording.speech import _, either, plural


def practice_title(names: list[str]) -> str:
    """What a practice session is about."""
    return _("Practice · {topics}").format(topics=", ".join(names) if names else _("all topics"))


def unknown_topic(text: str, guesses: list[str]) -> str:
    """A topic that nobody knows, with near spellings."""
    shown = text if len(text) <= 40 else text[:39] + "…"
    if not guesses:
        return _("I do not know the topic “{topic}”. Type /topics to see what there is.").format(topic=shown)
    return _("I do not know the topic “{topic}”. Did you mean {guesses}?").format(
        topic=shown, guesses=either(guesses)
    )


def practice_summary(right: int, total: int) -> str:
    """How a practice session went."""
    if right == total:
        return _("All {total} right. Splendid.").format(total=total)
    return _("{right} of {total} right.").format(right=right, total=total)


def not_yours() -> str:
    """On a button of somebody else's practice."""
    return _("These buttons belong to somebody else's practice. Start your own with /quiz.")


def practice_gone() -> str:
    """On a practice session that is not there."""
    return _("This practice session is no longer kept. Start another one with /quiz.")


def reminder(facts: int) -> str:
    """A reminder of due reviews."""
    return plural(
        "{n} fact would like to be remembered today. /review takes a few minutes.",
        "{n} facts would like to be remembered today. /review takes a few minutes.",
        facts,
    )


def nothing_due() -> str:
    """When nothing is due."""
    return _(
        "Nothing is due for review. Facts come back here shortly before you would forget them; "
        "/quiz finds new ones."
    )
