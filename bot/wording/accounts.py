"""Words for linked accounts."""

from __future__ import annotations

from bot.wording.speech import _


def linked() -> str:
    """After linking."""
    return _("Linked: your answers on both accounts now count together. /unlink parts them again.")


def unlinked() -> str:
    """After parting."""
    return _("Parted: this account has what was done in this place, the other one has the rest.")


def nothing_linked() -> str:
    """On parting what is not linked."""
    return _("This account is not linked to another one. /link gives you a code.")


def bad_code() -> str:
    """On a link code that does not hold."""
    return _(
        "I do not know this code, or it has expired. Ask for a new one with /link on your other account."
    )


def same_account() -> str:
    """On a link code typed where it came from."""
    return _("That is your own code. Type it on your other account, as /link and the code.")


def link_code(code: str) -> str:
    """How to use a link code."""
    return _(
        "Your code is {code}, for ten minutes. Type /link {code} to me on your other account, and both are one. "
        "Keep it to yourself: whoever types it shares your progress."
    ).format(code=code)
