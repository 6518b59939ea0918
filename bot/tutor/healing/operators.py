"""Who runs the program: what they decide about a question holds in every community."""

from __future__ import annotations

from bot.tutor.people import Who
from bot.tutor.tutor import Tutor


def is_operator(tutor: Tutor, who: Who) -> bool:
    """Whether the settings name the caller as an admin, which a platform's own admins are not."""
    person = who.caller.person
    return f"{person.platform}:{person.id}" in tutor.settings.names("CLOUDLARK_ADMINS")
